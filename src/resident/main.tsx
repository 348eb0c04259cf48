import { render } from 'preact';
import { Workbox } from 'workbox-window';
import { allowScripts } from '../core/allow-scripts.ts';
import { authorityClient } from './authority-client.ts';
import { behindSignIn } from './behind-sign-in.ts';
import { App, type Opened } from './components/app.tsx';
import { createResident } from './resident.ts';
import { openStore } from './store.ts';
import type { Trouble } from './trouble.ts';

allowScripts(window, /^\/resident\/sw\.js$/);

async function start(): Promise<Opened | Trouble> {
  // Over plain http a browser has neither WebCrypto nor service workers.
  if (!window.isSecureContext) return 'insecure';
  try {
    const store = await openStore();
    const fetcher: typeof fetch = (input, init) => fetch(input, init);
    const resident = createResident({ store, client: authorityClient(fetcher), wall: Date.now });
    await resident.loadCodes();
    return { resident, behind: behindSignIn({ store, resident, fetcher }) };
  } catch {
    return 'no-storage';
  }
}

const place = document.getElementById('app');
if (place) render(<App opened={await start()} />, place);

if (import.meta.env.PROD && 'serviceWorker' in navigator) void keepForOffline();

/** This page has loaded all that it needs, so a new version may take over under it. */
async function keepForOffline(): Promise<void> {
  const workbox = new Workbox('/resident/sw.js', { scope: '/resident/' });
  workbox.addEventListener('waiting', () => workbox.messageSkipWaiting());
  try {
    await workbox.register();
  } catch {
    // Where service workers are barred, the page still works with a network.
  }
}
