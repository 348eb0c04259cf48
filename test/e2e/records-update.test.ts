import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HqIssuedBadge } from '../../src/core/protocol/headquarters.ts';
import { freePort, type RunningAuthority, startAuthority } from '../support/authority.ts';
import { type RealBrowser, startBrowser } from '../support/browser.ts';
import { typeAsReader } from './hand-reader.ts';
import { enterReading, pageOf, verdictOn } from './town.ts';

let authority: RunningAuthority;
let station: RealBrowser;
let front: Server;
let origin: string;
let version = 1;
const folder = mkdtempSync(join(tmpdir(), 'kakou-update-'));

/** Stands before the authority: each version's service worker differs by its last line. */
function openFront(port: number): Server {
  return createServer((asked, answer) => {
    const { method, url = '/', headers } = asked;
    // Compressed or not modified, nothing could be added to it.
    const { 'accept-encoding': _encoding, 'if-none-match': _etag, ...plain } = headers;
    const passed = request({
      port,
      method,
      path: url,
      headers: url === '/sw.js' ? plain : headers,
    });
    passed.on('response', (response) => {
      const { 'content-length': _length, ...rest } = response.headers;
      answer.writeHead(response.statusCode ?? 502, rest);
      response.on('data', (chunk) => answer.write(chunk));
      response.on('end', () => answer.end(url === '/sw.js' ? `\n// ${version}` : undefined));
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
}

beforeAll(async () => {
  const [port, publicPort] = [await freePort(), await freePort()];
  authority = await startAuthority(port, publicPort);
  front = openFront(port).listen(publicPort, '127.0.0.1');
  origin = `http://localhost:${publicPort}`;
  station = await startBrowser({ profile: join(folder, 'station') });
  const page = pageOf(station);
  await page.goto(authority.enrolmentLink);
  await page.locator('[data-enrolled]').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
});
afterAll(async () => {
  await station?.close();
  front?.closeAllConnections();
  front?.close();
  await authority?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Changes with every load of the page. */
const loadOf = (page: Page) => page.evaluate(() => performance.timeOrigin);

test('an update in one tab waits in the other until nobody is judged there', async () => {
  const judging = pageOf(station);
  await judging.goto(`${origin}/no-code`);
  await judging.getByRole('button', { name: '村级证明' }).click();
  await judging.locator('main.no-code input').fill('村证-0042');
  await judging.getByRole('button', { name: '下一步：测体温' }).click();
  await verdictOn(judging, 'measure');
  const before = await loadOf(judging);

  version += 1;
  const updating = await station.context.newPage();
  await updating.goto(`${origin}/settings`);
  const old = await loadOf(updating);
  await updating.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  await updating.getByRole('button', { name: '有新版本' }).click();
  await expect.poll(() => loadOf(updating).catch(() => old), { timeout: 20_000 }).not.toBe(old);
  await updating.getByText('东门卡口').first().waitFor();

  // The new version is in charge of both; the person is measured and judged all the same.
  await judging.bringToFront();
  await enterReading(judging, '376');
  await verdictOn(judging, 'stop');
  expect(await loadOf(judging)).toBe(before);
  await judging.getByRole('button', { name: '轻触屏幕继续' }).click();
  await expect
    .poll(() => loadOf(judging).catch(() => before), { timeout: 20_000 })
    .not.toBe(before);
  await expect
    .poll(() => authority.query('select n::int, verdict from records'), { timeout: 20_000 })
    .toEqual([{ n: 1, verdict: 'stop' }]);
});

test('an update waits until the shift is over', async () => {
  const page = pageOf(station);
  for (const other of station.context.pages()) if (other !== page) await other.close();
  await page.bringToFront();
  const keyboard = await page.context().newCDPSession(page);
  const issued = await authority.post('/hq/badges', { name: '王建国', role: 'steward', days: 1 });
  const { text, badge } = v.parse(HqIssuedBadge, issued);
  const read = () => typeAsReader(keyboard, text, { end: 'Enter' });
  await page.goto(`${origin}/`);
  await page.locator('main.scan').waitFor();
  await read();
  await page.locator(`.actions [data-shift="${badge}"]`).waitFor();

  version += 1;
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.ready).update();
  });
  await page.goto(`${origin}/settings`);
  const offer = page.getByRole('button', { name: '有新版本' });
  await offer.waitFor();
  expect(await offer.isDisabled()).toBe(true);
  await page.getByText('值班结束后才能更新').waitFor();

  await page.goto(`${origin}/`);
  await page.locator('main.scan').waitFor();
  await read();
  await page.locator('[data-ending] .chosen').click();
  const old = await loadOf(page);
  await page.getByRole('button', { name: '有新版本' }).click();
  await expect.poll(() => loadOf(page).catch(() => old), { timeout: 20_000 }).not.toBe(old);
});
