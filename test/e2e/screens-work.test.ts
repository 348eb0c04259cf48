import type { Page } from 'playwright';
import { afterAll, beforeAll, test } from 'vitest';
import { look } from './look.ts';
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
let codes: Record<'green' | 'red' | 'elder' | 'minor', Page>;

beforeAll(async () => {
  town = await foundTown();
  page = await enrolStation(town, await town.startStation());
  codes = {
    green: await openCode(town, 'green'),
    red: await openCode(town, 'red'),
    elder: await openCode(town, 'elder'),
    minor: await openCode(town, 'minor'),
  };
});
afterAll(() => town?.leave());

const scan = (person?: keyof typeof codes) => comeBefore(town, page, person && codes[person]);

const settled = () =>
  page.locator('.verdict button:disabled').first().waitFor({ state: 'detached' });

async function goOn(): Promise<void> {
  await page.locator('.verdict .shaded:enabled').last().click();
  await page.waitForSelector('[data-verdict]', { state: 'detached' });
}

for (const language of ['zh', 'en'] as const) {
  test(`screens of measuring, fevers and vehicles: nothing cut off, and axe finds nothing (${language})`, async () => {
    // A fever turns a code yellow for everyone: the next language needs somebody else.
    const febrile = language === 'zh' ? 'elder' : 'minor';
    await page.goto(`${town.origin}/settings`);
    await page.locator(`button[lang="${language}"]`).click();
    await page.locator('[data-role="checkpoint"]').click();

    await goTo(page, '/vehicle');
    await page.locator('.plate input').fill('f1234');
    await look(page, `vehicle-plate-${language}`);
    await page.locator('.plate input').fill('f12345');
    await page.locator('.vehicle .primary').click();
    await scan('green');
    await verdictOn(page, 'measure');
    await look(page, `measure-stepper-${language}`);
    await page.locator('.stepper .chosen').click();
    await page.waitForSelector('[data-verdict]', { state: 'detached' });
    await scan('red');
    await verdictOn(page, 'stop');
    await settled();
    await look(page, `stop-buttons-${language}`);
    await page.locator('.verdict .shaded:enabled').nth(-2).click();
    await page.locator('[data-turned]').waitFor();
    await look(page, `turned-${language}`);
    await page.locator('[data-turned] .shaded').click();
    await settled();
    await goOn();
    await look(page, `vehicle-strip-${language}`);
    await town.hold();
    await page.goto(`${town.origin}/`);
    await page.locator('.plate input').fill('f12345');
    await look(page, `vehicle-lost-${language}`);
    await page.locator('.vehicle .primary').click();
    await page.locator('[data-vehicle]').click();
    await page.locator('[data-vehicle-verdict]').waitFor();
    await look(page, `vehicle-stop-${language}`);
    await page.locator('.vehicle-verdict .shaded').click();

    await page.goto(`${town.origin}/settings`);
    await page.locator('[data-role="temperature"]').click();
    await page.locator('[data-role="temperature"][aria-pressed="true"]').waitFor();
    await scan();
    await page.locator('.actions.more button').first().click();
    await verdictOn(page, 'measure');
    await page.keyboard.type('381', { delay: 150 });
    await page.locator('.first-reading').waitFor();
    await look(page, `first-reading-${language}`);
    await scan(febrile);
    await verdictOn(page, 'stop');
    await look(page, `fever-countdown-${language}`);
    await settled();
    await goOn();
    await page.locator('.actions.more button').nth(1).click();
    await page.locator('.symptoms button').first().click();
    await look(page, `fevers-${language}`);
  });
}
