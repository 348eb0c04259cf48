import type { Shown } from './camera.ts';
import type { MovableTime } from './forward.ts';
import type { Kind, Person } from './people.ts';
import type { LanePost } from './post.ts';

/** By which a temperature comes in. */
export const INSTRUMENTS = ['keypad', 'bluetooth'] as const;
export type Instrument = (typeof INSTRUMENTS)[number];

/** What one person cost. */
export interface Served {
  readonly kind: Kind;
  readonly instrument: Instrument;
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

interface Manner {
  readonly instrument: Instrument;
  /** The time on the page's clock, epoch seconds; left out: that of everybody's. */
  readonly at?: number;
  /** Nobody looks: what is painted is not waited for, and the time of a verdict is skipped. */
  readonly hurried?: boolean;
}

/** One person: the code is held up, and staff do what the screen asks as soon as it does. */
export async function serve(
  { page, camera, thermometer }: Pick<LanePost, 'page' | 'camera'> & Partial<LanePost>,
  person: Person,
  { instrument, at = Date.now() / 1000, hurried = false }: Manner,
): Promise<Served> {
  const { kind, tenths } = person;
  const text = await person.text(at);
  const [answer] = await Promise.all([page.evaluate(answered, !hurried), camera.show(text)]);
  let taps = 0;
  let { time: machine, verdict } = answer;
  const act = async (what: Omit<Act, 'painted'>, done?: () => Promise<void>) => {
    if (what.selector) taps++;
    const [brought] = await Promise.all([
      page.evaluate(acted, { ...what, painted: !hurried }),
      done?.(),
    ]);
    machine += brought.time;
    if (brought.verdict) verdict = brought.verdict;
  };
  if (kind === 'printed') await act({ selector: '.choices .chosen', brings: 'screen' });
  if (tenths !== undefined && instrument === 'bluetooth' && thermometer) {
    await act({ brings: 'screen' }, () => thermometer.measure({ value: [tenths, -1] }));
  } else if (tenths !== undefined) {
    const keys = [...String(tenths)];
    for (const [i, text] of keys.entries()) {
      const brings = i < keys.length - 1 ? 'digit' : 'screen';
      await act({ selector: '.keypad button', text, brings });
    }
  }
  const stood = await page.evaluate(stoodFor, hurried);
  if (verdict !== 'pass') await act({ selector: LEAVE, brings: 'screen' });
  return { kind, instrument, verdict, taps, machine, answer: answer.time, stood };
}

const LEAVE = 'main.verdict .answers > button:last-child:enabled';

interface Act {
  /** What is tapped; left out: the thermometer speaks. */
  readonly selector?: string;
  /** Of several, the one that says so. */
  readonly text?: string;
  readonly brings: 'digit' | 'screen';
  /** Whether what it brings is waited for until it is painted. */
  readonly painted: boolean;
}

interface Brought {
  /** Milliseconds. */
  readonly time: number;
  /** Empty: the camera is back. */
  readonly verdict: string;
}

/** In the page: from the code's first frame to the answer; then the code is taken away. */
async function answered(painted: boolean): Promise<Brought> {
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
  if (painted) await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const time = performance.now() - since;
  (globalThis as unknown as Shown).kakouCamera.show(undefined, 0);
  return { time, verdict };
}

/** In the page: from a tap, or from what the thermometer says, to what it brings. */
async function acted({ selector, text, brings, painted }: Act): Promise<Brought> {
  const shown = () => {
    const main = document.querySelector('main:not([inert])');
    const reason = main?.querySelector('[data-verdict]')?.getAttribute('data-reason');
    return brings === 'digit'
      ? main?.querySelector('.digits')?.textContent
      : `${main?.className} ${reason}`;
  };
  const before = shown();
  const changed = new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (shown() === before) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  let since: number;
  if (selector === undefined) {
    const { heard } = window as unknown as { heard: BluetoothRemoteGATTCharacteristic };
    // Before the app, which listens too.
    const first = { once: true, capture: true };
    await new Promise((said) => heard.addEventListener('characteristicvaluechanged', said, first));
    since = performance.now();
  } else {
    const found = [...document.querySelectorAll<HTMLElement>(selector)];
    const button = found.find((one) => text === undefined || one.textContent === text);
    if (!button) throw new Error(`nothing to tap: ${selector} ${text}`);
    since = performance.now();
    button.click();
  }
  await changed;
  const verdict = document.querySelector<HTMLElement>('[data-verdict]')?.dataset['verdict'] ?? '';
  if (painted) await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return { time: performance.now() - since, verdict };
}

/** In the page: milliseconds until a verdict has gone, or may be sent away. */
async function stoodFor(hurried: boolean): Promise<number> {
  const since = performance.now();
  const isOver = () =>
    !document.querySelector('[data-verdict]') ||
    document.querySelector(
      'main.verdict:not(.verdict-pass) .answers > button:last-child:enabled',
    ) !== null;
  while (hurried && !isOver()) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    (globalThis as unknown as MovableTime).kakouTime.forward(1000);
  }
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
