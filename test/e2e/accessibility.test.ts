import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { drawScene } from '../support/frames.ts';
import { toPng } from '../support/y4m.ts';
import { cutOffTexts } from './legible.ts';
import { faults, SIZES } from './look.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  holdNextPass,
  openCode,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

/** Milliseconds for a look at all of them, on a machine with other work too. */
const MANY_SCREENS = 480_000;
const SCHEMES = ['dark', 'light'] as const;
/** Two languages share them: what a screen is made of is the same in both. */
const LOOKS = {
  zh: [
    ['phone', 'dark'],
    ['tablet on its side', 'light'],
  ],
  en: [
    ['phone', 'light'],
    ['tablet upright', 'dark'],
  ],
} as const;

let town: Town;
let page: Page;
let devtools: CDPSession;
let people: Record<'green' | 'elder' | 'red', Page>;

beforeAll(async () => {
  town = await foundTown();
  const station = await town.startStation();
  page = await enrolStation(town, station);
  devtools = await page.context().newCDPSession(page);
  people = {
    green: await openCode(town, 'green'),
    elder: await openCode(town, 'elder'),
    red: await openCode(town, 'red'),
  };
});
afterAll(() => town?.leave());

beforeEach(async () => {
  await page.setViewportSize(SIZES.phone);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'no-preference' });
});

async function speak(language: 'zh' | 'en'): Promise<void> {
  await page.goto(`${town.origin}/settings`);
  await page.locator(`button[lang="${language}"]`).click();
}

/** Shows a code as a picture, so that the app need not start anew. */
async function show(code: Page): Promise<void> {
  const file = join(town.folder, 'code.png');
  writeFileSync(file, (await showCode(code)).png);
  await page.bringToFront();
  await page.setInputFiles('main.scan input[type="file"]', file);
}

async function openScanner(): Promise<void> {
  await page.goto(`${town.origin}/`);
  await page.locator('main.scan .frame').waitFor();
}

/** A verdict's buttons come to life after it was seen for a moment. */
async function seen(): Promise<void> {
  await page.locator('.verdict button:disabled').first().waitFor({ state: 'detached' });
}

/** Sends a verdict away as soon as it may be. */
async function next(): Promise<void> {
  await seen();
  await page.locator('main.verdict').press('Escape');
  await page.locator('[data-verdict]').waitFor({ state: 'detached' });
}

const PAGES = [
  '/no-code',
  '/settings',
  '/state',
  '/help',
  '/tour',
  '/enrol',
  '/shift',
  '/today',
  '/vehicle',
  '/fevers',
];

/** Comes to every screen, one after the other, and looks at each. */
async function everyScreen(look: (name: string) => Promise<void>): Promise<void> {
  for (const path of PAGES) {
    await page.goto(town.origin + path);
    await page.locator('main h1').first().waitFor();
    await look(path);
  }
  await openScanner();
  await look('scan');
  await show(people.green);
  await verdictOn(page, 'measure');
  await look('measure');
  const held = holdNextPass(page);
  await enterReading(page, '365');
  await held;
  await look('pass');
  await next();
  await show(people.elder);
  await verdictOn(page, 'measure');
  await look('guardian');
  await page.locator('main.measure > .quiet').click();
  await show(people.red);
  await verdictOn(page, 'stop');
  await seen();
  await look('stop');
  await next();
  const file = join(town.folder, 'menu.png');
  writeFileSync(file, toPng(drawScene({ text: 'https://example.com/menu' })));
  await page.setInputFiles('main.scan input[type="file"]', file);
  await verdictOn(page, 'unverified');
  await seen();
  await look('unverified');
  await next();
}

async function cutOffEverywhere(): Promise<string[]> {
  const found: string[] = [];
  await everyScreen(async (name) => {
    found.push(...(await cutOffTexts(page)).map((text) => `${name}: ${text}`));
  });
  return found;
}

describe.each(['zh', 'en'] as const)('in %s', (language) => {
  beforeAll(() => speak(language));

  test(
    'axe finds nothing on any screen, by night and by day, on a phone and on tablets',
    async () => {
      const found: string[] = [];
      await everyScreen(async (name) => {
        for (const [device, colorScheme] of LOOKS[language]) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(SIZES[device]);
          const here = `${name}, ${device}, ${colorScheme}`;
          found.push(...(await faults(page)).map((fault) => `${here}: ${fault}`));
        }
        await page.setViewportSize(SIZES.phone);
      });
      expect(found).toEqual([]);
    },
    MANY_SCREENS,
  );

  test(
    'text of twice the size, chosen in the browser, is not cut off anywhere',
    async () => {
      await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
      try {
        expect(await cutOffEverywhere()).toEqual([]);
        const { fontSize } = await page
          .locator('html')
          .evaluate((root) => ({ fontSize: getComputedStyle(root).fontSize }));
        expect(fontSize).toBe('32px');
      } finally {
        await devtools.send('Page.setFontSizes', { fontSizes: { standard: 16, fixed: 13 } });
      }
    },
    MANY_SCREENS,
  );

  test(
    'a page of twice the size cuts no text off anywhere',
    async () => {
      // What zooming in to 200 % does to a page on a phone of 360 by 640.
      await devtools.send('Emulation.setDeviceMetricsOverride', {
        width: 180,
        height: 320,
        deviceScaleFactor: 2,
        mobile: false,
      });
      try {
        expect(await cutOffEverywhere()).toEqual([]);
      } finally {
        await devtools.send('Emulation.clearDeviceMetricsOverride');
      }
    },
    MANY_SCREENS,
  );
});

describe('without a pointer', () => {
  beforeAll(() => speak('zh'));

  const focused = () =>
    page.evaluate(() => {
      const { activeElement: element } = document;
      return `${element?.tagName} ${element?.className}`;
    });

  test('a person is judged, and the focus is where the next thing happens', async () => {
    await openScanner();
    await show(people.green);
    await verdictOn(page, 'measure');
    await expect.poll(focused).toBe('MAIN measure');
    await page.keyboard.type('365', { delay: 150 });
    await verdictOn(page, 'pass');
    await expect.poll(focused).toBe('MAIN scan');

    await show(people.red);
    await verdictOn(page, 'stop');
    await expect.poll(focused).toMatch(/^MAIN verdict /);
    await seen();
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('MAIN scan');
  });

  test('every page is reached from the first line, and leads back', async () => {
    await openScanner();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('BUTTON header');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('MAIN settings state');
    for (const [name, main] of [
      ['设置', 'MAIN settings'],
      ['帮助', 'MAIN settings help'],
      ['30 秒练习', 'MAIN settings'],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).press('Enter');
      await expect.poll(focused).toBe(main);
      await page.goBack();
      await expect.poll(focused).toBe('MAIN settings state');
    }
    await page.getByRole('button', { name: '返回扫码' }).press('Enter');
    await expect.poll(focused).toBe('MAIN scan');
  });

  test('a screen reader hears the word at once, and the rest where the focus comes to', async () => {
    await openScanner();
    const region = page.locator('[aria-live="assertive"]');
    const before = await region.elementHandle();
    expect(await region.textContent()).toBe('');
    await show(people.red);
    await verdictOn(page, 'stop');
    expect(await before?.textContent()).toBe('止步');
    const main = page.getByRole('main', { name: /止步.*红码.*请原地等候/ });
    expect(await main.evaluate((element) => element === document.activeElement)).toBe(true);
    await next();
    expect(await before?.textContent()).toBe('');
  });
});

test('where less motion is wanted nothing moves, and a verdict looks the same by day and by night', async () => {
  await openScanner();
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    await page.emulateMedia({ reducedMotion });
    await show(people.red);
    await verdictOn(page, 'stop');
    const animationName = await page
      .locator('.verdict .shape')
      .evaluate((shape) => getComputedStyle(shape).animationName);
    expect(animationName).toBe(reducedMotion === 'reduce' ? 'none' : 'appear');
    if (reducedMotion === 'no-preference') await next();
  }
  const looks = async (selector: string) => {
    const found: string[] = [];
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      found.push(
        await page.locator(selector).evaluate((element) => {
          const { color, backgroundColor } = getComputedStyle(element);
          return `${color} on ${backgroundColor}`;
        }),
      );
    }
    return new Set(found).size;
  };
  expect(await looks('main.verdict')).toBe(1);
  expect(await looks('.header')).toBe(2);
});
