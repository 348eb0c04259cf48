import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import { drawScene, type Pixels } from '../../support/frames.ts';
import { codeText, dice } from '../../support/hostile/random.ts';
import { writeFrames } from '../../support/y4m.ts';
import type { LatencyTools } from './latency-page.ts';

declare global {
  interface Window {
    latency: LatencyTools;
  }
}

/** Milliseconds from a code's first frame to its text on the screen. */
export interface Latency {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
  readonly count: number;
}

const TIMES = 12;
/** Milliseconds for one contestant. */
const LIMIT = 40_000;
/** Frames, of 30 a second: no multiples of each other's time, so that every phase occurs. */
const WITHOUT = 31;
const WITH = 22;

/** Everyone on the same clip of a code that comes and goes, before Chromium's fake camera. */
export async function measureLatency(folder: string, page: string): Promise<readonly Latency[]> {
  const clip = join(folder, 'comes-and-goes.y4m');
  const size = { width: 1280, height: 720 };
  const empty = drawScene({ ...size, noise: 3 });
  const code = marked(
    drawScene({ ...size, text: codeText('live', dice(1)), scale: 6, rotation: 5, noise: 3 }),
  );
  const frames = [...Array<Pixels>(WITHOUT).fill(empty), ...Array<Pixels>(WITH).fill(code)];
  await writeFrames(clip, frames);
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      ...chromiumArgs,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${clip}`,
    ],
  });
  try {
    const results: Latency[] = [];
    const names = await withPage((opened) => opened.evaluate(() => window.latency.names));
    for (const name of names) {
      const times = await withPage((opened) =>
        opened.evaluate(([who, count, limit]) => window.latency.latencies(who, count, limit), [
          name,
          TIMES,
          LIMIT,
        ] as const),
      );
      const sorted = times.sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
      results.push({ name, median: at(0.5), p95: at(0.95), count: sorted.length });
      console.log(results.at(-1));
    }
    return results;
  } finally {
    await browser.close();
  }

  async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
    const context = await browser.newContext({ permissions: ['camera'] });
    try {
      const opened = await context.newPage();
      await opened.goto(page);
      await opened.waitForFunction(() => 'latency' in window, undefined, { timeout: 120_000 });
      return await work(opened);
    } finally {
      await context.close();
    }
  }
}

/** White in the corner: how the page knows which frames hold the code. */
function marked(frame: Pixels): Pixels {
  for (let y = 0; y < 16; y++)
    frame.data.fill(255, y * frame.width * 4, (y * frame.width + 16) * 4);
  return frame;
}
