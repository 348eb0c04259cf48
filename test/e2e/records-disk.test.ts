import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { zh } from '../../src/scanner/i18n/zh.ts';
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
let page: Page;
let device: string;
let post = 0;

beforeAll(async () => {
  town = await foundTown();
});
afterAll(() => town?.leave());

/** Each test has a device of its own. */
beforeEach(async () => {
  post += 1;
  station = await town.startStation({ profile: join(town.folder, `station-${post}`) });
  page = await enrolStation(town, station, await town.authority.enrolmentLinkFor(`站点${post}`));
  const [row] = await town.authority.query<{ device: string }>(
    `select device from devices where post = '站点${post}'`,
  );
  device = row?.device ?? '';
  // All that it judges by is on its disk.
  await page.goto(`${town.origin}/state`);
  await page.locator('[data-source="status"][data-freshness="fresh"]').waitFor();
});
afterEach(() => station.close());

/** A person with a fever, judged with no network; the page is where the verdict is. */
async function judge(digits: string): Promise<void> {
  const { png } = await showCode(await openCode(town, 'green'));
  await town.hold(png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'measure');
  await enterReading(page, digits);
  await verdictOn(page, Number(digits) > 372 ? 'stop' : 'pass');
  await town.hold();
}

async function writeOut(): Promise<string> {
  await page.getByRole('button', { name: '轻触屏幕继续' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: '写出为文件' }).click();
  const download = await downloading;
  const path = join(town.folder, download.suggestedFilename());
  await download.saveAs(path);
  await page.locator('.disk-trouble[data-unsaved="0"]').waitFor();
  return path;
}

async function handIn(path: string): Promise<void> {
  const helper = await town.startStation({ profile: join(town.folder, `helper-${post}`) });
  const screen = pageOf(helper);
  await screen.goto(`${town.origin}/settings`);
  await screen.locator('input[type="file"]').setInputFiles(path);
  await screen.getByText('指挥部已收到').waitFor();
  await helper.close();
}

const opened = () =>
  town.authority.query(
    `select n::int, verdict, (body->'reading'->>'tenths')::int as tenths
     from records where device = '${device}' order by n`,
  );

test('a full disk: people are judged on, and what it refused leaves as a file, once', async () => {
  // A browser remembers for a while how much room there was: it begins anew.
  await station.close();
  station = await town.startStation({ profile: join(town.folder, `station-${post}`) });
  page = pageOf(station);
  const session = await station.context.newCDPSession(page);
  const { origin } = town;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await judge('376');
  await page.locator('.not-kept').waitFor();
  await page.locator('.disk-trouble[data-held="1"][data-unsaved="1"]').waitFor();

  // Leaving now would lose it.
  const asked = new Promise<string>((resolve) => {
    page.once('dialog', (dialog) => {
      resolve(dialog.type());
      void dialog.dismiss();
    });
  });
  await page.evaluate(() => {
    location.href = 'about:blank';
  });
  expect(await asked).toBe('beforeunload');

  const file = await writeOut();
  await page.goto('about:blank');
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await handIn(file);
  await expect.poll(opened, { timeout: 20_000 }).toEqual([{ n: 1, verdict: 'stop', tenths: 376 }]);

  // There is room again: the next record has the next number.
  const { png } = await showCode(await openCode(town, 'red'));
  await town.hold(png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'stop');
  await page.locator('.kept').getByText('第 2 条').waitFor();
  await town.hold();
  await expect
    .poll(async () => (await opened()).map(({ n }) => n), { timeout: 20_000 })
    .toEqual([1, 2]);
});

test('storage that is cleared under the page: people are judged on, and records leave as a file', async () => {
  const { png } = await showCode(await openCode(town, 'yellow'));
  await town.hold(png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'stop');
  await page.locator('[data-waiting="0"]').waitFor();

  const session = await station.context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', {
    origin: town.origin,
    storageTypes: 'indexeddb',
  });
  await town.hold();
  await page.getByRole('button', { name: '轻触屏幕继续' }).click();
  await page.getByRole('button', { name: '无码登记' }).click();
  await page.locator('main.no-code').waitFor();
  await page.getByRole('button', { name: '村级证明' }).click();
  await page.locator('input[type="text"]').fill('村证-0042');
  await page.getByRole('button', { name: '下一步：测体温' }).click();
  await enterReading(page, '376');
  await verdictOn(page, 'stop');
  await page.locator('.disk-trouble[data-unsaved="1"]').waitFor();
  await handIn(await writeOut());
  await expect.poll(opened, { timeout: 20_000 }).toEqual([
    { n: 1, verdict: 'stop', tenths: null },
    { n: 2, verdict: 'stop', tenths: 376 },
  ]);
});

test('a database that does not open while a record waits: the screen says what to do, and nothing is lost', async () => {
  const { png } = await showCode(await openCode(town, 'grey'));
  await town.wire.cut();
  await town.hold(png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'stop');
  await page.locator('[data-waiting="1"]').waitFor();
  await town.hold();
  const { profile, folder } = {
    profile: join(town.folder, `station-${post}`),
    folder: town.folder,
  };
  const files = join(profile, 'Default/IndexedDB');
  await page.goto('about:blank');
  await station.close();
  renameSync(files, join(folder, 'aside'));
  writeFileSync(files, 'a file where the folder should be');

  station = await town.startStation({ profile });
  page = pageOf(station);
  await page.goto(`${town.origin}/`);
  const said = page.locator('[data-no-storage]');
  await said.getByText(zh.disk.closedNext).waitFor();
  await said.getByRole('button', { name: '重试' }).waitFor();
  await page.goto('about:blank');
  await station.close();
  rmSync(files);
  renameSync(join(folder, 'aside'), files);

  station = await town.startStation({ profile });
  page = pageOf(station);
  await page.goto(`${town.origin}/settings`);
  await page.getByText(`站点${post}`).first().waitFor();
  await page.locator('[data-waiting="1"]').waitFor();
  await town.wire.mend();
  await expect.poll(opened, { timeout: 20_000 }).toEqual([{ n: 1, verdict: 'stop', tenths: null }]);
});
