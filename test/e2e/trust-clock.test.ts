import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
import { bendClock, setClock } from './clock.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  holdNextPass,
  openCode,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

let town: Town;
let station: RealBrowser;
let page: Page;
let green: Page;
let elder: Page;

beforeAll(async () => {
  town = await foundTown();
  station = await town.startStation();
  // The phone's is right.
  await bendClock(station.context);
  page = await enrolStation(town, station);
  green = await openCode(town, 'green');
  elder = await openCode(town, 'elder');
});
afterAll(() => town?.leave());

beforeEach(() => setClock(page, 0));

async function withoutNetwork(work: () => Promise<void>): Promise<void> {
  await town.wire.cut();
  try {
    await work();
  } finally {
    await town.wire.mend();
  }
}

async function openScanner(): Promise<void> {
  await town.hold();
  await page.goto(`${town.origin}/`);
  await page.locator('main.scan .frame').waitFor();
}

/** Shows a code as a picture, so that the app need not start anew. */
async function show(code: Page): Promise<void> {
  const file = join(town.folder, 'code.png');
  writeFileSync(file, (await showCode(code)).png);
  await page.bringToFront();
  await page.setInputFiles('input[type="file"]', file);
}

const clockLine = () => page.locator('[data-clock]');

test('a device whose clock is ahead refuses nobody for it, says so, and judges when it is set right', async () => {
  await setClock(page, 5 * MINUTE);
  await openScanner();
  await clockLine().getByText('时钟快 5 分钟').waitFor();
  await show(green);
  expect(await verdictOn(page, 'unverified')).toBe('clock-wrong');
  await page.getByText('开启自动时间').waitFor();

  await setClock(page, 0);
  await page.locator('.verdict .shaded:enabled').last().click();
  await show(green);
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
});

test('started anew without a network, the device still knows that its clock was ahead', async () => {
  await setClock(page, 5 * MINUTE);
  await openScanner();
  await clockLine().getByText('时钟快 5 分钟').waitFor();
  await withoutNetwork(async () => {
    await openScanner();
    await clockLine().getByText('上次联网时，时钟快 5 分钟').waitFor();
    await show(green);
    expect(await verdictOn(page, 'unverified')).toBe('clock-wrong');
  });
});

test('a clock that is set back by a day in the middle of a shift is refused', async () => {
  await openScanner();
  await setClock(page, -DAY);
  await show(green);
  expect(await verdictOn(page, 'unverified')).toBe('clock-behind');
  await setClock(page, 0);
  await page.locator('.verdict .shaded:enabled').last().click();
  await show(green);
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
});

test('while headquarters is silent the header grows old in words, and so does the record', async () => {
  await openScanner();
  await page.locator('[data-waiting="0"]').waitFor();
  const freshness = page.locator('[data-freshness]');
  await withoutNetwork(async () => {
    await setClock(page, 13 * HOUR);
    await openScanner();
    await freshness.getByText('尚可 · 13 小时').waitFor();

    await setClock(page, 25 * HOUR);
    await openScanner();
    await freshness.getByText('偏旧 · 25 小时').waitFor();
    await show(elder);
    expect(await verdictOn(page, 'measure')).toBe('confirm-guardian');
    await page.getByRole('button', { name: '核对无误' }).click();
    const held = holdNextPass(page);
    await enterReading(page, '366');
    await held;
    expect(await verdictOn(page, 'pass')).toBe('green');
    await page.getByText('注意：通告和状态表偏旧').waitFor();

    await setClock(page, 49 * HOUR);
    await openScanner();
    await freshness.getByText('过期 · 2 天').waitFor();
    await show(elder);
    await page.getByRole('button', { name: '核对无误' }).waitFor({ state: 'detached' });
    expect(await verdictOn(page, 'unverified')).toBe('bulletin-expired');
  });
  await setClock(page, 0);
  await openScanner();
  await expect
    .poll(
      () =>
        town.authority.query(
          `select body -> 'amber' as amber from records where verdict = 'pass' order by n`,
        ),
      { timeout: 20_000 },
    )
    .toEqual([{ amber: ['bulletin', 'status'] }]);
});

test('a device whose storage was wiped says that it is not enrolled, and shows no older state', async () => {
  await openScanner();
  const session = await station.context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: town.origin, storageTypes: 'all' });
  await page.goto(`${town.origin}/`);
  await page.locator('main.enrol').getByText('本机尚未注册').waitFor();
  expect(await page.locator('.header .bad').allTextContents()).toEqual(['未注册']);
  expect(await page.locator('[data-freshness], [data-verdict]').count()).toBe(0);
});
