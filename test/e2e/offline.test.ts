import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  openCode,
  pageOf,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let station: RealBrowser;

beforeAll(async () => {
  town = await foundTown();
  station = await town.startStation();
  await enrolStation(town, station);
});
afterAll(() => town?.leave());

test('after one visit every address of the scanner opens without a network', async () => {
  await town.wire.cut();
  const page = pageOf(station);
  for (const [path, landmark] of [
    ['/', 'main.scan .frame'],
    ['/settings', 'main.settings'],
    ['/no-code', 'main.no-code'],
    ['/enrol', 'main.enrol'],
    ['/state', 'main.state'],
    ['/help', 'main.help .practice-code'],
    ['/tour', '.practice .frame'],
    ['/shift', 'main.duty [data-shift]'],
    ['/today', '[data-count="pace"]'],
    ['/vehicle', 'main.vehicle'],
    ['/fevers', 'main.fevers'],
    ['/?source=shortcut', 'main.scan .frame'],
  ] as const) {
    await page.goto(town.origin + path);
    await page.locator(landmark).waitFor();
  }
  await page.goto(`${town.origin}/settings`);
  await page.getByText('zxing-wasm').waitFor();
  await town.wire.mend();
});

test('a live code goes on proving itself without a network', async () => {
  const phone = await openCode(town, 'green');
  await phone.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  await town.wire.cut();
  await phone.reload();
  await phone.locator('[data-qr-text]').waitFor();
  const before = (await showCode(phone)).text;
  await expect.poll(async () => (await showCode(phone)).text, { timeout: 20_000 }).not.toBe(before);
  await town.wire.mend();
});

test('records leave with no page open, by Background Sync', async () => {
  const phone = await openCode(town, 'minor');
  const { png } = await showCode(phone);
  const page = pageOf(station);
  await town.wire.cut();
  await town.hold(png);
  await page.goto(`${town.origin}/`);
  expect(await verdictOn(page, 'measure')).toBe('confirm-guardian');
  await page.getByRole('button', { name: '核对无误' }).click();
  await enterReading(page, '366');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.locator('[data-waiting="1"]').waitFor();

  await page.goto('about:blank');
  await town.wire.mend();
  await wakeServiceWorker();
  await expect
    .poll(() => town.authority.query('select n::int, verdict from records'), { timeout: 20_000 })
    .toEqual([{ n: 1, verdict: 'pass' }]);

  await town.hold();
  await page.goto(`${town.origin}/`);
  await page.locator('[data-waiting="0"]').waitFor();
});

/** What the browser does when the network is back, minutes sooner. */
async function wakeServiceWorker(): Promise<void> {
  const session = await station.context.newCDPSession(pageOf(station));
  const registration = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${town.origin}/`);
      if (own) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.dispatchSyncEvent', {
    origin: town.origin,
    registrationId: await registration,
    tag: 'kakou-outbox',
    lastChance: false,
  });
}

test('the browser finds nothing that keeps the scanner from being installed', async () => {
  const page = pageOf(station);
  await page.goto(`${town.origin}/`);
  const session = await station.context.newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
});
