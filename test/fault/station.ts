import { join } from 'node:path';
import type { Page } from 'playwright';
import { type RealBrowser, startBrowser } from '../support/browser.ts';
import type { Site } from './site.ts';
import { type Attempt, bring, visitor } from './visits.ts';

/** A station whose browser can be killed at any moment, and a witness to what it shows. */
export interface Station {
  /** In the order in which they came. */
  readonly attempts: readonly Attempt[];
  /** How often it changed over to a newer version of the app. */
  readonly updates: number;
  /** Brings people before it, one after the other, until `over`; or until it dies. */
  work(over: () => boolean): Promise<void>;
  kill(): Promise<void>;
  /** Resolves when it is ready for the next person: enrolled, as it was. */
  start(): Promise<void>;
  /** Resolves when it would start without a network. */
  install(): Promise<void>;
  /** Changes over to the newer version of the app, as soon as there is one. */
  update(): Promise<void>;
  /** Resolves when the header says that nothing waits. */
  delivered(): Promise<void>;
  close(): Promise<void>;
}

/** Whatever else the machine has to do, milliseconds. */
const PATIENCE = 120_000;

/** @param folder where the browser keeps what it keeps. */
export async function openStation(site: Site, folder = site.folder): Promise<Station> {
  const { origin, enrolmentLink, people } = site;
  const attempts: Attempt[] = [];
  let updates = 0;
  let { browser, page } = await open(enrolmentLink);
  await page.locator('[data-enrolled]').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  // There readings come before codes too; all else is as at a checkpoint.
  await page.goto(`${origin}/settings`);
  await page.locator('[data-role="temperature"]').click();
  await page.locator('[data-role="temperature"][aria-pressed="true"]').waitFor();
  await page.goto(origin);

  async function open(address: string): Promise<{ browser: RealBrowser; page: Page }> {
    const opened = await startBrowser({ profile: join(folder, 'station') });
    opened.context.setDefaultTimeout(PATIENCE);
    const [first] = opened.context.pages();
    const shown = first ?? (await opened.context.newPage());
    await shown.goto(address);
    return { browser: opened, page: shown };
  }

  async function bringToTab(attempt: Attempt): Promise<void> {
    const tab = await browser.context.newPage();
    await tab.goto(origin);
    await bring(tab, attempt);
    await tab.close();
  }

  return {
    attempts,
    get updates() {
      return updates;
    },
    async work(over) {
      while (!over()) {
        const attempt = visitor(attempts.length, people);
        attempts.push(attempt);
        await (attempt.visit === 'tab' ? bringToTab(attempt) : bring(page, attempt));
      }
    },
    async kill() {
      await browser.kill();
      const last = attempts.at(-1);
      if (last) last.until = Math.min(last.until, Date.now());
    },
    async start() {
      ({ browser, page } = await open(origin));
      await page.locator('main.scan').waitFor();
    },
    async install() {
      const registered = () =>
        page.evaluate(() =>
          navigator.serviceWorker.register('/sw.js').then(
            () => true,
            () => false,
          ),
        );
      while (!(await registered())) await page.goto(origin);
      await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
    },
    async update() {
      site.network.release();
      await page.goto(`${origin}/settings`);
      await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        await registration?.update();
      });
      await page.getByRole('button', { name: '有新版本' }).click();
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
