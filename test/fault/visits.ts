import type { Page } from 'playwright';
import { enterReading } from '../e2e/town.ts';
import type { Person, Site } from './site.ts';

/**
 * - `stop`: a red code
 * - `pass`: a green one, compared with its guardian and measured
 * - `fever`: the same, and too warm
 * - `first`: as at a temperature station, a fever first, and then a red code
 * - `alone`: the same, and then no code
 * - `tab`: a red code, in a second tab of the browser
 */
export type Visit = keyof typeof VISITS;
const VISITS = {
  stop: { crowd: 'red', digits: '' },
  pass: { crowd: 'green', digits: '365' },
  fever: { crowd: 'fevered', digits: '381' },
  first: { crowd: 'red', digits: '379' },
  alone: { crowd: undefined, digits: '384' },
  tab: { crowd: 'red', digits: '' },
} as const;
/** One after the other, for ever. */
const ORDER = 'stop pass first stop tab pass fever stop alone'.split(' ') as Visit[];

/** Somebody who is brought before the station, and what was seen of it on its screen. */
export interface Attempt {
  readonly visit: Visit;
  /** Undefined: they have no code. */
  readonly person: Person | undefined;
  /** Epoch milliseconds. */
  readonly from: number;
  until: number;
  /** What was measured, tenths of a degree. */
  tenths: number | null;
  /** Of the verdict that was shown; `warned`: with the words that its record is not kept. */
  reason: string | undefined;
  warned: boolean;
}

/** Who comes as the `n`th. */
export function visitor(n: number, people: Site['people']): Attempt {
  const visit = ORDER[n % ORDER.length] ?? 'stop';
  const { crowd } = VISITS[visit];
  const person = crowd && people[crowd][n % people[crowd].length];
  const times = { from: Date.now(), until: Number.POSITIVE_INFINITY };
  return { visit, person, ...times, tenths: null, reason: undefined, warned: false };
}

/** Brings them before the station, and notes what is seen. Resolves when they have gone. */
export async function bring(page: Page, attempt: Attempt): Promise<void> {
  const { visit, person } = attempt;
  const { digits } = VISITS[visit];
  const measure = () => {
    attempt.tenths = Number(digits);
    return enterReading(page, digits);
  };
  await page.locator('main.scan').waitFor();
  const seen = page.waitForFunction(verdictInPage);
  // Awaited below, if the page lives as long.
  seen.catch(() => {});
  if (visit === 'first' || visit === 'alone') {
    await page.getByRole('button', { name: '先测温' }).click();
    await measure();
    await page.locator('.first-reading').waitFor();
  }
  if (person) await page.keyboard.type(`${person.text}\n`);
  else await page.getByRole('button', { name: '没有码，只记体温' }).click();
  if (visit === 'pass' || visit === 'fever') {
    const asked = page.locator('main.measure, main.verdict');
    await asked.waitFor();
    // Who had a fever before is stopped at once.
    if ((await page.locator('main.measure').count()) > 0) {
      await page.getByRole('button', { name: '核对无误' }).click();
      await measure();
    }
  }
  const said = await (await seen).jsonValue();
  if (!said) throw new Error('a verdict without a reason');
  attempt.reason = said.reason;
  attempt.warned = said.warned;
  if (said.verdict !== 'pass') await page.locator('.verdict .shaded:enabled').last().click();
  await page.locator('main.verdict').waitFor({ state: 'detached' });
  attempt.until = Date.now();
}

/** Looked for in every frame: a pass is gone before a slower look comes by. */
function verdictInPage() {
  const shown = document.querySelector<HTMLElement>('main.verdict [data-verdict]');
  const { verdict, reason } = shown?.dataset ?? {};
  return reason && { verdict, reason, warned: document.querySelector('.not-kept') !== null };
}
