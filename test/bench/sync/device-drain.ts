import { gzipSync } from 'node:zlib';
import { type DeviceTown, fillOutbox } from './device-town.ts';

export interface Drain {
  readonly records: number;
  readonly seconds: number;
  /** What the same bytes need on the line alone, seconds, and how near to that it came. */
  readonly limit: number;
  readonly ratio: number;
  readonly megabytes: number;
  /** Of the scan screen meanwhile: tasks over 50 ms, the longest, and frames a second. */
  readonly longTasks: number;
  readonly longest: number;
  readonly frames: number;
  /** Size of one full batch after gzip, of its size before. */
  readonly gzip: number;
}

const LINE = { rate: 1_000_000, roundTrip: 300 } as const;

/** A device that comes back with so many records, on a slow line, while people are scanned. */
export async function benchDrain(town: DeviceTown, records = 10_000): Promise<Drain> {
  const { page, wire, origin } = town;
  await page.goto('about:blank');
  await page.goto(`${origin}/settings`);
  await fillOutbox(page, records);
  let batch = '';
  page.on('request', (request) => {
    if (request.method() === 'PUT') batch = request.postData() ?? batch;
  });
  await page.addInitScript(() => {
    const seen = { tasks: [] as number[], frames: 0, since: performance.now() };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      seen.tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
    const count = () => {
      seen.frames += 1;
      requestAnimationFrame(count);
    };
    count();
  });
  wire.slow(LINE);
  await page.goto('about:blank');
  wire.count();
  await page.goto(`${origin}/`);
  const began = performance.now();
  await page.locator('main.scan .frame').waitFor();
  await page.locator('[data-waiting="0"]').waitFor({ timeout: 600_000 });
  const seconds = (performance.now() - began) / 1000;
  const { up } = wire.count();
  const seen = await page.evaluate(() => {
    const { tasks, frames, since } = (
      globalThis as unknown as { seen: { tasks: number[]; frames: number; since: number } }
    ).seen;
    return { tasks, rate: (frames * 1000) / (performance.now() - since) };
  });
  const limit = (up * 8) / LINE.rate;
  return {
    records,
    seconds,
    limit,
    ratio: limit / seconds,
    megabytes: up / 1e6,
    longTasks: seen.tasks.length,
    longest: Math.max(0, ...seen.tasks),
    frames: seen.rate,
    gzip: gzipSync(batch).length / Math.max(1, batch.length),
  };
}
