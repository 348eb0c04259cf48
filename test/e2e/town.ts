import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import * as v from 'valibot';
import type { BadgeRole } from '../../src/core/badge.ts';
import { HqIssuedBadge } from '../../src/core/protocol/headquarters.ts';
import { freePort, type RunningAuthority, startAuthority } from '../support/authority.ts';
import { type BrowserOptions, type RealBrowser, startBrowser } from '../support/browser.ts';
import { layWire, type Wire } from '../support/wire.ts';
import { writeClip, writeClipFromPng } from '../support/y4m.ts';

/** An authority, a cable to it, a resident's phone and a station's device. */
export interface Town {
  readonly authority: RunningAuthority;
  readonly wire: Wire;
  readonly origin: string;
  /** For profiles and files of one test; gone when the town is left. */
  readonly folder: string;
  readonly phone: RealBrowser;
  startStation(options?: Partial<BrowserOptions>): Promise<RealBrowser>;
  /** Holds a picture, or a QR with this text, or nothing, before the station's camera. */
  hold(shown?: Uint8Array | string): Promise<void>;
  leave(): Promise<void>;
}

export async function foundTown(): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-town-'));
  const port = await freePort();
  const wire = await layWire({ port });
  const [authority, phone] = await Promise.all([
    startAuthority(port, wire.port),
    startBrowser({ profile: join(folder, 'phone') }),
  ]);
  const camera = join(folder, 'camera.y4m');
  const stations = new Set<RealBrowser>();
  await writeClip(camera, {});
  return {
    authority,
    wire,
    origin: `http://localhost:${wire.port}`,
    folder,
    phone,
    async startStation(options = {}) {
      const station = await startBrowser({ profile: join(folder, 'station'), camera, ...options });
      stations.add(station);
      return station;
    },
    hold: (shown) =>
      shown instanceof Uint8Array
        ? writeClipFromPng(camera, shown)
        : writeClip(camera, { text: shown }),
    async leave() {
      const browsers = [phone, ...stations].map((browser) => browser.close().catch(() => {}));
      await Promise.all([authority.stop(), ...browsers]);
      await wire.cut();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens the code of one of the demo town's people on the phone. */
export async function openCode(town: Town, scenario: string): Promise<Page> {
  const page = await town.phone.context.newPage();
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(`${town.origin}/resident/`);
  await page.click(`[data-scenario="${scenario}"]`);
  await page.waitForSelector('[data-qr-text]');
  return page;
}

/** What the phone shows now: the picture of its QR, and the text in it. */
export async function showCode(page: Page): Promise<{ png: Uint8Array; text: string }> {
  await page.bringToFront();
  const qr = page.locator('[data-qr-text]');
  const text = (await qr.getAttribute('data-qr-text')) ?? '';
  return { png: await qr.screenshot(), text };
}

/** Enrols the station's device and waits until it would start without a network. */
export async function enrolStation(
  town: Town,
  station: RealBrowser,
  link = town.authority.enrolmentLink,
): Promise<Page> {
  const page = pageOf(station);
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(link);
  await page.locator('[data-enrolled]').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  return page;
}

export function pageOf(browser: RealBrowser): Page {
  const [page] = browser.context.pages();
  if (!page) throw new Error('the browser has no page');
  return page;
}

/** The verdict on the screen, once there is one of this kind. */
export async function verdictOn(
  page: Page,
  kind: 'pass' | 'stop' | 'measure' | 'unverified',
): Promise<string | null> {
  // Looked for in every frame: a pass is gone before a slower look comes by.
  const reason = await page.waitForFunction(
    (wanted) => document.querySelector(`[data-verdict="${wanted}"]`)?.getAttribute('data-reason'),
    kind,
    { timeout: 20_000 },
  );
  return (await reason.jsonValue()) ?? null;
}

export async function enterReading(page: Page, digits: string): Promise<void> {
  for (const digit of digits) {
    await page.locator('.keypad').getByRole('button', { name: digit, exact: true }).click();
  }
}

/** Another screen of the page that is open, as a button of its own would show it. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

/** Lets the next person come before the camera of a page that stays open, or nobody. */
export async function comeBefore(town: Town, page: Page, phone?: Page): Promise<void> {
  await goTo(page, '/help');
  await town.hold(phone && (await showCode(phone)).png);
  await page.bringToFront();
  await goTo(page, '/');
  await page.locator('main.scan .frame').waitFor();
}

/** A badge of headquarters, to be shown within so many days. */
export async function issueBadge(
  { authority }: Town,
  name: string,
  role: BadgeRole,
  days = 90,
): Promise<HqIssuedBadge> {
  return v.parse(HqIssuedBadge, await authority.post('/hq/badges', { name, role, days }));
}

/** Keeps a finger on the pass that comes next, however slow the machine is just now. */
export function holdNextPass(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          const pass = document.querySelector('.verdict-pass');
          if (!pass?.querySelector('button')) {
            pass?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
            return;
          }
          clearInterval(timer);
          resolve();
        }, 50);
      }),
  );
}
