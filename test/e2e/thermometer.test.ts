import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringThermometer, type Thermometer } from '../support/thermometer.ts';
import {
  comeBefore,
  enrolStation,
  foundTown,
  goTo,
  openCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let page: Page;
let thermometer: Thermometer;
let codes: Record<'green' | 'elder', Page>;

const NORMAL = { value: [365, -1] } as const;

beforeAll(async () => {
  town = await foundTown();
  page = await enrolStation(town, await town.startStation({ features: ['WebBluetooth'] }));
  codes = { green: await openCode(town, 'green'), elder: await openCode(town, 'elder') };
  thermometer = await bringThermometer(page);
  await page.goto(`${town.origin}/settings`);
  await page.getByRole('button', { name: '连接蓝牙体温计' }).click();
  await page.locator('[data-thermometer="ready"]').waitFor();
});
afterAll(() => town?.leave());

/** The page stays, since loading it anew would let go of the thermometer. */
const scan = (person?: keyof typeof codes) => comeBefore(town, page, person && codes[person]);

/** What a clock on the wall shows so many seconds from now. */
function clockFace(seconds: number): readonly number[] {
  const at = new Date(Date.now() + seconds * 1000);
  const date = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
  return [...date, at.getHours(), at.getMinutes(), at.getSeconds()];
}

const newestRecord = async () => {
  await page.waitForSelector('[data-waiting="0"]');
  const [row] = await town.authority.query<{ body: { reading?: unknown; reason: string } }>(
    'select body from records order by n desc limit 1',
  );
  return row?.body;
};

test('a green person costs no tap: scanned, measured, passed, and the record says by what', async () => {
  await scan('green');
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await page.getByText('蓝牙体温计已接上').waitFor();
  await thermometer.measure({ value: [979, -1], fahrenheit: true, type: 3 });
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.waitForSelector('[data-verdict]', { state: 'detached' });
  await expect
    .poll(newestRecord, { timeout: 20_000 })
    .toMatchObject({ reading: { tenths: 366, site: 'ear', instrument: 'bluetooth' } });
});

test('at a checkpoint a reading before the scan is nobody’s, and the screen says so', async () => {
  await scan();
  await thermometer.measure(NORMAL);
  await page.locator('[data-notice="readingUnused"]').waitFor();
  await scan('green');
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
});

test('what it could not measure is asked again', async () => {
  await scan('green');
  await verdictOn(page, 'measure');
  await thermometer.measure({ value: [0x7fffff, 0] });
  await page.locator('[data-notice="notMeasured"]').waitFor();
  await thermometer.measure({ value: [312, -1] });
  await page.locator('[data-reason="implausible-reading"]').waitFor();
  await page.getByText('16–35').waitFor();
  await thermometer.measure(NORMAL);
  expect(await verdictOn(page, 'pass')).toBe('green');
});

test('a reading from its memory waits for a tap', async () => {
  await scan('green');
  await verdictOn(page, 'measure');
  await thermometer.measure({ value: [371, -1], stamp: [2020, 3, 10, 8, 0, 0] });
  await page.locator('[data-notice="oldReading"]').waitFor();
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await page.getByRole('button', { name: '确认 37.1 ℃' }).click();
  expect(await verdictOn(page, 'pass')).toBe('green');
});

test('what is sent once more, since nobody acknowledged it, is not the next person’s', async () => {
  const first = { ...NORMAL, stamp: clockFace(0) };
  await scan('green');
  await verdictOn(page, 'measure');
  await thermometer.measure(first);
  expect(await verdictOn(page, 'pass')).toBe('green');
  await scan('green');
  await verdictOn(page, 'measure');
  await thermometer.measure(first);
  await thermometer.measure({ value: [369, -1], stamp: clockFace(1) });
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.locator('.verdict .reading').getByText('36.9').waitFor();
});

test('one that falls asleep between two people comes back by itself', async () => {
  await scan();
  await thermometer.fallAsleep();
  await goTo(page, '/settings');
  await page.locator('[data-thermometer="away"]').waitFor();
  thermometer.wake();
  await page.locator('[data-thermometer="ready"]').waitFor();
  await scan('green');
  await verdictOn(page, 'measure');
  await thermometer.measure(NORMAL);
  expect(await verdictOn(page, 'pass')).toBe('green');
});

test('after a fever a second measurement waits as long as the policy says, then is one tap', async () => {
  await scan('elder');
  expect(await verdictOn(page, 'measure')).toBe('confirm-guardian');
  await thermometer.measure({ value: [3812, -2] });
  expect(await verdictOn(page, 'stop')).toBe('fever');
  const again = page.getByRole('button', { name: /^再测一次/ });
  expect(await again.textContent()).toMatch(/等 [1-5] 秒/);
  expect(await again.isDisabled()).toBe(true);
  await expect.poll(() => again.isEnabled(), { timeout: 15_000 }).toBe(true);
  await again.click();
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await thermometer.measure(NORMAL);
  await page.getByRole('button', { name: '核对无误' }).click();
  expect(await verdictOn(page, 'pass')).toBe('remeasured');
});

test('at a temperature station a reading comes before its code, and a second one undoes a fever', async () => {
  await scan();
  await goTo(page, '/settings');
  await page.locator('[data-role="temperature"]').click();
  await page.locator('[data-role="temperature"][aria-pressed="true"]').waitFor();
  await scan();
  await thermometer.measure(NORMAL);
  await page.locator('.first-reading').getByText('36.5').waitFor();
  await scan('green');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.waitForSelector('[data-verdict]', { state: 'detached' });

  await scan();
  await thermometer.measure({ value: [379, -1] });
  await page.locator('.first-reading.verdict-stop').getByText('37.9').waitFor();
  await scan('green');
  expect(await verdictOn(page, 'stop')).toBe('fever');
  const again = page.getByRole('button', { name: /^再测一次/ });
  await expect.poll(() => again.isEnabled(), { timeout: 15_000 }).toBe(true);
  await again.click();
  await verdictOn(page, 'measure');
  await thermometer.measure(NORMAL);
  expect(await verdictOn(page, 'pass')).toBe('remeasured');
  await page.waitForSelector('[data-verdict]', { state: 'detached' });
  await page.getByRole('button', { name: '今日发热 1' }).click();
  await page.locator('[data-fever="379"]').getByText('复测无异常').waitFor();
  await expect
    .poll(newestRecord, { timeout: 20_000 })
    .toMatchObject({ reason: 'remeasured', reading: { tenths: 365, instrument: 'bluetooth' } });
});
