import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  pageOf,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

/**
 * From the first declaration to the last look, in a real Chromium for the resident and another
 * for the post, with the authority between them. Days pass in the authority's database.
 */

const PHONE = '13800000071';
const DAUGHTER = { name: '李晓梅', number: '420606199003071235' };
const MOTHER = { name: '王桂兰', number: '420606195003071245' };
const DAY = 86_400;

let town: Town;
let station: RealBrowser;
/** The daughter's phone. */
let page: Page;
/** The mother's code. */
let paper: Uint8Array;

beforeAll(async () => {
  town = await foundTown();
  station = await town.startStation();
  await enrolStation(town, station);
  page = await town.phone.context.newPage();
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(`${town.origin}/resident/`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
});
afterAll(() => town?.leave());

test('a resident signs in by a code from the log, declares, and passes when measured', async () => {
  await page.click('a[href="#sign-in"]');
  await page.fill('[name=phone]', PHONE);
  await page.click('[type=submit]');
  await page.fill('[name=code]', '000000');
  await page.click('[type=submit]');
  await page.locator('[data-trouble="code-wrong"]').waitFor();
  await page.fill('[name=code]', town.authority.signInCode(PHONE));
  await page.click('[type=submit]');
  await page.click('a[href="#declare"]');
  await declare(DAUGHTER);
  await page.locator('[data-standing="green"]').waitFor();
  await openCodeOf(DAUGHTER.name);

  await scan(page);
  expect(await verdictOn(pageOf(station), 'measure')).toBe('needs-reading');
  await enterReading(pageOf(station), '365');
  expect(await verdictOn(pageOf(station), 'pass')).toBe('green');
});

test('a fever at the post turns the code yellow, and a second measurement turns it green again', async () => {
  await scan(page);
  await verdictOn(pageOf(station), 'measure');
  await enterReading(pageOf(station), '376');
  expect(await verdictOn(pageOf(station), 'stop')).toBe('fever');
  await isSeenAs('yellow', 'fever');

  await openCodeOf(DAUGHTER.name);
  await page.locator('.code-page [data-standing="yellow"]').waitFor();
  await scan(page);
  expect(await verdictOn(pageOf(station), 'stop')).toBe('fever-earlier');
  await pageOf(station).locator('.verdict .chosen:enabled').click();
  await verdictOn(pageOf(station), 'measure');
  await enterReading(pageOf(station), '366');
  await pageOf(station).locator('[data-reason="remeasured"]').waitFor();
  await isSeenAs('green', 'remeasured');
});

test('she sees every look at her code, and every change of its colour', async () => {
  await openPerson(DAUGHTER.name);
  const looks = page.locator('[data-history="looks"] li');
  await expect.poll(async () => looks.count(), { timeout: 20_000 }).toBe(4);
  expect(await looks.allInnerTexts()).toEqual([
    expect.stringMatching(/东门卡口[\s\S]*通行 · 36.6 °C/),
    expect.stringMatching(/止步/),
    expect.stringMatching(/止步 · 37.6 °C/),
    expect.stringMatching(/通行 · 36.5 °C/),
  ]);
  const changes = page.locator('[data-history="colour"] li');
  await expect.poll(async () => changes.count(), { timeout: 20_000 }).toBe(3);
  expect(await changes.allInnerTexts()).toEqual([
    expect.stringMatching(/黄码 → 绿码/),
    expect.stringMatching(/绿码 → 黄码/),
    expect.stringMatching(/灰码 → 绿码/),
  ]);
});

test('after three days without a check-in the code counts as yellow; one check-in later it is green', async () => {
  await daysPass(3);
  await isSeenAs('lapsed', 'lapsed');
  await openCodeOf(DAUGHTER.name);
  await page.locator('.code-page [data-standing="lapsed"]').waitFor();
  // By then the post has also heard that she is green again.
  await expect.poll(() => verdictOf(page), { timeout: 120_000 }).toBe('lapsed');

  await page.locator('.about-code [data-go="check-in"]').click();
  await page.locator('[data-quick]').click();
  await page.locator('[data-check-in="sent"]').waitFor();
  await openCodeOf(DAUGHTER.name);
  await page.locator('.code-page [data-standing="green"]').waitFor();
  await scan(page);
  await verdictOn(pageOf(station), 'measure');
  await enterReading(pageOf(station), '364');
  expect(await verdictOn(pageOf(station), 'pass')).toBe('green');
});

test('a check-in without a network, in a page that was started without one, is sent once', async () => {
  await daysPass(1);
  await town.wire.cut();
  await page.goto(`${town.origin}/resident/`);
  await page.click(`${card(DAUGHTER.name)} [data-go="check-in"]`);
  await page.locator('[data-quick]').click();
  await page.locator('[data-check-in="waiting"]').waitFor();
  const before = await checkInsOf(DAUGHTER.name);
  await page.reload();
  await page.goto(`${town.origin}/resident/#/`);
  await page.locator(`${card(DAUGHTER.name)} [data-waiting="true"]`).waitFor();
  await town.wire.mend();
  await page.reload();
  await page.locator(`${card(DAUGHTER.name)} [data-waiting="false"]`).waitFor();
  expect(await checkInsOf(DAUGHTER.name)).toBe(before + 1);
});

test('a daughter applies for her mother, prints, and the mother passes on paper without a network', async () => {
  await home();
  await page.click('a[href="#family"]');
  await page.selectOption('[name=relationship]', 'daughter');
  await declare(MOTHER);
  await openCodeOf(MOTHER.name);
  const sheet = page.locator('.paper');
  await sheet.getByText(DAUGHTER.name.slice(0, 1)).first().waitFor();
  await page.emulateMedia({ media: 'print' });
  paper = await page.locator('[data-qr-text]').screenshot();
  await page.emulateMedia({ media: null });

  await town.wire.cut();
  expect(await verdictOf(paper)).toBe('confirm-guardian');
  await pageOf(station).getByRole('button', { name: '核对无误' }).click();
  await enterReading(pageOf(station), '365');
  expect(await verdictOn(pageOf(station), 'pass')).toBe('green');
  await town.wire.mend();
});

test('the mother turns red: whatever her paper says, the status list stops her without a network', async () => {
  const entries = [{ type: 'resident-id', number: MOTHER.number, since: '2020-03-01' }];
  await town.authority.post('/hq/lists/confirmed', { entries });
  await expect.poll(() => verdictOf(paper), { timeout: 120_000 }).toBe('red');
  await town.wire.cut();
  expect(await verdictOf(paper)).toBe('red');
  await town.wire.mend();
  await home();
  await page.locator(`${card(MOTHER.name)}[data-standing="red"]`).waitFor();
});

test('a declaration is corrected once, and the first one stays beside it', async () => {
  await openPerson(DAUGHTER.name);
  await page.click('a[href^="#correct/"]');
  const address = page.locator('[name=address]');
  await address.waitFor();
  expect(await address.inputValue()).toBe('长虹路 1 号');
  await address.fill('檀溪路 2 号');
  await page.check('[name=promise]');
  await page.click('form [type=submit]');
  const declared = page.locator('[data-history="declarations"] li');
  await declared.nth(1).waitFor();
  expect(await declared.allInnerTexts()).toEqual([
    expect.stringMatching(/^更正[\s\S]*檀溪路 2 号/),
    expect.stringMatching(/^首次申报[\s\S]*长虹路 1 号/),
  ]);
  expect(await page.locator('a[href^="#correct/"]').count()).toBe(0);
});

test('all that is held of her she can take along', async () => {
  await home();
  await page.click('a[href="#privacy"]');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('[data-export]'),
  ]);
  const { people } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(people).toMatchObject([
    { name: DAUGHTER.name, declarations: [{}, {}], document: { type: 'resident-id' } },
    { name: MOTHER.name, colour: 'red' },
  ]);
  expect(people[0].looks.length).toBeGreaterThan(5);
  expect(people[0].checkIns.length).toBeGreaterThan(0);
});

test('a code that was withdrawn comes back by the same declaration', async () => {
  await openPerson(DAUGHTER.name);
  await page.click('a[href^="#withdraw/"]');
  await page.check('[name=sure]');
  await page.click('form [type=submit]');
  await page.locator(card(DAUGHTER.name)).waitFor();
  await page.locator(`${card(DAUGHTER.name)} [data-go="code"]`).waitFor({ state: 'detached' });
  await openPerson(DAUGHTER.name);
  await page.click('[data-resume]');
  await openCodeOf(DAUGHTER.name);
  await page.locator('.code-page [data-standing="green"]').waitFor();
});

test('nobody deletes a red away, and the page says why', async () => {
  await openPerson(MOTHER.name);
  await page.click('a[href^="#delete/"]');
  await page.check('[name=sure]');
  await page.click('form [type=submit]');
  await page.locator('[data-trouble="colour-stands"]').waitFor();
});

test('a code that was moved to another phone is void on the first, which says so', async () => {
  await daysPass(1);
  const other = await town.startStation({ profile: `${town.folder}/second-phone` });
  const second = pageOf(other);
  await second.setViewportSize({ width: 360, height: 640 });
  await second.goto(`${town.origin}/resident/#sign-in`);
  await second.fill('[name=phone]', PHONE);
  await second.click('[type=submit]');
  await second.locator('[name=code]').waitFor();
  await second.fill('[name=code]', town.authority.signInCode(PHONE));
  await second.click('[type=submit]');
  await second.click(`${card(DAUGHTER.name)} [data-go="person"]`);
  await second.click('[data-get]');
  await second.locator('[data-go="code"]').waitFor();

  await home();
  await page.reload();
  await page.locator('.people > a[href="#sign-in"]').waitFor();
  await openCodeOf(DAUGHTER.name);
  await expect.poll(() => verdictOf(page), { timeout: 120_000 }).toBe('void');
  // An open page asks for changes now and then, and at once when its network returns.
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.locator('.about-code a[href="#sign-in"]').waitFor();
});

const card = (name: string) => `[data-person]:has(strong:text-is("${name}"))`;

async function home(): Promise<void> {
  await page.bringToFront();
  await page.goto(`${town.origin}/resident/#/`);
  await page.locator('[data-person]').first().waitFor();
}

async function openCodeOf(name: string): Promise<void> {
  await home();
  await page.click(`${card(name)} [data-go="code"]`);
  await page.locator('[data-qr-text]').waitFor();
}

async function openPerson(name: string): Promise<void> {
  await home();
  await page.click(`${card(name)} [data-go="person"]`);
}

/** What the person's page says, once the record has reached the authority. */
async function isSeenAs(standing: string, cause: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await openPerson(DAUGHTER.name);
        await page.reload();
        await page.locator('[data-history="looks"]').waitFor();
        const why = await page.locator('[data-cause]').getAttribute('data-cause');
        return [await page.locator('.page [data-standing]').getAttribute('data-standing'), why];
      },
      { timeout: 120_000 },
    )
    .toEqual([standing, cause]);
}

async function declare({ name, number }: { name: string; number: string }): Promise<void> {
  await page.fill('[name=name]', name);
  await page.fill('[name=number]', number);
  await page.selectOption('[name=area]', '420606');
  await page.fill('[name=address]', '长虹路 1 号');
  await page.check('[name=travelled][value=no]');
  await page.check('[name=contact][value=no]');
  await page.check('[name=promise]');
  await page.click('form [type=submit]');
  await page.locator('[data-go="code"]').waitFor();
}

/** Holds what the phone shows before the post's camera. */
async function scan(phone: Page): Promise<void> {
  await town.hold((await showCode(phone)).png);
  await pageOf(station).goto(`${town.origin}/`);
}

/** Why the post says what it says of this. */
async function verdictOf(shown: Page | Uint8Array): Promise<string | null> {
  if (shown instanceof Uint8Array) {
    await town.hold(shown);
    await pageOf(station).goto(`${town.origin}/`);
  } else {
    await scan(shown);
  }
  const verdict = pageOf(station).locator('[data-verdict]');
  await verdict.waitFor();
  return verdict.getAttribute('data-reason');
}

/** Everybody's last check-in, and the last text message, are so many days older. */
async function daysPass(days: number): Promise<void> {
  const seconds = days * DAY;
  await town.authority.query(
    `update residents set checked_in_at = checked_in_at - ${seconds} where account is not null`,
  );
  await town.authority.query(
    `update sign_in_codes set since = since - ${seconds}, sent_at = sent_at - ${seconds}`,
  );
}

async function checkInsOf(name: string): Promise<number> {
  const masked = `${name.slice(0, 1)}%`;
  const [row] = await town.authority.query<{ count: string }>(
    `select count(*) from check_ins join residents using (sub) where name like '${masked}'`,
  );
  return Number(row?.count);
}
