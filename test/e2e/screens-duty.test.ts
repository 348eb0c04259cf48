import type { Page } from 'playwright';
import { afterAll, beforeAll, test } from 'vitest';
import { look } from './look.ts';
import { pasteCode } from './paste-code.ts';
import {
  enrolStation,
  foundTown,
  goTo,
  issueBadge,
  openCode,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let page: Page;
let phone: Page;

beforeAll(async () => {
  town = await foundTown();
  page = await enrolStation(town, await town.startStation());
  phone = await openCode(town, 'red');
});
afterAll(() => town?.leave());

async function openScanner(): Promise<void> {
  await page.bringToFront();
  await goTo(page, '/');
  await page.locator('main.scan .frame').waitFor();
}

const show = (text: string) => pasteCode(page, text);

for (const language of ['zh', 'en'] as const) {
  test(`no screen of shifts, supervisors or counts is cut off (${language})`, async () => {
    const steward = (await issueBadge(town, '王建国', 'steward')).text;
    const next = (await issueBadge(town, 'Margaret Featherstone', 'steward')).text;
    const supervisor = (await issueBadge(town, '李主任', 'supervisor')).text;
    await page.bringToFront();
    await page.goto(`${town.origin}/settings`);
    await page.locator(`button[lang="${language}"]`).click();
    await goTo(page, '/shift');
    await page.locator('main.duty').waitFor();
    await look(page, `shift-nobody-${language}`);

    await openScanner();
    await show(steward);
    await page.locator('[data-badge="started"]').waitFor();
    await look(page, `shift-started-${language}`);
    await show((await showCode(phone)).text);
    await verdictOn(page, 'stop');
    await page.locator('[data-override]').click();
    await page.locator('.badge-asked').waitFor();
    await show(steward);
    await page.locator('[data-badge="not-a-supervisor"]').waitFor();
    await look(page, `badge-asked-${language}`);
    await show(supervisor);
    await page.locator('.override').waitFor();
    await look(page, `override-${language}`);
    await page.locator('.override [data-reason="official"]').click();
    // Behind their own pass they have not come again.
    await verdictOn(page, 'pass');
    await page.waitForSelector('[data-verdict]', { state: 'detached' });
    await show((await showCode(phone)).text);
    await verdictOn(page, 'stop');
    await page.locator('.verdict button:disabled').first().waitFor({ state: 'detached' });
    await look(page, `repeat-${language}`);
    await page.locator('main.verdict').press('Escape');

    await goTo(page, '/today');
    await page.locator('.hours').waitFor();
    await look(page, `today-${language}`);
    await openScanner();
    await show(steward);
    await page.locator('[data-ending]').waitFor();
    await look(page, `shift-ending-${language}`);
    await page.locator('[data-ending] button').first().click();
    await page.locator('main.scan .frame').waitFor();
    await show(next);
    await page.locator('[data-past]').waitFor();
    await look(page, `shift-summary-${language}`);

    await goTo(page, '/settings');
    await page.locator('[data-supervised="locked"] button').scrollIntoViewIfNeeded();
    await look(page, `settings-locked-${language}`);
    await page.locator('[data-supervised="locked"] button').click();
    await page.locator('.badge-asked').waitFor();
    await show(supervisor);
    await page.locator('[data-wall="on"]').click();
    await look(page, `settings-open-${language}`);
    await goTo(page, '/');
    await page.locator('html[data-wall] main.scan .frame').waitFor();
    await look(page, `wall-${language}`);
    await goTo(page, '/settings');
    await page.locator('.badge-asked').waitFor();
    await show(supervisor);
    await page.locator('button[data-wall="off"]').click();
    await goTo(page, '/');
    await show(next);
    await page.locator('[data-ending] .chosen').click();
    await page.locator('[data-shift=""]').waitFor();
  });
}
