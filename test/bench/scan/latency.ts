import { type Browser, chromium, type Page } from 'playwright';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import type { LatencyTools } from './latency-page.ts';
import type { BenchPost } from './post.ts';
import { measureVerdicts } from './verdicts.ts';

declare global {
  interface Window {
    latency: LatencyTools;
  }
}

/** Milliseconds from a code's first frame to what the person sees of it. */
export interface Latency {
  readonly name: string;
  readonly median: number;
  readonly p95: number;
  readonly count: number;
}

const TIMES = Number(process.env['SCAN_TIMES'] ?? 63);
/** Milliseconds for one contestant. */
const LIMIT = 110_000;

/**
 * Everyone on the same clip of codes that come and go, before Chromium's fake camera: the
 * built app to its painted verdict, the others to their painted text.
 */
export async function measureLatency(
  { page, clip }: Pick<BenchPost, 'page' | 'clip'>,
  peers: string,
): Promise<readonly Latency[]> {
  const verdicts = await measureVerdicts(page, TIMES, LIMIT);
  const kinds = [...new Set(verdicts.map(({ verdict }) => verdict))];
  const timesOf = (kind?: string) =>
    verdicts.filter(({ verdict }) => !kind || verdict === kind).map(({ time }) => time);
  const results = [
    summary('Kakou', timesOf()),
    ...kinds.map((kind) => summary(`Kakou, where it says \`${kind}\``, timesOf(kind))),
  ];
  // The app, too, has no camera but this one to itself.
  await page.goto('about:blank');
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
    const names = await onPage(browser, peers, (opened) =>
      opened.evaluate(() => window.latency.names),
    );
    for (const name of names) {
      const times = await onPage(browser, peers, (opened) =>
        opened.evaluate(([who, count, limit]) => window.latency.latencies(who, count, limit), [
          name,
          TIMES,
          LIMIT,
        ] as const),
      );
      results.push(summary(name, times));
    }
  } finally {
    await browser.close();
  }
  return results;
}

async function onPage<T>(
  browser: Browser,
  address: string,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ permissions: ['camera'] });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForFunction(() => 'latency' in window, undefined, { timeout: 120_000 });
    return await work(page);
  } finally {
    await context.close();
  }
}

function summary(name: string, times: number[]): Latency {
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  const result = { name, median: at(0.5), p95: at(0.95), count: sorted.length };
  console.log(result);
  return result;
}
