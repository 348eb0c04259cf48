import { render } from 'preact';
import { onTestFinished } from 'vitest';
import { authorityClient } from '../../src/resident/authority-client.ts';
import { behindSignIn } from '../../src/resident/behind-sign-in.ts';
import type { Clock } from '../../src/resident/clock.ts';
import { App } from '../../src/resident/components/app.tsx';
import { createResident } from '../../src/resident/resident.ts';
import { openStore } from '../../src/resident/store.ts';
// In the order of index.html: what is said for paper comes last.
import '../../src/resident/resident.css';

import '../../src/resident/print.css';

/** The resident page as main.tsx builds it, in this page, until the test ends. */
export async function showResident(fetcher: typeof fetch, wall: Clock, database: string) {
  const store = await openStore(database);
  const resident = createResident({ store, client: authorityClient(fetcher), wall });
  await resident.loadCodes();
  const place = document.createElement('div');
  document.body.append(place);
  const behind = behindSignIn({ store, resident, fetcher });
  render(<App opened={{ resident, behind }} />, place);
  // The store stays open: what the page was about to keep when it went still comes.
  const close = () => {
    render(null, place);
    place.remove();
  };
  onTestFinished(() => {
    close();
    location.hash = '';
  });
  return { place, store, resident, close };
}

/** What the page shows there, once it does. */
export function find(place: Element, selector: string): HTMLElement {
  const found = place.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`${selector} is not shown: ${place.textContent}`);
  return found;
}
