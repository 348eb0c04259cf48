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
let codes: Record<'green' | 'minor' | 'yellow', Page>;

beforeAll(async () => {
  town = await foundTown();
  page = await enrolStation(town, await town.startStation());
  codes = {
    green: await openCode(town, 'green'),
    minor: await openCode(town, 'minor'),
    yellow: await openCode(town, 'yellow'),
  };
  await page.goto(`${town.origin}/settings`);
  await page.locator('[data-role="temperature"]').click();
  await page.locator('[data-role="temperature"][aria-pressed="true"]').waitFor();
});
afterAll(() => town?.leave());

const scan = (person?: keyof typeof codes) => comeBefore(town, page, person && codes[person]);

const measureFirst = async (digits: string) => {
  await page.getByRole('button', { name: '先测温' }).click();
  await verdictOn(page, 'measure');
  await enterReading(page, digits);
};

interface Row {
  readonly reason: string;
  readonly sub: string | null;
  readonly tenths: number | null;
  readonly about: number | null;
  readonly symptoms: string | null;
}
const records = async () => {
  await page.waitForSelector('[data-waiting="0"]');
  const rows = await town.authority.query<Row>(
    `select body ->> 'reason' as reason, left(body #>> '{code,sub}', 0) as sub,
      (body #>> '{reading,tenths}')::int as tenths, (body ->> 'about')::int as about,
      body ->> 'symptoms' as symptoms from records order by n`,
  );
  return rows.map(({ reason, sub, tenths, about, symptoms }) =>
    [reason, sub === null ? '-' : 'code', tenths ?? '-', about ?? '-', symptoms ?? '-'].join(' '),
  );
};

test('readings before codes, alone and with symptoms reach headquarters', async () => {
  await scan();
  await measureFirst('365');
  await page.locator('.first-reading').getByText('36.5').waitFor();
  await scan('green');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.waitForSelector('[data-verdict]', { state: 'detached' });

  // Nobody shows a code: it is recorded all the same, and nobody has to tap.
  await scan();
  await measureFirst('368');
  await page.locator('.first-reading').waitFor();
  await page.locator('.first-reading').waitFor({ state: 'detached' });
  expect(await page.locator('[data-verdict]').count()).toBe(0);

  // A fever waits for its code.
  await measureFirst('381');
  await page.locator('.first-reading.verdict-stop').getByText('38.1').waitFor();
  await page.getByRole('button', { name: '没有码，只记体温' }).click();
  expect(await verdictOn(page, 'stop')).toBe('fever');
  await page.locator('.verdict .shaded:enabled').last().click();
  await page.waitForSelector('[data-verdict]', { state: 'detached' });

  await measureFirst('376');
  await scan('minor');
  expect(await verdictOn(page, 'stop')).toBe('fever');
  await page.locator('.verdict .shaded:enabled').last().click();
  await page.waitForSelector('[data-verdict]', { state: 'detached' });

  await page.getByRole('button', { name: '今日发热 2' }).click();
  const minor = page.locator('[data-fever="376"]');
  expect(await minor.textContent()).toContain('孙*');
  expect(await page.locator('[data-fever="381"]').textContent()).toContain('未出示码');
  await minor.getByRole('button', { name: '咳嗽' }).click();
  await minor.getByRole('button', { name: '接触过病人' }).click();
  await minor.getByRole('button', { name: '记录', exact: true }).click();
  await minor.getByRole('button', { name: '已记录' }).waitFor();

  await expect
    .poll(records, { timeout: 20_000 })
    .toEqual([
      'green code 365 - -',
      'reading-only - 368 - -',
      'fever - 381 - -',
      'fever code 376 - -',
      'symptoms - - 4 ["cough", "contact"]',
    ]);
  expect(await town.authority.query('select * from quarantine')).toEqual([]);
});

test('a fever beside yellow is one: on the screen, the list and the counts, and at headquarters', async () => {
  await scan();
  await measureFirst('385');
  await scan('yellow');
  expect(await verdictOn(page, 'stop')).toBe('yellow');
  await page.getByText('黄码 · 发热 38.5').waitFor();
  await page.locator('.verdict .shaded:enabled').last().click();
  await page.waitForSelector('[data-verdict]', { state: 'detached' });

  await page.getByRole('button', { name: '今日发热 3' }).click();
  expect(await page.locator('[data-fever="385"]').textContent()).toContain('张*');
  await goTo(page, '/today');
  await page.locator('[data-count="fevers"]').getByText('3', { exact: true }).waitFor();
  const later = () =>
    town.authority.query(
      `select review_from > declared_at + 14 * 86400 as later from residents
       where scenario = 'yellow'`,
    );
  await expect.poll(later, { timeout: 20_000 }).toEqual([{ later: true }]);
  await expect
    .poll(() => town.authority.query(`select reason from records where fever order by n`))
    .toEqual([{ reason: 'fever' }, { reason: 'fever' }, { reason: 'yellow' }]);
});

test('when the page is lost, the list still says that there were fevers, and nobody’s name', async () => {
  await page.goto(`${town.origin}/fevers`);
  await page.locator('[data-fever]').first().waitFor();
  expect(await page.locator('[data-fever]').count()).toBe(3);
  const text = await page.locator('main').textContent();
  expect(text).toContain('第 4 条记录');
  expect(text).not.toMatch(/孙|张|3[78]\.\d/);
});
