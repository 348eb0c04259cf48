import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PRACTICE_CODE } from '../../src/scanner/state/practice-code.ts';
import { drawScene } from '../support/frames.ts';
import { toPng } from '../support/y4m.ts';
import { stored } from './stored.ts';
import { enrolStation, enterReading, foundTown, type Town, verdictOn } from './town.ts';

let town: Town;
let page: Page;

beforeAll(async () => {
  town = await foundTown();
  page = await enrolStation(town, await town.startStation());
});
afterAll(() => town?.leave());

/** How many records this device has ever written: their numbers have no gaps. */
const written = async () => (await stored<{ n: number }>(page, 'chain'))[0]?.n;

const step = (judged: number) => page.locator(`[data-practice="${judged}"] main.settings h1`);

test('whoever has just enrolled can practise, without a network, and no record appears', async () => {
  const before = await written();
  await town.wire.cut();
  await page.getByRole('button', { name: '30 秒练习' }).click();
  await page.getByRole('button', { name: '扫练习码' }).click();
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await enterReading(page, '365');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await step(1).waitFor();
  await page.getByRole('button', { name: '扫练习码' }).click();
  expect(await verdictOn(page, 'stop')).toBe('red');
  await page.getByRole('button', { name: '轻触屏幕继续' }).click();
  await step(2).getByText('就是这样').waitFor();
  await page.getByRole('button', { name: '开始扫码' }).click();
  await page.locator('main.scan .frame').waitFor();
  expect(await page.locator('[data-waiting]').getAttribute('data-waiting')).toBe('0');
  expect(await written()).toBe(before);
  await town.wire.mend();
});

test('practice can be left at every step, and begun again from the help', async () => {
  await page.goto(`${town.origin}/help`);
  await page.getByRole('button', { name: '开始练习' }).click();
  await step(0).waitFor();
  await page.getByRole('button', { name: '扫练习码' }).click();
  await verdictOn(page, 'measure');
  await page.getByRole('button', { name: '跳过' }).click();
  await page.locator('main.scan .frame').waitFor();
  expect(await page.locator('[data-verdict]').count()).toBe(0);
});

test('the practice code on paper is told from a health code, and is not recorded', async () => {
  const before = await written();
  const file = join(town.folder, 'practice.png');
  writeFileSync(file, toPng(drawScene({ text: PRACTICE_CODE })));
  await page.goto(`${town.origin}/`);
  await page.locator('main.scan').waitFor();
  await page.setInputFiles('main.scan input[type="file"]', file);
  await page.locator('[data-notice="practiceCode"]').waitFor();
  expect(await page.locator('[data-verdict]').count()).toBe(0);
  expect(await written()).toBe(before);
});
