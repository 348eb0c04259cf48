import axe from 'axe-core';
import { options } from 'preact';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cdp, page } from 'vitest/browser';
import { REASONS, type Reason, type VerdictKind } from '../../src/core/verdict/reasons.ts';
import { words } from '../../src/scanner/i18n/index.ts';
import { lazyWords } from '../../src/scanner/i18n/lazy/index.ts';
import { faintTexts } from '../support/contrast.ts';
import { cutOffTexts, outOfReach } from '../support/legible.ts';
import { speak } from './open-app.tsx';
import { openStage, SAYINGS, SCREENS, type Screen } from './screens.tsx';

type Stage = Awaited<ReturnType<typeof openStage>>;

/** Milliseconds for a look at all of them, on a machine with other work too. */
const PATIENCE = 180_000;
/** What a page of twice the size is on a phone of 360 by 640, and text of twice the size. */
const SIZES = [
  ['a phone, zoomed in', 180, 320, 16],
  ['a phone', 360, 640, 32],
  ['a tablet on its side', 1024, 768, 32],
  ['a tablet upright', 768, 1024, 32],
] as const;

const ONE_OF = {
  ...{ pass: 'green', stop: 'red', measure: 'needs-reading', unverified: 'damaged' },
} as const satisfies Record<VerdictKind, Reason>;

/** All components that were drawn by any of the screens. */
const drawn = new Set<unknown>();
const { vnode: before } = options;
options.vnode = (vnode) => {
  drawn.add(vnode.type);
  before?.(vnode);
};

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  stage.close();
  await setText(16);
  await emulate({});
});

/** The size of text that somebody chose in the browser, CSS pixels. */
async function setText(standard: number): Promise<void> {
  await cdp().send('Page.setFontSizes', { fontSizes: { standard, fixed: standard * 0.8125 } });
}

async function emulate(wishes: Readonly<Record<string, string>>): Promise<void> {
  const features = Object.entries(wishes).map(([name, value]) => ({ name, value }));
  await cdp().send('Emulation.setEmulatedMedia', { features });
}

/** Shows one screen after the other. @returns what is wrong with any, by its name. */
async function faultsOf(
  screens: Readonly<Record<string, Screen>>,
  look: () => string[] | Promise<string[]>,
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, screen] of Object.entries(screens)) {
    await stage.show(screen).catch((fault) => found.push(`${name}: ${fault}`));
    found.push(...(await look()).map((fault) => `${name}: ${fault}`));
  }
  return found;
}

function saying(reason: Reason): Screen {
  const screen = SAYINGS[`${REASONS[reason]}: ${reason}`];
  if (!screen) throw new Error(`nobody says ${reason}`);
  return screen;
}

/** One of its kind, whatever it says. */
const bare = (kind: VerdictKind) => saying(ONE_OF[kind]);

function get(selector: string): Element {
  const found = document.querySelector(selector);
  if (!found) throw new Error(`${selector} is not shown`);
  return found;
}

const inOrder = (...parts: readonly string[]) =>
  new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'), 's');

const isWhole = () => [...cutOffTexts(), ...outOfReach()];

/** By night in one language, by day in the other: what a screen is made of is the same. */
describe.each([
  ['zh', 'dark'],
  ['en', 'light'],
] as const)('in %s', (language, scheme) => {
  beforeAll(() => speak(language));

  test.each(SIZES)(
    '$0: nothing of 200 % is cut off, and all of it can be reached',
    async (_, width, height, text) => {
      await page.viewport(width, height);
      await setText(text);
      const { fontSize } = getComputedStyle(document.documentElement);
      expect(Number.parseFloat(fontSize)).toBeGreaterThanOrEqual(text);
      expect(await faultsOf(SCREENS, isWhole)).toEqual([]);
    },
    PATIENCE,
  );

  test(
    'with 200 %, no reason and no notice is cut off on a phone',
    async () => {
      await page.viewport(360, 640);
      await setText(32);
      expect(await faultsOf(SAYINGS, isWhole)).toEqual([]);
    },
    PATIENCE,
  );

  test(
    `where it is ${scheme} axe finds nothing, nothing moves, and verdicts read at 7:1`,
    async () => {
      await page.viewport(360, 640);
      await setText(16);
      await emulate({ 'prefers-color-scheme': scheme, 'prefers-reduced-motion': 'reduce' });
      const verdict = 'main:is(.verdict, .measure):not([inert]), .first-reading';
      const look = async () => {
        const { violations } = await axe.run();
        return [
          ...isWhole(),
          ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
          ...document.getAnimations().map(() => 'it moves'),
          ...[...document.querySelectorAll(verdict)].flatMap((one) => faintTexts(one, 7)),
        ];
      };
      expect(await faultsOf(SCREENS, look)).toEqual([]);
    },
    PATIENCE,
  );
});

describe('what a screen reader hears', () => {
  const reasons = Object.keys(REASONS) as Reason[];

  test.each(['zh', 'en'] as const)(
    'of every verdict is the word at once, and the rest where the focus comes to (%s)',
    async (language) => {
      await speak(language);
      await setText(16);
      await stage.show(bare('measure'));
      const said = stage.place.querySelector('[aria-live="assertive"]');
      const heard: string[] = [];
      let last = said?.textContent;
      const listener = new MutationObserver(() => {
        if (said?.textContent === last) return;
        last = said?.textContent;
        heard.push(last ?? '');
      });
      listener.observe(stage.place, { childList: true, subtree: true, characterData: true });
      for (const reason of reasons) {
        await stage.show(saying(reason));
        const { why, next } = lazyWords.value.reason[reason];
        const word = words.value.verdict[REASONS[reason]];
        // A region that was there, and was empty in between.
        expect(stage.place.contains(said)).toBe(true);
        expect(heard.splice(0)).toEqual(['', word]);
        const main = page.getByRole('main', { name: inOrder(word, why, next) });
        await vi.waitFor(() => expect(document.activeElement).toBe(main.element()));
        expect(main.getByRole('status').first().element().textContent).toContain(why);
        expect(main.getByRole('heading', { level: 1 }).element().textContent).toBe(word);
      }
      listener.disconnect();
    },
    PATIENCE,
  );
});

describe('a verdict', () => {
  const KINDS = ['pass', 'stop', 'unverified'] as const;

  test.each(KINDS)(
    'of %s looks the same by day and by night; all around it does not',
    async (kind) => {
      await stage.show(bare(kind));
      const looks = new Set<string>();
      const grounds = new Set<string>();
      for (const scheme of ['dark', 'light']) {
        await emulate({ 'prefers-color-scheme': scheme });
        const { color, background } = getComputedStyle(get(`.verdict-${kind}`));
        looks.add(`${color} on ${background}`);
        grounds.add(getComputedStyle(document.documentElement).backgroundColor);
      }
      expect(looks.size).toBe(1);
      expect(grounds.size).toBe(2);
    },
  );

  test.each(KINDS)('of %s moves when it appears, unless less motion is wanted', async (kind) => {
    const motion = () => getComputedStyle(get('.verdict .shape')).animationName;
    await stage.show(bare(kind));
    await emulate({ 'prefers-reduced-motion': 'no-preference' });
    expect(motion()).toBe('appear');
    await emulate({ 'prefers-reduced-motion': 'reduce' });
    expect(motion()).toBe('none');
  });
});

test('every page and component that there is has been on one of the screens', () => {
  const files = import.meta.glob<Record<string, unknown>>(
    '../../src/scanner/{pages,components}/*.tsx',
    { eager: true },
  );
  /** It stands in for a page that is on its way, and draws nothing. */
  const isInvisible = (name: string) => name === 'TypedAhead';
  const unseen = Object.entries(files).flatMap(([file, exported]) =>
    Object.entries(exported)
      .filter(
        ([name, one]) =>
          /^[A-Z]/.test(name) && typeof one === 'function' && !drawn.has(one) && !isInvisible(name),
      )
      .map(([name]) => `${name} of ${file}`),
  );
  expect(unseen).toEqual([]);
});
