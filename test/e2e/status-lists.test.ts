import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
import { stored } from './stored.ts';
import {
  enrolStation,
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

/** Waits until the authority has published a list that holds what the statement changed. */
async function publish(shard: number, statement: string): Promise<void> {
  const version = `select coalesce(max(version), 0)::float8 as version
    from status_versions where shard = ${shard}`;
  const [before] = await town.authority.query<{ version: number }>(version);
  await town.authority.query(statement);
  await town.authority.query(`update status_shards set changes = changes + 1
    where shard = ${shard}`);
  await town.authority.publish();
  await expect
    .poll(async () => (await town.authority.query<{ version: number }>(version))[0]?.version, {
      timeout: 40_000,
    })
    .toBeGreaterThan(before?.version ?? 0);
}

/** How much of a broken download the device keeps. */
async function keptBytes(page: Page): Promise<number> {
  const partials = await stored<{ bytes: Record<string, number> }>(page, 'partials');
  return partials.reduce((sum, { bytes }) => sum + Object.keys(bytes).length, 0);
}

const askForNews = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')));

test('a list whose cable is cut goes on where it broke, and people are judged meanwhile', async () => {
  const page = pageOf(station);
  const phone = await openCode(town, 'elder');
  // What the phone fetches for later must not take its share of what the cable still carries.
  await phone.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  await town.hold((await showCode(phone)).png);
  const ranges: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (/\/status\/0\/\d+$/.test(request.url())) ranges.push(request.headers()['range']);
  });
  await publish(
    0,
    `insert into status_indices (status_index, sub, voided_at)
      select (random() * 1048575)::int, 'somebody', extract(epoch from now())::bigint
      from generate_series(1, 30000) on conflict do nothing`,
  );

  town.wire.cutAfter(20_000);
  await askForNews(page);
  await expect.poll(() => keptBytes(page), { timeout: 20_000 }).toBeGreaterThan(1000);
  await page.goto(`${town.origin}/`);
  expect(await verdictOn(page, 'measure')).toBe('confirm-guardian');
  const kept = await keptBytes(page);
  expect(kept).toBeGreaterThan(1000);

  await town.wire.mend();
  await askForNews(page);
  await expect.poll(() => keptBytes(page), { timeout: 20_000 }).toBe(0);
  expect(ranges.at(-1)).toBe(`bytes=${kept}-`);
});

test('a code of another area is not judged at first, and its list is there for the next scan', async () => {
  const index = 2 ** 20 + 77;
  await publish(
    1,
    `insert into status_shards (shard, area) values (1, '4201');
    insert into status_indices (status_index, sub)
      select ${index}, sub from residents where scenario = 'minor';
    update residents set area = '420102', status_index = ${index} where scenario = 'minor'`,
  );
  const page = pageOf(station);
  const phone = await openCode(town, 'minor');
  await town.hold((await showCode(phone)).png);
  await page.goto(`${town.origin}/`);
  expect(await verdictOn(page, 'unverified')).toBe('status-missing');
  await expect.poll(async () => (await stored(page, 'lists')).length, { timeout: 20_000 }).toBe(2);
  await page.goto(`${town.origin}/`);
  expect(await verdictOn(page, 'measure')).toBe('confirm-guardian');
});
