import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  comeBefore,
  enrolStation,
  enterReading,
  foundTown,
  goTo,
  openCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let page: Page;
let codes: Record<'green' | 'red', Page>;

beforeAll(async () => {
  town = await foundTown();
  await town.authority.publish({ identityCheck: true });
  page = await enrolStation(town, await town.startStation());
  codes = { green: await openCode(town, 'green'), red: await openCode(town, 'red') };
  await page.goto(`${town.origin}/`);
});
afterAll(() => town?.leave());

const scan = (person: keyof typeof codes) => comeBefore(town, page, codes[person]);

const left = () => page.waitForSelector('[data-verdict]', { state: 'detached' });

test('where the policy asks for it, the name is compared with an identity card first', async () => {
  await scan('green');
  expect(await verdictOn(page, 'measure')).toBe('check-identity');
  expect(await page.locator('.guardian').textContent()).toContain('王*国');
  await page.getByRole('button', { name: '是同一人', exact: true }).click();
  await enterReading(page, '365');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await left();

  await scan('green');
  await verdictOn(page, 'measure');
  await page.getByRole('button', { name: '不是同一人' }).click();
  expect(await verdictOn(page, 'stop')).toBe('identity-mismatch');
  await page.locator('.verdict .shaded:enabled').last().click();
  await left();
});

test('the reason is turned to the person in front, and back, and the verdict stays', async () => {
  await scan('red');
  expect(await verdictOn(page, 'stop')).toBe('red');
  await page.getByRole('button', { name: '转给对方看' }).click();
  const turned = page.locator('.turned');
  expect(await turned.textContent()).toContain('请原地等候');
  expect(await turned.evaluate((element) => getComputedStyle(element).transform)).toMatch(
    /^matrix\(-1, /,
  );
  await turned.click();
  expect(await verdictOn(page, 'stop')).toBe('red');
  await page.getByRole('button', { name: '转回来' }).click();
  await page.locator('.verdict .shaded:enabled').last().click();
  await left();
});

test('plus, minus and confirm take a reading, and the next begins where the last one was', async () => {
  await scan('green');
  await page.getByRole('button', { name: '是同一人', exact: true }).click();
  await page.getByRole('button', { name: '高 0.1 度' }).click();
  await page.getByRole('button', { name: '确认 36.6 ℃' }).click();
  expect(await verdictOn(page, 'pass')).toBe('green');
  await left();
  await scan('green');
  await page.getByRole('button', { name: '是同一人', exact: true }).click();
  await page.getByRole('button', { name: '确认 36.6 ℃' }).waitFor();
  await page.getByRole('button', { name: '此人离开：记为未核验' }).click();
});

test('a thermometer that shows Fahrenheit is typed in Fahrenheit', async () => {
  await goTo(page, '/settings');
  await page.locator('[data-unit="fahrenheit"]').click();
  await scan('green');
  await page.getByRole('button', { name: '是同一人', exact: true }).click();
  await enterReading(page, '100');
  await expect.poll(() => page.locator('.digits').textContent()).toBe('100.– ℉');
  await page.getByRole('button', { name: '退格' }).click();
  await page.getByRole('button', { name: '退格' }).click();
  await page.getByRole('button', { name: '退格' }).click();
  await enterReading(page, '979');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.locator('.verdict').getByText('36.6 ℃').waitFor();
  await left();
  await goTo(page, '/settings');
  await page.locator('[data-unit="celsius"]').click();
});

test('each signal can be tried, a missing voice is said, and choices outlive the page', async () => {
  await goTo(page, '/settings');
  for (const kind of ['pass', 'stop', 'measure', 'unverified']) {
    await page.locator(`[data-signal="${kind}"]`).click();
  }
  await page.getByText('本机没有可离线使用的中文语音').waitFor();
  await page.locator('[data-voice="off"]').click();
  await page.getByRole('combobox', { name: '通行画面停留' }).selectOption('3000');
  await page.goto(`${town.origin}/settings`);
  await page.locator('[data-voice="off"][aria-pressed="true"]').waitFor();
  expect(await page.getByRole('combobox', { name: '通行画面停留' }).inputValue()).toBe('3000');
});
