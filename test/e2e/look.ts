import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { cutOffTexts } from './legible.ts';

/** `SCREENS=docs/screens` keeps the pictures: look at them after any change to a screen. */
const KEEP = process.env['SCREENS'];

/** Name of the file, size, and by day or by night. */
const LOOKS = [
  ['', { width: 360, height: 640 }, 'dark'],
  ['-tablet', { width: 1024, height: 768 }, 'light'],
] as const;

/** A screen on a phone and on a tablet: nothing is cut off, and axe finds nothing. */
export async function look(page: Page, name: string): Promise<void> {
  if (KEEP) mkdirSync(KEEP, { recursive: true });
  await page.evaluate(axe.source);
  for (const [suffix, size, colorScheme] of LOOKS) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    expect(await cutOffTexts(page), name + suffix).toEqual([]);
    expect(await violations(page), name + suffix).toEqual([]);
    if (KEEP) await page.screenshot({ path: join(KEEP, `${name}${suffix}.png`) });
  }
  await page.setViewportSize(LOOKS[0][1]);
}

/** What axe finds, as "rule: element". */
function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe: engine } = window as unknown as { axe: typeof axe };
    const { violations } = await engine.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}
