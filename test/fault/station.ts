import { join } from 'node:path';
import type { Page } from 'playwright';
import { type RealBrowser, startBrowser } from '../support/browser.ts';
import type { Person, Site } from './site.ts';

/** Somebody who was brought before the station, and whether a verdict was seen on its screen. */
export interface Attempt {
  readonly sub: string;
  /** Epoch milliseconds. */
  readonly from: number;
  until: number;
  shown: boolean;
}

/** A station whose browser can be killed at any moment, and a witness to what it shows. */
export interface Station {
  /** In the order in which they came. */
  readonly attempts: readonly Attempt[];
  /** How often it changed over to a newer version of the app. */
  readonly updates: number;
  /** Brings people before it, one after the other, until `over`; or until it dies. */
  work(over: () => boolean): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Changes over to the newer version of the app, as soon as there is one. */
  update(): Promise<void>;
  /** Resolves when the header says that nothing waits. */
  delivered(): Promise<void>;
  close(): Promise<void>;
}

export async function openStation(site: Site): Promise<Station> {
  const { origin, enrolmentLink, folder, people } = site;
  const attempts: Attempt[] = [];
  let updates = 0;
  let { browser, page } = await open(enrolmentLink);
  await page.locator('[data-enrolled]').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  await page.goto(origin);

  async function open(address: string): Promise<{ browser: RealBrowser; page: Page }> {
    const opened = await startBrowser({ profile: join(folder, 'station') });
    const [first] = opened.context.pages();
    const shown = first ?? (await opened.context.newPage());
    await shown.goto(address);
    return { browser: opened, page: shown };
  }

  async function bring({ sub, text }: Person): Promise<void> {
    await page.locator('main.scan').waitFor();
    const attempt: Attempt = {
      sub,
      from: Date.now(),
      until: Number.POSITIVE_INFINITY,
      shown: false,
    };
    attempts.push(attempt);
    await page.keyboard.type(`${text}\n`);
    await page.locator('[data-verdict="stop"]').waitFor();
    attempt.shown = true;
    attempt.until = Date.now();
    await page.locator('.verdict .shaded:enabled').last().click();
  }

  return {
    attempts,
    get updates() {
      return updates;
    },
    async work(over) {
      while (!over()) {
        const person = people[attempts.length % people.length];
        if (person) await bring(person);
      }
    },
    async kill() {
      await browser.kill();
      const last = attempts.at(-1);
      if (last && !last.shown) last.until = Date.now();
    },
    async start() {
      ({ browser, page } = await open(origin));
    },
    async update() {
      site.network.release();
      await page.goto(`${origin}/settings`);
      await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        await registration?.update();
      });
      await page.getByRole('button', { name: '更新' }).click();
      await page.waitForEvent('load');
      updates++;
      await page.goto(origin);
    },
    async delivered() {
      await page.locator('[data-waiting="0"]').waitFor({ timeout: 240_000 });
    },
    close: () => browser.close(),
  };
}
