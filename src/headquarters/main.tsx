import { render } from 'preact';
import { App } from './components/app.tsx';
import { createHeadquarters } from './headquarters.ts';
import { headquartersClient } from './headquarters-client.ts';
import { takeKey } from './key.ts';

const client = headquartersClient((input, init) => fetch(input, init));
const headquarters = createHeadquarters(client, takeKey());

// The link may be opened again, with another key, in a tab that is already here.
window.addEventListener('hashchange', () => {
  const key = takeKey();
  if (key) void headquarters.openWith(key);
});

const place = document.getElementById('app');
if (place) render(<App headquarters={headquarters} />, place);
