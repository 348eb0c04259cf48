import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { beginVehicle, occupants } from './begin-vehicle.ts';
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
let codes: Record<'green' | 'red' | 'minor', Page>;

beforeAll(async () => {
  town = await foundTown();
  page = await enrolStation(town, await town.startStation());
  codes = {
    green: await openCode(town, 'green'),
    red: await openCode(town, 'red'),
    minor: await openCode(town, 'minor'),
  };
});
afterAll(() => town?.leave());

beforeEach(async () => {
  await town.hold();
  await page.goto(`${town.origin}/`);
});

const scan = (shown?: keyof typeof codes) => comeBefore(town, page, shown && codes[shown]);

const arrive = (plate: string) => beginVehicle(page, plate);
const left = () => page.waitForSelector('[data-verdict]', { state: 'detached' });

async function greenPasses(): Promise<void> {
  await scan('green');
  await verdictOn(page, 'measure');
  await enterReading(page, '365');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await left();
}

async function minorPasses(): Promise<void> {
  await scan('minor');
  await verdictOn(page, 'measure');
  await page.getByRole('button', { name: '核对无误' }).click();
  await enterReading(page, '366');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await left();
}

const marks = () => occupants(page);

test('a plate that is none is not taken, and Hubei is chosen already', async () => {
  await page.getByRole('button', { name: '车辆' }).click();
  const begin = page.getByRole('button', { name: '开始：请司机先扫' });
  expect(await page.getByRole('combobox', { name: '省份简称' }).inputValue()).toBe('鄂');
  await page.getByRole('textbox', { name: '车牌号码' }).fill('f123');
  expect(await begin.isDisabled()).toBe(true);
  await page.getByText('车牌为省份、字母和 5 或 6 位').waitFor();
  await page.getByRole('textbox', { name: '车牌号码' }).fill('f12345');
  expect(await begin.isEnabled()).toBe(true);
});

test('all pass: one tap, and the vehicle has passed', async () => {
  await arrive('F12345');
  await greenPasses();
  await minorPasses();
  expect(await marks()).toEqual(['1 pass', '2 pass']);
  await page.getByRole('button', { name: '这辆车完成' }).click();
  await page.locator('[data-vehicle-verdict="pass"]').waitFor();
  await page.locator('[data-vehicle-verdict]').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '车辆' }).waitFor();
  await page.waitForSelector('[data-waiting="0"]');
  await expect
    .poll(
      () =>
        town.authority.query<{ plate: string; seat: number }>(
          `select body -> 'vehicle' -> 'masked' as plate, body -> 'vehicle' -> 'seat' as seat
           from records order by n`,
        ),
      { timeout: 20_000 },
    )
    .toEqual([
      { plate: '鄂*****5', seat: 1 },
      { plate: '鄂*****5', seat: 2 },
    ]);
});

test('one who may not pass stops the vehicle, and whoever is judged again keeps the seat', async () => {
  await arrive('FD12345');
  await greenPasses();
  await scan('red');
  await verdictOn(page, 'stop');
  await page.locator('.verdict .shaded:enabled').last().click();
  await left();
  await greenPasses();
  expect(await marks()).toEqual(['1 pass', '2 stop']);

  // The page is lost: its plate is asked for, and whoever was judged is there.
  await town.hold();
  await page.goto(`${town.origin}/`);
  await page.getByText('已核验 2 人').waitFor();
  expect(await marks()).toEqual(['1 pass', '2 stop']);
  await page.getByRole('textbox', { name: '车牌号码' }).fill('FD12345');
  await page.getByRole('button', { name: '继续核验这辆车' }).click();
  await page.locator('main.scan .frame').waitFor();
  expect(await marks()).toEqual(['1 pass', '2 stop']);
  await page.getByRole('button', { name: '这辆车完成' }).press('Enter');
  const verdict = page.getByRole('main', { name: /止步.*鄂FD12345.*1 人不能通行/ });
  await verdict.waitFor();
  await page.locator('[aria-live="assertive"]', { hasText: '止步' }).waitFor({ state: 'attached' });
  expect(await verdict.evaluate((main) => main === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: '仍然结束' }).click();
  await page.getByRole('button', { name: '车辆' }).waitFor();
});

test('a code that could not be read and was scanned again is struck out', async () => {
  await arrive('F54321');
  await goTo(page, '/help');
  await town.hold('KK1:BROKEN');
  await goTo(page, '/');
  await verdictOn(page, 'unverified');
  await page.locator('.verdict .shaded:enabled').last().click();
  await left();
  await greenPasses();
  expect(await marks()).toEqual(['1 unverified', '2 pass']);
  await page.getByRole('button', { name: '这辆车完成' }).click();
  await page.locator('[data-vehicle-verdict="stop"]').waitFor();
  await page.getByRole('button', { name: '第 1 位已另行扫过，划去' }).click();
  await page.locator('[data-vehicle-verdict="pass"]').waitFor();
  await page.locator('[data-vehicle-verdict]').waitFor({ state: 'detached' });
});

test('a poster in view of the camera is no passenger', async () => {
  await arrive('F11111');
  await goTo(page, '/help');
  await town.hold('https://example.com/menu');
  await goTo(page, '/');
  await verdictOn(page, 'unverified');
  await page.locator('.verdict .shaded:enabled').last().click();
  await left();
  expect(await marks()).toEqual([]);
});
