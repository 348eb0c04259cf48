import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright';
import { afterAll, expect } from 'vitest';
import { cutOffTexts } from '../support/legible.ts';
import { lighten } from '../support/lighten.ts';

/** `SCREENS=docs/screens` keeps the pictures: look at them after any change to a screen. */
const KEEP = process.env['SCREENS'];
/** Where every screen is looked at, axe looks at each size, else at the first alone. */
const IS_THOROUGH = process.env['ALL_E2E'] !== undefined;

export const SIZES = {
  phone: { width: 360, height: 640 },
  'tablet on its side': { width: 1024, height: 768 },
  'tablet upright': { width: 768, height: 1024 },
} as const;

/** How a screen is seen: what its picture is called, on what, and by day or by night. */
const LOOKS = [
  ['', 'phone', 'dark'],
  ['-tablet', 'tablet on its side', 'light'],
  ['-upright', 'tablet upright', 'dark'],
] as const;
/** A tablet upright shows what a phone does, with more room: pictures of these say it all. */
const UPRIGHT = /^(scan|measure|stop|vehicle-strip|wall)-/;

const LANGUAGES = ['en', 'zh'] as const;
/** Which languages each screen was looked at in. */
const seen = new Map<string, Set<string>>();

// A screen in one language alone is half of it.
afterAll(() => {
  const half = [...seen].filter(([, languages]) => languages.size < LANGUAGES.length);
  expect(half.map(([screen]) => screen)).toEqual([]);
});

/**
 * A screen on a phone and on tablets: nothing is cut off, and axe finds nothing.
 *
 * @param name of the screen and its language, such as `scan-zh`.
 * @param upright whether tablets are held that way too: posts' are.
 */
export async function look(
  page: Page,
  name: `${string}-${(typeof LANGUAGES)[number]}`,
  { fullPage = false, upright = true } = {},
): Promise<void> {
  const [screen, language] = [name.slice(0, -3), name.slice(-2)];
  seen.set(screen, (seen.get(screen) ?? new Set()).add(language));
  // A verdict's buttons come to life after it was seen for a moment.
  await page.locator('.verdict button:disabled').first().waitFor({ state: 'detached' });
  for (const [suffix, size, colorScheme] of LOOKS) {
    if (size === 'tablet upright' && !upright) continue;
    await page.setViewportSize(SIZES[size]);
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate(cutOffTexts), name + suffix).toEqual([]);
    if (IS_THOROUGH || suffix === '') expect(await faults(page), name + suffix).toEqual([]);
    if (suffix !== '-upright' || UPRIGHT.test(name)) {
      await keepPicture(page, name + suffix, fullPage);
    }
  }
  await page.setViewportSize(SIZES.phone);
  await page.emulateMedia({ colorScheme: 'dark' });
}

/** What axe finds, as "rule: element". */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: engine } = window as unknown as { axe: typeof axe };
    const { violations } = await engine.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

async function keepPicture(page: Page, name: string, fullPage: boolean): Promise<void> {
  if (!KEEP) return;
  mkdirSync(KEEP, { recursive: true });
  writeFileSync(join(KEEP, `${name}.png`), lighten(await page.screenshot({ fullPage })));
}
