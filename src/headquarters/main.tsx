import { render } from 'preact';
import { App } from './components/app.tsx';
import { createHeadquarters } from './headquarters.ts';
import { headquartersClient } from './headquarters-client.ts';
import { takeInvitation, takeKey } from './key.ts';

const client = headquartersClient((input, init) => fetch(input, init));
const headquarters = createHeadquarters(client, takeKey());

const place = document.getElementById('app');
const show = (invitation: string | undefined) => {
  if (place) render(<App {...{ headquarters, client, invitation }} />, place);
};
show(takeInvitation());

// A link may be opened again, with another key, in a tab that is already here.
window.addEventListener('hashchange', () => {
  const invitation = takeInvitation();
  if (invitation) return show(invitation);
  const key = takeKey();
  if (key) void headquarters.openWith(key);
});
