import type { EnrolmentLink } from '../../src/core/enrolment.ts';
import { appendRecord } from '../../src/device/append.ts';
import { requestBackgroundSync } from '../../src/device/background-sync.ts';
import { enrol } from '../../src/device/enrol.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import { takeSharedPicture } from '../../src/device/shared-picture.ts';
import { openStore } from '../../src/device/store.ts';
import { waiting } from '../../src/device/waiting.ts';
import { makeDraft } from '../device/drafts.ts';

/** What a test does through a page that has the scanner's device code and no screen. */
const actions = {
  async enrol(link: EnrolmentLink): Promise<boolean> {
    const store = await openStore();
    const now = () => Date.now() / 1000;
    const outcome = await enrol(link, {
      store,
      fetch: (path, init) => fetch(path, init),
      origin: location.origin,
      now,
    });
    return outcome.ok;
  },
  async append(): Promise<number> {
    const store = await openStore();
    return (await appendRecord(store, await loadHoldings(store), makeDraft())).n;
  },
  async waiting(): Promise<number> {
    return (await waiting(await openStore())).count;
  },
  /** What was shared with the app, as text; it is taken by that. */
  async takeShared(): Promise<string | undefined> {
    return (await takeSharedPicture())?.text();
  },
  async requestSync(): Promise<void> {
    await requestBackgroundSync(await navigator.serviceWorker.ready);
  },
};
export type Actions = typeof actions;

Object.assign(globalThis, { kakou: actions });
