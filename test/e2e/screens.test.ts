import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
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

/** `SCREENS=docs/screens` keeps the pictures: look at them after any change to a screen. */
const KEEP = process.env['SCREENS'];

const SIZES = {
  phone: { width: 360, height: 640 },
  tablet: { width: 1024, height: 768 },
} as const;

let town: Town;
let station: RealBrowser;
let page: Page;
let codes: Record<'green' | 'elder' | 'minor' | 'red', Page>;

beforeAll(async () => {
  if (KEEP) mkdirSync(KEEP, { recursive: true });
  town = await foundTown();
  station = await town.startStation();
  page = pageOf(station);
  await page.emulateMedia({ colorScheme: 'dark' });
});
afterAll(() => town?.leave());

/** Both sizes of one screen: nothing may be cut off at the side. */
async function look(name: string, screen: Page = page): Promise<void> {
  // A verdict's buttons come to life after it was seen for a moment.
  await screen.locator('.verdict button:disabled').first().waitFor({ state: 'detached' });
  for (const [size, viewport] of Object.entries(SIZES)) {
    await screen.setViewportSize(viewport);
    const cutOff = await screen.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      const tight = [
        ...document.querySelectorAll('button, h1:not(.unseen), p:not(.unseen), dd, output'),
      ].filter(
        (element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0,
      );
      return { wide: scrollWidth > clientWidth, tight: tight.map((element) => element.outerHTML) };
    });
    expect(cutOff, `${name} on a ${size}`).toEqual({ wide: false, tight: [] });
    const file = size === 'phone' ? `${name}.png` : `${name}-${size}.png`;
    if (KEEP) await screen.screenshot({ path: join(KEEP, file) });
  }
  await screen.setViewportSize(SIZES.phone);
}

async function scan(shown?: Uint8Array | string): Promise<void> {
  await town.hold(shown);
  await page.goto(`${town.origin}/`);
}

async function speak(language: 'zh' | 'en'): Promise<void> {
  await page.goto(`${town.origin}/settings`);
  await page.locator(`button[lang="${language}"]`).click();
}

test('a device that is not enrolled says so and how to enrol', async () => {
  await page.goto(`${town.origin}/`);
  await page.locator('main.enrol video').waitFor();
  await look('enrol-zh');
  await enrolStation(town, station);
  await look('enrolled-zh');
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
    await look(`settings-${language}`);
    for (const name of ['state', 'help', 'tour', 'shift', 'today', 'vehicle', 'fevers']) {
      await page.goto(`${town.origin}/${name}`);
      await page.locator('main h1').first().waitFor();
      await look(`${name}-${language}`);
    }

    await scan();
    await page.locator('.frame').waitFor();
    await look(`scan-${language}`);
    await page.goto(`${town.origin}/no-code`);
    await page.locator('main.no-code').waitFor();
    await look(`no-code-${language}`);

    await scan((await showCode(green)).png);
    await verdictOn(page, 'measure');
    await look(`measure-${language}`);
    await page.emulateMedia({ colorScheme: 'light' });
    await look(`measure-light-${language}`);
    await page.emulateMedia({ colorScheme: 'dark' });
    const held = holdNextPass(page);
    await enterReading(page, '365');
    await held;
    await look(`pass-${language}`);

    await scan((await showCode(printed)).png);
    await verdictOn(page, 'measure');
    await look(`guardian-${language}`);
    await page.locator('.choices .chosen').click();
    await enterReading(page, '376');
    await verdictOn(page, 'stop');
    await look(`fever-${language}`);

    await scan((await showCode(red)).png);
    await verdictOn(page, 'stop');
    await look(`stop-${language}`);
    await scan('https://example.com/menu');
    await verdictOn(page, 'unverified');
    await look(`unverified-${language}`);

    for (const [name, phonePage] of [
      ['resident', green],
      ['printed', printed],
    ] as const) {
      await phonePage.bringToFront();
      if (language === 'en') {
        await phonePage.getByRole('button', { name: 'English' }).click();
      }
      await look(`${name}-${language}`, phonePage);
    }
  });
}

test('headquarters sees the posts and the newest records', async () => {
  const headquarters = await town.phone.context.newPage();
  await headquarters.goto(town.authority.headquartersLink);
  await headquarters.getByText('东门卡口').first().waitFor();
  await look('headquarters-zh', headquarters);
});
