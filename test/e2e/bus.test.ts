import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { replaceCamera } from '../bench/lane/camera.ts';
import { makeTimeMovable } from '../bench/lane/forward.ts';
import { inviteStrangers } from '../bench/lane/people.ts';
import { serve } from '../bench/lane/serve.ts';
import { beginVehicle, occupants } from './begin-vehicle.ts';
import { enrolStation, foundTown, openCode, showCode, type Town } from './town.ts';

let town: Town;
let page: Page;
let green: Page;

beforeAll(async () => {
  town = await foundTown();
  page = await enrolStation(town, await town.startStation());
  green = await openCode(town, 'green');
});
afterAll(() => town?.leave());

test('a bus of fifty: each has a seat and a mark, and one verdict is for all', async () => {
  const { text } = await showCode(green);
  const invite = await inviteStrangers(town.authority.keys, text);
  // Nobody waits for a verdict that has been seen.
  await page.addInitScript(makeTimeMovable);
  const camera = await replaceCamera(page);
  await page.bringToFront();
  await page.goto(`${town.origin}/`);
  await page.locator('main.scan .frame').waitFor();
  await beginVehicle(page, 'FB2020');
  for (let seat = 1; seat <= 50; seat++) {
    const at = await page.evaluate(() => Date.now() / 1000);
    const passenger = await invite(seat === 30 ? 'red' : 'green');
    await serve({ page, camera }, passenger, { instrument: 'keypad', at, hurried: true });
  }
  const expected = Array.from({ length: 50 }, (_, i) => `${i + 1} ${i === 29 ? 'stop' : 'pass'}`);
  expect(await occupants(page)).toEqual(expected);
  expect(await page.locator('[data-seat="50"]').isVisible()).toBe(true);
  await page.getByRole('button', { name: '这辆车完成' }).click();
  await page.locator('[data-vehicle-verdict="stop"]').waitFor();
  await page.getByText('1 人不能通行').waitFor();
  await page.getByRole('button', { name: '仍然结束' }).click();
  await page.waitForSelector('[data-waiting="0"]');
  await expect
    .poll(
      () =>
        town.authority.query<{ seats: number }>(
          `select count(distinct body #>> '{vehicle,seat}')::int as seats from records
           where body #>> '{vehicle,masked}' = '鄂*****0'`,
        ),
      { timeout: 20_000 },
    )
    .toEqual([{ seats: 50 }]);
});
