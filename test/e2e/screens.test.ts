import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
import { look } from './look.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  holdNextPass,
  openCode,
  pageOf,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let station: RealBrowser;
let page: Page;
let codes: Record<'green' | 'elder' | 'minor' | 'red', Page>;

beforeAll(async () => {
  town = await foundTown();
  station = await town.startStation();
  page = pageOf(station);
  await page.emulateMedia({ colorScheme: 'dark' });
});
afterAll(() => town?.leave());

async function scan(shown?: Uint8Array | string): Promise<void> {
  await town.hold(shown);
  await page.goto(`${town.origin}/`);
}

async function speak(language: 'zh' | 'en'): Promise<void> {
  await page.goto(`${town.origin}/settings`);
  await page.locator(`button[lang="${language}"]`).click();
}

test('a device that is not enrolled says so and how to enrol', async () => {
  const profile = join(town.folder, 'english');
  const english = await town.startStation({ profile, language: 'en' });
  const elsewhere = await town.authority.enrolmentLinkFor('西门卡口');
  for (const [device, language, link] of [
    [english, 'en', elsewhere],
    [station, 'zh', town.authority.enrolmentLink],
  ] as const) {
    await pageOf(device).goto(`${town.origin}/`);
    await pageOf(device).locator('main.enrol .frame').waitFor();
    await look(pageOf(device), `enrol-${language}`);
    await enrolStation(town, device, link);
    await look(pageOf(device), `enrolled-${language}`);
  }
  await english.close();
  codes = {
    green: await openCode(town, 'green'),
    elder: await openCode(town, 'elder'),
    minor: await openCode(town, 'minor'),
    red: await openCode(town, 'red'),
  };
});

for (const language of ['zh', 'en'] as const) {
  test(`no screen is cut off on a phone or a tablet (${language})`, async () => {
    const { green, red } = codes;
    // A fever turns a code yellow for everyone: the next language needs somebody else.
    const printed = language === 'zh' ? codes.elder : codes.minor;
    await speak(language);
    await look(page, `settings-${language}`);
    for (const name of ['state', 'help', 'tour', 'shift', 'today', 'vehicle', 'fevers']) {
      await page.goto(`${town.origin}/${name}`);
      await page.locator('main h1').first().waitFor();
      await look(page, `${name}-${language}`);
    }

    await scan();
    await page.locator('.frame').waitFor();
    await look(page, `scan-${language}`);
    await page.goto(`${town.origin}/no-code`);
    await page.locator('main.no-code').waitFor();
    await look(page, `no-code-${language}`);
    for (const group of ['passport', 'none']) {
      await page.locator(`[data-group="${group}"]`).click();
      await look(page, `no-code-${group}-${language}`);
    }

    await scan((await showCode(green)).png);
    await verdictOn(page, 'measure');
    await look(page, `measure-${language}`);
    const held = holdNextPass(page);
    await enterReading(page, '365');
    await held;
    await look(page, `pass-${language}`);

    await scan((await showCode(printed)).png);
    await verdictOn(page, 'measure');
    await look(page, `guardian-${language}`);
    await page.locator('.choices .chosen').click();
    await enterReading(page, '376');
    await verdictOn(page, 'stop');
    await look(page, `fever-${language}`);

    await scan((await showCode(red)).png);
    await verdictOn(page, 'stop');
    await look(page, `stop-${language}`);
    await scan('https://example.com/menu');
    await verdictOn(page, 'unverified');
    await look(page, `unverified-${language}`);

    for (const [name, phonePage] of [
      ['resident', green],
      ['printed', printed],
    ] as const) {
      await phonePage.bringToFront();
      if (language === 'en') {
        await phonePage.getByRole('button', { name: 'English' }).click();
      }
      await look(phonePage, `${name}-${language}`, { upright: false });
    }
  });
}

test('headquarters sees the posts and the newest records', async () => {
  const headquarters = await town.phone.context.newPage();
  await headquarters.goto(town.authority.headquartersLink);
  await headquarters.getByText('东门卡口').first().waitFor();
  await look(headquarters, 'headquarters-zh');
  await headquarters.getByRole('button', { name: 'English' }).click();
  await look(headquarters, 'headquarters-en');
});
