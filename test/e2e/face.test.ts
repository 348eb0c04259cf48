import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PRACTICE_CODE } from '../../src/scanner/state/practice-code.ts';
import { pasteCode } from './paste-code.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  goTo,
  issueBadge,
  openCode,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

const PHONE = { width: 360, height: 640 };
const TABLETS = [
  ['on its side', { width: 1024, height: 768 }],
  ['upright', { width: 768, height: 1024 }],
] as const;

let town: Town;
let page: Page;
let red: Page;
let badges: Record<'steward' | 'supervisor', string>;

beforeAll(async () => {
  town = await foundTown();
  const station = await town.startStation();
  // What a device says of its battery: half full, and the test empties it.
  await station.context.addInitScript(() => {
    const battery = Object.assign(new EventTarget(), { level: 0.5, charging: false });
    Object.assign(window, { battery });
    Object.assign(navigator, { getBattery: () => Promise.resolve(battery) });
  });
  page = await enrolStation(town, station);
  red = await openCode(town, 'red');
  const [steward, supervisor] = [
    await issueBadge(town, '王建国', 'steward'),
    await issueBadge(town, '李主任', 'supervisor'),
  ];
  badges = { steward: steward.text, supervisor: supervisor.text };
});
afterAll(() => town?.leave());

beforeEach(async () => {
  await page.setViewportSize(PHONE);
  await town.hold();
  await page.bringToFront();
  await page.goto(`${town.origin}/`);
  await page.locator('main.scan .frame').waitFor();
});

const focused = () =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return `${element?.tagName} ${element?.className}`;
  });
const claims = () => page.locator('.header .claim').allInnerTexts();
const drain = (level: number) =>
  page.evaluate((left) => {
    const { battery } = window as unknown as { battery: EventTarget & { level: number } };
    battery.level = left;
    battery.dispatchEvent(new Event('levelchange'));
  }, level);

async function stopRed(): Promise<void> {
  await pasteCode(page, (await showCode(red)).text);
  await page.bringToFront();
  await verdictOn(page, 'stop');
  await page.locator('.verdict button:disabled').first().waitFor({ state: 'detached' });
}

test('a browser is asked to translate nothing: its offer would cover the screen', async () => {
  expect(await page.locator('html').getAttribute('translate')).toBe('no');
  expect(await page.locator('meta[name=google]').getAttribute('content')).toBe('notranslate');
});

test('a phone has one line of what matters, a tablet all of it', async () => {
  await expect.poll(async () => (await claims()).length).toBe(3);
  expect((await claims()).at(-1)).toMatch(/^数据 /);
  for (const [, size] of TABLETS) {
    await page.setViewportSize(size);
    await expect.poll(async () => (await claims()).length).toBe(7);
    const said = (await claims()).join();
    for (const name of ['时间正常', '验证密钥 ', '通告 ', '状态表 ', '电量 50 %']) {
      expect(said).toContain(name);
    }
  }
  await page.setViewportSize(PHONE);
  await expect.poll(async () => (await claims()).length).toBe(3);
});

test('the state page says what to do about each trouble, and nothing about what is well', async () => {
  await goTo(page, '/state');
  await page.locator('main.state').waitFor();
  const todos = () => page.locator('.todo').allInnerTexts();
  expect(await todos()).toEqual([]);
  await drain(0.15);
  await expect.poll(todos).toEqual(['请尽快充电。']);
  await drain(0.05);
  await expect.poll(todos).toEqual(['请立即充电，或换一台设备。']);
  await page.context().setOffline(true);
  await expect
    .poll(todos)
    .toEqual([expect.stringContaining('照常扫码'), '请立即充电，或换一台设备。']);
  await page.context().setOffline(false);
  await drain(0.5);
  await expect.poll(todos).toEqual([]);
});

test('the practice code before the camera is read, and takes a second showing for the second person', async () => {
  await goTo(page, '/help');
  await town.hold(PRACTICE_CODE);
  await goTo(page, '/tour');
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await enterReading(page, '365');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.locator('[data-verdict]').waitFor({ state: 'detached' });
  await page.locator('[data-practice="1"] main:not([inert])').waitFor();
  // It is still there, and nobody new has come.
  await page.getByRole('button', { name: '扫练习码' }).click();
  expect(await verdictOn(page, 'stop')).toBe('red');
  await page.getByRole('button', { name: '轻触屏幕继续' }).click();
  await page.getByText('就是这样').waitFor();
});

test('a health code before the camera of the practice is nobody', async () => {
  await goTo(page, '/help');
  await town.hold((await showCode(red)).png);
  await page.bringToFront();
  await goTo(page, '/tour');
  await page.locator('.practice .frame').waitFor();
  await page.getByRole('button', { name: '扫练习码' }).click();
  // The practice's own person, who is green.
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await page.getByRole('button', { name: '跳过' }).click();
});

test('whoever uses the keyboard is never left behind by a question', async () => {
  await pasteCode(page, badges.steward);
  await page.locator('.actions').getByText('王建国').waitFor();

  await stopRed();
  await page.getByRole('button', { name: '转给对方看' }).press('Enter');
  await expect.poll(focused).toMatch(/^MAIN verdict /);
  await page.getByRole('button', { name: '转回来' }).press('Enter');
  await expect.poll(focused).toMatch(/^MAIN verdict /);
  await page.getByRole('button', { name: '转给对方看' }).waitFor();

  await page.locator('[data-override]').press('Enter');
  await page.locator('.badge-asked').waitFor();
  await expect.poll(focused).toBe('MAIN scan');
  await page.locator('.badge-asked button').press('Enter');
  await expect.poll(focused).toMatch(/^MAIN verdict /);

  await page.locator('.verdict button:disabled').first().waitFor({ state: 'detached' });
  await page.locator('[data-override]').press('Enter');
  await page.locator('.badge-asked').waitFor();
  await pasteCode(page, badges.supervisor);
  await page.locator('main.override').waitFor();
  await expect.poll(focused).toBe('MAIN measure override');
  await page.locator('main.override .quiet').press('Enter');
  await expect.poll(focused).toMatch(/^MAIN verdict /);
  await page.locator('.verdict button:disabled').first().waitFor({ state: 'detached' });
  await page.locator('main.verdict').press('Escape');
  await expect.poll(focused).toBe('MAIN scan');
});

test('on paper the end of a shift is its numbers, without buttons', async () => {
  await page.goto(`${town.origin}/shift`);
  await page.locator('main.duty').waitFor();
  await goTo(page, '/');
  await page.locator('main.scan .frame').waitFor();
  await pasteCode(page, badges.steward);
  await page.locator('[data-ending]').waitFor();
  await expect.poll(focused).toBe('MAIN settings duty');
  await page.locator('[data-ending] .chosen').press('Enter');
  const summary = page.locator('[data-past]');
  await summary.waitFor();
  await expect.poll(focused).toBe('MAIN settings duty');
  await page.emulateMedia({ media: 'print' });
  expect(await summary.locator('[data-count="people"]').isVisible()).toBe(true);
  expect(await page.locator('.header').isVisible()).toBe(false);
  expect(await page.locator('.on-screen').isVisible()).toBe(false);
  for (const button of await page.locator('main button').all()) {
    expect(await button.isVisible()).toBe(false);
  }
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: null });
});
