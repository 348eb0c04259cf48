import { render } from 'preact';
import { expect, test, vi } from 'vitest';
import { appendRecord } from '../../../src/device/append.ts';
import { loadHoldings } from '../../../src/device/holdings.ts';
import { givenUpTo } from '../../../src/device/new-key.ts';
import { NewKey } from '../../../src/scanner/components/new-key.tsx';
import { lazyWords } from '../../../src/scanner/i18n/lazy/index.ts';
import { createClock } from '../../../src/scanner/state/clock.ts';
import { openStation } from '../../../src/scanner/state/station.ts';
import { makeDraft } from '../../device/drafts.ts';
import { makeStation } from '../../device/station.ts';

test('a new key is offered once the waiting records were saved as a file, up to the last in it', async () => {
  const { store } = await makeStation();
  const holdings = await loadHoldings(store);
  for (let n = 1; n <= 3; n++) await appendRecord(store, holdings, makeDraft());
  const clock = createClock({ wall: () => Date.now(), elapsed: () => performance.now() });
  const station = await openStation(store, clock, reportError);
  const saved: string[] = [];
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
  const place = document.createElement('div');
  document.body.append(place);
  render(<NewKey app={{ store, station }} />, place);
  const { newKey } = lazyWords.value;
  const button = (name: string) =>
    [...place.querySelectorAll('button')].find(({ textContent }) => textContent === name);

  expect(button(newKey.enrol)).toBeUndefined();
  expect(await givenUpTo(store)).toBeUndefined();
  button(newKey.save)?.click();
  await vi.waitUntil(() => button(newKey.enrol));
  expect(saved).toEqual([expect.stringMatching(/-1-3\.txt$/)]);
  expect(await givenUpTo(store)).toBeUndefined();
  button(newKey.enrol)?.click();
  await vi.waitUntil(async () => (await givenUpTo(store)) === 3);
  expect(location.pathname).toBe('/enrol');
  clicked.mockRestore();
  place.remove();
});
