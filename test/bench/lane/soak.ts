import { queueOf } from './people.ts';
import type { LanePost } from './post.ts';
import { serve } from './serve.ts';

/** What the page holds, after everything that can be collected was. */
export interface Holdings {
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly timers: number;
  readonly objectUrls: number;
  /** Rows in IndexedDB, and bytes of storage as the browser counts them. */
  readonly rows: number;
  readonly storage: number;
}

export interface Soak {
  readonly hours: number;
  readonly people: number;
  readonly before: Holdings;
  readonly after: Holdings;
}

/** Timers of more than ten seconds, and those of a verdict, run this much faster than they say. */
const SPEED = 120;
const HOURS = Number(process.env['LANE_HOURS'] ?? 8);
const WARM_UP = 60;

/** A day at the post: the page's timers run fast, and people come as fast as they are judged. */
export async function soak(post: LanePost): Promise<Soak> {
  const { page } = post;
  await page.addInitScript(hurry, SPEED);
  await post.open();
  const queue = queueOf(10_000).values();
  const next = async () => serve(post, await post.invite(queue.next().value ?? 'green'));
  for (let i = 0; i < WARM_UP; i++) await next();
  const before = await holdings(post);
  const end = performance.now() + (HOURS * 3_600_000) / SPEED;
  let people = 0;
  for (; performance.now() < end; people++) await next();
  const after = await holdings(post);
  return { hours: HOURS, people, before, after };
}

/** With nothing under way: all records are delivered, nobody is before the camera. */
async function holdings({ page, devtools }: LanePost): Promise<Holdings> {
  await page.locator('[data-waiting="0"]').waitFor({ timeout: 60_000 });
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('Performance.enable');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (wanted: string) =>
    metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return {
    heap: metric('JSHeapUsedSize'),
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    ...(await page.evaluate(countKept)),
  };
}

interface Kept {
  kakouKept: { readonly timers: Set<unknown>; readonly urls: Set<string> };
}

/** In the page, before anything else: timers that hurry, and a count of what is not let go. */
function hurry(speed: number): void {
  const timers = new Set<unknown>();
  const urls = new Set<string>();
  // The others watch over camera and workers, which do not hurry.
  const hurried = (delay: number) =>
    delay > 10_000 || (delay >= 300 && delay <= 800) ? delay / speed : delay;
  const { setTimeout: later, setInterval: often, clearTimeout: drop } = globalThis;
  const forget = (id: unknown) => {
    timers.delete(id);
    drop(id as number);
  };
  Object.assign(globalThis, {
    kakouKept: { timers, urls },
    setTimeout(work: (...given: unknown[]) => void, delay = 0, ...given: unknown[]) {
      const id = later(() => {
        timers.delete(id);
        work(...given);
      }, hurried(delay));
      timers.add(id);
      return id;
    },
    setInterval(work: (...given: unknown[]) => void, delay = 0, ...given: unknown[]) {
      const id = often(work, hurried(delay), ...given);
      timers.add(id);
      return id;
    },
    clearTimeout: forget,
    clearInterval: forget,
  });
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (of) => {
    const url = createObjectURL.call(URL, of);
    urls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    urls.delete(url);
    revokeObjectURL.call(URL, url);
  };
}

/** In the page. */
async function countKept() {
  const { timers, urls } = (globalThis as unknown as Kept).kakouKept;
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('kakou');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  let rows = 0;
  for (const store of db.objectStoreNames) {
    rows += await new Promise<number>((resolve, reject) => {
      const counting = db.transaction(store).objectStore(store).count();
      counting.onsuccess = () => resolve(counting.result);
      counting.onerror = () => reject(counting.error);
    });
  }
  db.close();
  const { usage = Number.NaN } = await navigator.storage.estimate();
  return { timers: timers.size, objectUrls: urls.size, rows, storage: usage };
}
