import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
import { foundTown, pageOf, type Town } from './town.ts';

let town: Town;
let station: RealBrowser;

beforeAll(async () => {
  town = await foundTown();
});
afterAll(() => town?.leave());

/** As a person does who is asked for the camera and has not answered yet. */
const unanswered = `navigator.mediaDevices.getUserMedia = () => new Promise(() => {});`;

/** Bytes that each download of the engine took from the network; 0: it came from a cache. */
const downloads = `performance.getEntriesByType('resource')
  .filter(({ name }) => name.endsWith('.wasm'))
  .map(({ transferSize }) => transferSize)`;

test('the engine is downloaded once, kept for offline use, and ready before the camera is allowed', async () => {
  station = await town.startStation({ profile: join(town.folder, 'first-visit') });
  const page = pageOf(station);
  await page.addInitScript(unanswered);
  await page.goto(town.authority.enrolmentLink);
  await page.locator('[data-enrolled]').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));

  const [shell] = station.context.serviceWorkers();
  const [worker] = page.workers();
  const fetched = async () => [
    ...((await worker?.evaluate<number[]>(downloads)) ?? []),
    ...((await shell?.evaluate<number[]>(downloads)) ?? []),
  ];
  await expect.poll(fetched).toHaveLength(2);
  expect((await fetched()).filter((bytes) => bytes > 0)).toHaveLength(1);
  const kept = await page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const requests = await Promise.all(all.map((cache) => cache.keys()));
    return requests.flat().filter(({ url }) => new URL(url).pathname.endsWith('.wasm')).length;
  });
  expect(kept).toBe(1);

  await page.goto(town.origin);
  await page.locator('main.scan').waitFor();
  // Not opened afresh: the scan screen is still waiting for the answer.
  await page.locator('button.header').click();
  await page.getByRole('button', { name: '设置' }).click();
  await page.getByText('zxing-wasm').waitFor();
  await page.close();
});

test('without network, too, the looks at what is hard to read have a worker of their own', async () => {
  const page = await station.context.newPage();
  await station.context.setOffline(true);
  await page.goto(town.origin);
  await page.locator('main.scan .frame').waitFor();
  const browser = await station.context.browser()?.newBrowserCDPSession();
  const workersOf = async () => {
    const found = await browser?.send('Target.getTargets', { filter: [{ type: 'worker' }] });
    return found?.targetInfos.filter(({ url }) => /assets\/worker-/.test(url)).length;
  };
  await expect.poll(workersOf).toBe(2);
});
