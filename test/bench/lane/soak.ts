import type { Page } from 'playwright';
import { type MovableTime, makeTimeMovable } from './forward.ts';
import { type Heap, weighHeap } from './heap.ts';
import { queueOf } from './people.ts';
import { type LanePost, openLanePost } from './post.ts';
import { serve } from './serve.ts';

/** What the page holds, after everything that can be collected was. */
export interface Holdings extends Heap {
  readonly nodes: number;
  readonly listeners: number;
  readonly workers: number;
  readonly timers: number;
  readonly objectUrls: number;
  /** Rows in IndexedDB: people seen lately, the day's fevers, the hours' counts, and others. */
  readonly sightings: number;
  readonly marks: number;
  readonly tallies: number;
  readonly others: number;
  /** Bytes, as the browser counts them. */
  readonly storage: number;
}

export interface Soak {
  readonly hours: number;
  readonly people: number;
  /** Milliseconds from one person to the next, by the page's clock. */
  readonly each: number;
  readonly before: Holdings;
  readonly after: Holdings;
}

/** 120 people an hour, milliseconds: no post has 300 all day. */
const EACH = 30_000;
/** As many as are remembered, and more. */
const WARM_UP = 60;

/** A day at the post: between two people the page's clocks are put forward. */
export async function soak(hours: number): Promise<Soak> {
  const post = await openLanePost(prepare);
  try {
    const people = Math.round((hours * 3_600_000) / EACH);
    await receive(post, WARM_UP);
    const before = await holdings(post);
    const begun = await post.page.evaluate(() => performance.now());
    await receive(post, people);
    const ended = await post.page.evaluate(() => performance.now());
    const after = await holdings(post);
    return { hours: (ended - begun) / 3_600_000, people, each: EACH, before, after };
  } finally {
    await post.close();
  }
}

async function prepare(page: Page): Promise<void> {
  await page.addInitScript(makeTimeMovable);
  await page.addInitScript(countObjectUrls);
}

async function receive(post: LanePost, people: number): Promise<void> {
  let { elapsed, wall } = await post.page.evaluate(nobodyUntil, [0, LAST_LOOK] as const);
  for (const [i, kind] of queueOf(people).entries()) {
    const instrument = i % 2 === 0 ? 'keypad' : 'bluetooth';
    await serve(post, await post.invite(kind), { instrument, at: wall / 1000, hurried: true });
    ({ elapsed, wall } = await post.page.evaluate(nobodyUntil, [
      elapsed + EACH,
      LAST_LOOK,
    ] as const));
    if ((i + 1) % 300 === 0) console.log(`soak: ${i + 1} of ${people}`);
  }
}

/** Frames: what was before the camera until now has been read by then. */
const LAST_LOOK = 6;

/** In the page. @returns what its clocks show then, milliseconds. */
async function nobodyUntil([then, frames]: readonly [number, number]): Promise<{
  elapsed: number;
  wall: number;
}> {
  // Else a code of before would be read after its time, and be somebody's who has come back.
  for (let frame = 0; frame < frames; frame++) await new Promise(requestAnimationFrame);
  const { kakouTime } = globalThis as unknown as MovableTime;
  kakouTime.forward(Math.max(0, then - performance.now()));
  return { elapsed: performance.now(), wall: Date.now() };
}

/** With nothing under way: all records are delivered, nobody is before the camera. */
async function holdings({ page, devtools }: LanePost): Promise<Holdings> {
  await page.locator('[data-waiting="0"]').waitFor({ timeout: 60_000 });
  const heap = await weighHeap(devtools);
  await devtools.send('Performance.enable');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (wanted: string) =>
    metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return {
    ...heap,
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    workers: page.workers().length,
    ...(await page.evaluate(countKept)),
  };
}

interface ObjectUrls {
  readonly kakouUrls: ReadonlySet<string>;
}

/** In the page, before anything else. */
function countObjectUrls(): void {
  const urls = new Set<string>();
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
  Object.assign(globalThis, { kakouUrls: urls });
}

/** In the page. */
async function countKept() {
  const { kakouTime, kakouUrls } = globalThis as unknown as MovableTime & ObjectUrls;
  // Some come and go with each frame of the camera.
  let timers = Number.POSITIVE_INFINITY;
  for (let frame = 0; frame < 60; frame++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    timers = Math.min(timers, kakouTime.waiting());
  }
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('kakou');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const rows = { sightings: 0, marks: 0, tallies: 0, others: 0 };
  for (const store of db.objectStoreNames) {
    const count = await new Promise<number>((resolve, reject) => {
      const counting = db.transaction(store).objectStore(store).count();
      counting.onsuccess = () => resolve(counting.result);
      counting.onerror = () => reject(counting.error);
    });
    rows[store in rows ? (store as keyof typeof rows) : 'others'] += count;
  }
  db.close();
  const { usage = Number.NaN } = await navigator.storage.estimate();
  return { timers, objectUrls: kakouUrls.size, ...rows, storage: usage };
}
