import type { Kind, Person } from './people.ts';
import type { LanePost } from './post.ts';

/** What one person cost. */
export interface Served {
  readonly kind: Kind;
  /** The verdict that they left with. */
  readonly verdict: string;
  readonly taps: number;
  /** Milliseconds in which hands and eyes waited for the machine, up to what is painted. */
  readonly machine: number;
  /** Of these, from the code before the camera to the first answer. */
  readonly answer: number;
  /** Milliseconds for which the verdict stood before anything could go on, as it is meant to. */
  readonly stood: number;
}

/** One person: the code is held up, and staff do what the screen asks as soon as it does. */
export async function serve(
  { page, camera }: Pick<LanePost, 'page' | 'camera'>,
  person: Person,
): Promise<Served> {
  const text = await person.text();
  const answering = page.evaluate(answered);
  await camera.show(text);
  const answer = await answering;
  await camera.show();
  let taps = 0;
  let { time: machine, verdict } = answer;
  const tap = async (what: Tap) => {
    taps++;
    const brought = await page.evaluate(tapped, what);
    machine += brought.time;
    if (brought.verdict) verdict = brought.verdict;
  };
  if (person.kind === 'printed') await tap({ selector: '.choices .chosen', brings: 'screen' });
  const digits = [...(person.digits ?? '')];
  for (const [i, key] of digits.entries()) {
    const brings = i < digits.length - 1 ? 'digit' : 'screen';
    await tap({ selector: '.keypad button', text: key, brings });
  }
  const stood = await page.evaluate(stoodFor);
  if (verdict !== 'pass') await tap({ selector: LEAVE, brings: 'screen' });
  return { kind: person.kind, verdict, taps, machine, answer: answer.time, stood };
}

const LEAVE = 'main.verdict .answers > button:last-child:enabled';

interface Tap {
  readonly selector: string;
  /** Of several, the one that says so. */
  readonly text?: string;
  readonly brings: 'digit' | 'screen';
}

interface Brought {
  /** Milliseconds, to the paint. */
  readonly time: number;
  /** Empty: the camera is back. */
  readonly verdict: string;
}

/** In the page: from the code's first frame to the painted answer. */
async function answered(): Promise<Brought> {
  const since = await new Promise<number>((resolve) => {
    addEventListener('kakou-shown', () => resolve(performance.now()), { once: true });
  });
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[data-verdict]')) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
  const verdict = document.querySelector<HTMLElement>('[data-verdict]')?.dataset['verdict'] ?? '';
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return { time: performance.now() - since, verdict };
}

/** In the page: from a tap to the paint of what it brings. */
async function tapped({ selector, text, brings }: Tap): Promise<Brought> {
  const shown = () => {
    const main = document.querySelector('main:not([inert])');
    const reason = main?.querySelector('[data-verdict]')?.getAttribute('data-reason');
    return brings === 'digit'
      ? main?.querySelector('.digits')?.textContent
      : `${main?.className} ${reason}`;
  };
  const before = shown();
  const found = [...document.querySelectorAll<HTMLElement>(selector)];
  const button = found.find((one) => text === undefined || one.textContent === text);
  if (!button) throw new Error(`nothing to tap: ${selector} ${text}`);
  const since = performance.now();
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (shown() === before) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    button.click();
  });
  const verdict = document.querySelector<HTMLElement>('[data-verdict]')?.dataset['verdict'] ?? '';
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return { time: performance.now() - since, verdict };
}

/** In the page: milliseconds until a verdict has gone, or may be sent away. */
async function stoodFor(): Promise<number> {
  const since = performance.now();
  const isOver = () =>
    !document.querySelector('[data-verdict]') ||
    document.querySelector(
      'main.verdict:not(.verdict-pass) .answers > button:last-child:enabled',
    ) !== null;
  await new Promise<void>((resolve) => {
    if (isOver()) return resolve();
    const observer = new MutationObserver(() => {
      if (!isOver()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
  });
  return performance.now() - since;
}
