import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readCode } from '../../src/core/code/read.ts';
import { NOW } from '../core/make.ts';
import { find, showResident } from './show.tsx';
import { makeTown } from './town.ts';

// Only the clock is ours: keys, signatures, IndexedDB and the page are real.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: NOW * 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const phoneTime = () => Date.now() / 1000;

async function openCode(options: { scenario: string; serverAhead?: number }) {
  const { scenario, serverAhead = 0 } = options;
  const town = await makeTown(() => phoneTime() + serverAhead);
  const database = crypto.randomUUID();
  const shown = await showResident(town.fetcher, Date.now, database);
  (await vi.waitFor(() => find(shown.place, `[data-scenario=${scenario}]`))).click();
  await vi.waitFor(() => find(shown.place, '[data-qr-text]'));
  return { ...shown, town, database };
}

const shownText = (place: Element) => find(place, '[data-qr-text]').dataset['qrText'] ?? '';

test('the QR shown is a live code that core reads, proved now', async () => {
  const { place, town } = await openCode({ scenario: 'green' });
  expect(await readCode(shownText(place), town.trusted)).toMatchObject({
    ok: true,
    value: { provedAt: NOW, claims: { name: '张*明', colour: 'green' } },
  });
});

test('the code is proved anew every 15 seconds, and each proof verifies', async () => {
  const { place, town } = await openCode({ scenario: 'green' });
  let before = shownText(place);
  for (const seconds of [15, 30]) {
    vi.setSystemTime((NOW + seconds) * 1000 - 1);
    vi.advanceTimersByTime(15_000);
    await vi.waitFor(() => expect(shownText(place)).not.toBe(before));
    before = shownText(place);
    const read = await readCode(before, town.trusted);
    expect(read.ok && read.value.provedAt).toBeGreaterThanOrEqual(NOW + seconds);
    expect(find(place, '[data-qr-text]').dataset['provedAt']).toBe(
      String(read.ok && read.value.provedAt),
    );
  }
});

test('a page that slept proves at once when it is seen again', async () => {
  const { place, town } = await openCode({ scenario: 'green' });
  const asleep = shownText(place);
  vi.setSystemTime((NOW + 3600) * 1000);
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.waitFor(() => expect(shownText(place)).not.toBe(asleep));
  const read = await readCode(shownText(place), town.trusted);
  expect(read.ok && read.value.provedAt).toBeGreaterThanOrEqual(NOW + 3600);
});

test('the time ticks', async () => {
  const { place } = await openCode({ scenario: 'green' });
  const time = () => find(place, '.clock time').textContent;
  const first = time();
  vi.advanceTimersByTime(1000);
  await vi.waitFor(() => expect(time()).not.toBe(first));
});

test('nothing ticks any more once the code is left', async () => {
  const { place } = await openCode({ scenario: 'green' });
  location.hash = '#/';
  await vi.waitFor(() => find(place, '.home'));
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0));
});

test('with no network at all, a phone that got its code once opens and proves it', async () => {
  const { town, database, close } = await openCode({ scenario: 'green' });
  close();
  town.conditions.online = false;
  vi.setSystemTime((NOW + 7200) * 1000);

  const { place } = await showResident(town.fetcher, Date.now, database);
  await vi.waitFor(() => find(place, '[data-remark=offline]'));
  const read = await readCode(shownText(place), town.trusted);
  expect(read.ok && read.value.provedAt).toBeGreaterThanOrEqual(NOW + 7200);
});

test('a code that is open is got again when the network returns', async () => {
  const { place, town } = await openCode({ scenario: 'green' });
  vi.setSystemTime((NOW + 600) * 1000);
  const asked = town.requests.length;
  window.dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(town.requests.length).toBeGreaterThan(asked));
  await vi.waitFor(() => expect(find(place, '.foot > .faint').textContent).toContain('16:10'));
});

test('a phone clock 5 minutes slow is corrected, and the page says so', async () => {
  const { place, town } = await openCode({ scenario: 'green', serverAhead: 300 });
  const read = await readCode(shownText(place), town.trusted);
  expect(read.ok && read.value.provedAt).toBeGreaterThanOrEqual(NOW + 299);
  expect(find(place, '[data-remark=clock]').textContent).toMatch(/5 (分钟|minutes)/);
});

test('a phone clock 20 seconds off is left alone, and nothing is said', async () => {
  const { place } = await openCode({ scenario: 'green', serverAhead: 20 });
  expect(place.querySelector('[data-remark=clock]')).toBeNull();
});

test.each([
  ['green', 'green', 'circle'],
  ['lapsed', 'lapsed', 'triangle'],
  ['red', 'red', 'octagon'],
])('%s is told by word and by shape', async (scenario, standing, shape) => {
  const { place } = await openCode({ scenario });
  const banner = find(place, '[data-standing]');
  expect(banner.dataset['standing']).toBe(standing);
  expect(find(banner, 'svg').dataset['shape']).toBe(shape);
  expect(find(banner, 'h2').textContent).toMatch(/\p{Script=Han}/u);
});

test('green turns into lapsed on the open page when its time comes', async () => {
  const { place, town } = await openCode({ scenario: 'green' });
  town.conditions.online = false;
  vi.setSystemTime((NOW + 3 * 86_400) * 1000);
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.waitFor(() => find(place, '[data-standing=lapsed]'));
});

test('without a network and without a code, the page says what to do', async () => {
  const town = await makeTown(phoneTime);
  town.conditions.online = false;
  const { place } = await showResident(town.fetcher, Date.now, crypto.randomUUID());
  await vi.waitFor(() => find(place, '[data-trouble=unreachable] button'));
});

test('a link to a code that is not on this phone leads back, not into a void', async () => {
  location.hash = '#/somebody-else';
  const town = await makeTown(phoneTime);
  const { place } = await showResident(town.fetcher, Date.now, crypto.randomUUID());
  await vi.waitFor(() => find(place, '[role=alert]'));
  expect(find(place, '.top-bar a').getAttribute('href')).toBe('#/');
});

test('the colour word has a contrast of 7:1, and the page no fault that axe finds', async () => {
  const { place } = await openCode({ scenario: 'lapsed' });
  vi.useRealTimers();
  const everything = await axe.run(place);
  const banner = await axe.run(find(place, '.banner'), {
    runOnly: ['color-contrast-enhanced'],
    rules: { 'color-contrast-enhanced': { enabled: true } },
  });
  expect([...everything.violations, ...banner.violations].map(({ id }) => id)).toEqual([]);
});
