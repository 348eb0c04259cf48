import type { CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Typing, typeAsReader } from './hand-reader.ts';
import {
  enrolStation,
  foundTown,
  holdNextPass,
  openCode,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let page: Page;
let keyboard: CDPSession;
let green: Page;
let red: Page;

beforeAll(async () => {
  town = await foundTown();
  page = await enrolStation(town, await town.startStation());
  keyboard = await page.context().newCDPSession(page);
  green = await openCode(town, 'green');
  red = await openCode(town, 'red');
});
afterAll(() => town?.leave());

beforeEach(async () => {
  await page.bringToFront();
  await page.goto(`${town.origin}/`);
  await page.locator('main.scan .frame').waitFor();
});

const textOf = async (phone: Page) => {
  const { text } = await showCode(phone);
  await page.bringToFront();
  return text;
};

const read = (text: string, typing?: Typing) => typeAsReader(keyboard, text, typing);

const notice = (name: string) => page.locator(`[data-notice="${name}"]`);

test('what a reader types is judged, and the digits of a hand are the temperature', async () => {
  await read(await textOf(green), { end: 'Enter' });
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await page.keyboard.type('365', { delay: 150 });
  expect(await verdictOn(page, 'pass')).toBe('green');
});

const hands: ReadonlyArray<[string, Typing]> = [
  ['that sends no Enter', {}],
  ['with Caps Lock on', { key: (character) => character.toLowerCase(), end: 'Enter' }],
  ['behind an input method that hides the keys', { key: () => 'Process', end: 'Enter' }],
  ['behind an input method that widens them', { key: (one) => (one === ':' ? '：' : one) }],
];
for (const [how, typing] of hands) {
  test(`a code is judged from a reader ${how}`, async () => {
    await read(await textOf(red), typing);
    expect(await verdictOn(page, 'stop')).toBe('red');
  });
}

test('a scan that comes in two pieces is one', async () => {
  const text = await textOf(red);
  await read(text.slice(0, 100), { end: 'Enter' });
  await read(text.slice(100), { end: 'Enter' });
  expect(await verdictOn(page, 'stop')).toBe('red');
});

test('the next scan behind a pass begins the next person, and the same one again does not', async () => {
  await read(await textOf(green), { end: 'Enter' });
  await verdictOn(page, 'measure');
  const held = holdNextPass(page);
  await page.keyboard.type('365');
  await held;
  await page.locator('.verdict-pass button').first().waitFor();
  await read(await textOf(green), { end: 'Enter' });
  expect(await page.locator('.verdict-pass').count()).toBe(1);
  await read(await textOf(red), { end: 'Enter' });
  expect(await verdictOn(page, 'stop')).toBe('red');
});

test('while somebody is measured a scan becomes no temperature, and the screen says that it waits', async () => {
  await read(await textOf(green), { end: 'Enter' });
  await verdictOn(page, 'measure');
  const digits = page.locator('.digits');
  await page.keyboard.type('3');
  await expect.poll(() => digits.textContent()).toBe('3–.– ℃');
  for (const other of [await textOf(red), '3656901234567892']) {
    await read(other, { end: 'Enter' });
    await notice('measureWaits').waitFor();
    expect(await digits.textContent()).toBe('3–.– ℃');
  }
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await page.keyboard.type('64');
  expect(await verdictOn(page, 'pass')).toBe('green');
  expect(await notice('measureWaits').count()).toBe(0);
});

test('a stop waits for a tap: a scan does not send it away, nor is it lost without a word', async () => {
  await read(await textOf(red), { end: 'Enter' });
  await verdictOn(page, 'stop');
  await page.locator('.verdict .shaded:enabled').first().waitFor();
  await read(await textOf(green), { end: 'Enter' });
  await notice('stopWaits').waitFor();
  expect(await verdictOn(page, 'stop')).toBe('red');
  await page.locator('.verdict .shaded').last().click();
  await page.locator('[data-verdict]').waitFor({ state: 'detached' });
  expect(await notice('stopWaits').count()).toBe(0);
  await read(await textOf(green), { end: 'Enter' });
  await verdictOn(page, 'measure');
});

test('what could not be checked gives way to the next scan', async () => {
  await read('https://example.com/menu', { end: 'Enter' });
  expect(await verdictOn(page, 'unverified')).toBe('not-a-code');
  await read(await textOf(red), { end: 'Enter' });
  expect(await verdictOn(page, 'stop')).toBe('red');
});

test('a person without a code who finds it after all is judged by it', async () => {
  await page.getByRole('button', { name: '无码登记' }).click();
  await page.locator('main.no-code').waitFor();
  await page.keyboard.type('4206061990');
  await expect.poll(() => page.locator('.document-number').textContent()).toBe('420606 1990');
  await read(await textOf(red), { end: 'Enter' });
  expect(await verdictOn(page, 'stop')).toBe('red');
});

test('ten thousand characters are no code, the screen says so, and the next scan is judged', async () => {
  await read('7'.repeat(10_000), { end: 'Enter' });
  expect(await verdictOn(page, 'unverified')).toBe('not-a-code');
  await page.getByText('请打开健康码').waitFor();
  await read('KK1:'.padEnd(4_000, 'A'), { end: 'Enter' });
  await page.locator('[data-reason="damaged"]').waitFor();
  await read(await textOf(red), { end: 'Enter' });
  expect(await verdictOn(page, 'stop')).toBe('red');
});

test('digits that a hand types in a hurry come before the key that it touches next', async () => {
  await page.goto(`${town.origin}/no-code`);
  await page.locator('main.no-code').waitFor();
  await page.keyboard.type('42060', { delay: 60 });
  await page.locator('.keypad').getByRole('button', { name: '6', exact: true }).click();
  expect(await page.locator('.document-number').textContent()).toBe('420606');
});

test('what is typed before the page of numbers is there is not lost', async () => {
  await keyboard.send('Network.enable');
  await keyboard.send('Network.setBypassServiceWorker', { bypass: true });
  let letThrough = () => {};
  const held = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route('**/assets/lazy-pages-*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${town.origin}/no-code`);
  await page.locator('.header').waitFor();
  await page.keyboard.type('421', { delay: 60 });
  await page.keyboard.press('Backspace');
  expect(await page.locator('main').count()).toBe(0);
  letThrough();
  await expect.poll(() => page.locator('.document-number').textContent()).toBe('42');
  await page.unrouteAll();
  await keyboard.send('Network.setBypassServiceWorker', { bypass: false });
});
