import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';

/** What scanning costs the thread that draws the screen, while nobody is there. */
export interface MainThread {
  readonly slowdown: number;
  /** Milliseconds of all its tasks, by frame of the camera. */
  readonly frame: number;
  /** Tasks of 50 ms and more (Long Tasks). */
  readonly long: number;
}

const SECONDS = 15;

/** The scan screen of the built app at the speed of this machine, and slowed down. */
export async function measureMainThread(page: Page): Promise<readonly MainThread[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const results: MainThread[] = [];
  for (const slowdown of [1, 4]) {
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    // What the change itself brings about is over by then.
    await pause(2000);
    const longTasks = page.evaluate(countLongTasks, SECONDS * 1000);
    const before = { tasks: await taskTime(), frames: await page.evaluate(countFrames) };
    const long = await longTasks;
    const tasks = (await taskTime()) - before.tasks;
    const frames = (await page.evaluate(countFrames)) - before.frames;
    results.push({ slowdown, frame: (tasks * 1000) / frames, long });
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await session.detach();
  return results;

  /** Seconds since the page began. */
  async function taskTime(): Promise<number> {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  }
}

function countFrames(): number {
  return document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
}

async function countLongTasks(milliseconds: number): Promise<number> {
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    count += list.getEntries().length;
  });
  observer.observe({ entryTypes: ['longtask'] });
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  observer.disconnect();
  return count;
}
