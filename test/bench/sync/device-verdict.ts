import { goTo } from '../../e2e/town.ts';
import type { DeviceTown } from './device-town.ts';

/** Milliseconds, each the median and the 95th percentile. */
export interface VerdictDelay {
  readonly slowdown: number;
  /** From the decision (sealing begins) to the verdict in the page: what the record adds. */
  readonly added: Spread;
  /** The same until that is painted: up to a frame of the screen later. */
  readonly painted: Spread;
  /** From the last digit of the reading to the verdict in the page. */
  readonly whole: Spread;
  /** A bare strict write of one row as long as a record, at the same time: the floor. */
  readonly bare: Spread;
}
type Spread = { readonly median: number; readonly p95: number };

const ROUNDS = 30;
/** What a page does the first few times is not what a record costs all day. */
const WARM_UP = 5;

/** What sealing a record and writing it strictly adds, before the person sees the verdict. */
export async function benchVerdictDelay(town: DeviceTown, slowdown: number): Promise<VerdictDelay> {
  const { page, origin } = town;
  const session = await town.session();
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const rounds: Delay[] = [];
  await page.goto(origin);
  await page.locator('main.scan .frame').waitFor();
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    await goTo(page, '/no-code');
    await page.locator('[data-group=certificate]').click();
    await page.locator('main.no-code input').fill(`bench-${slowdown}-${WARM_UP + round}`);
    await page.locator('main.no-code button.primary').click();
    await page.locator('.keypad').waitFor();
    // Between scan and reading, people's hands take longer than a camera to open.
    await page.locator('.viewfinder .frame').waitFor({ state: 'attached' });
    const delay = await page.evaluate(measure);
    if (round >= 0) rounds.push(delay);
    await page.locator('.verdict [data-verdict]').waitFor({ state: 'detached' });
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const spread = (name: keyof Delay) => {
    const sorted = rounds.map((one) => one[name]).sort((a, b) => a - b);
    const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
    return { median: at(0.5), p95: at(0.95) };
  };
  return {
    slowdown,
    added: spread('added'),
    painted: spread('painted'),
    whole: spread('whole'),
    bare: spread('bare'),
  };
}

type Delay = Record<'added' | 'painted' | 'whole' | 'bare', number>;

/** In the page: two digits, and then the times from the third to the verdict. */
async function measure(): Promise<Delay> {
  const press = (digit: string) => {
    const keys = [...document.querySelectorAll<HTMLElement>('.keypad button')];
    keys.find((key) => key.textContent === digit)?.click();
    return new Promise((resolve) => requestAnimationFrame(resolve));
  };
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  const opening = indexedDB.open('bench');
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
  const db = await done(opening);
  const row = 'x'.repeat(900);
  const wrote = performance.now();
  const tx = db.transaction('rows', 'readwrite', { durability: 'strict' });
  tx.objectStore('rows').put(row, 1);
  await new Promise((resolve) => {
    tx.oncomplete = resolve;
  });
  const bare = performance.now() - wrote;
  db.close();

  await press('3');
  await press('6');
  let decided = Number.NaN;
  const { generateKey } = SubtleCrypto.prototype;
  // The ephemeral key of the seal: the first thing that is made once a verdict is decided.
  SubtleCrypto.prototype.generateKey = function (this: SubtleCrypto, ...given: unknown[]) {
    decided = performance.now();
    SubtleCrypto.prototype.generateKey = generateKey;
    return Reflect.apply(generateKey, this, given);
  };
  const shown = new Promise<number>((resolve) => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('.verdict [data-verdict]')) return;
      observer.disconnect();
      resolve(performance.now());
    }).observe(document.body, { childList: true, subtree: true });
  });
  const pressed = performance.now();
  void press('5');
  const seen = await shown;
  // A message that is sent while a frame is made comes after its paint.
  await new Promise(requestAnimationFrame);
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
  const painted = performance.now() - decided;
  return { added: seen - decided, painted, whole: seen - pressed, bare };
}
