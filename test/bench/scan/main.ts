import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import { measureLatency } from './latency.ts';
import { measureMainThread } from './main-thread.ts';
import type { BenchTools } from './page.ts';
import { openPost } from './post.ts';
import { report } from './report.ts';

declare global {
  interface Window {
    bench: BenchTools;
  }
}

/** Frames of each condition: more take longer, and tell more. */
const FRAMES = Number(process.env['SCAN_FRAMES'] ?? 10);
/** Of the frames and scenes that decide: none of them was looked at to choose how to read. */
const HELD_OUT = [101, 102, 103];
/** Of frames that the looks were chosen on, with others (docs/decisions/010): these flatter. */
const TUNED = 1;
/** Counting takes more than one processor, and no clock. */
const PAGES_AT_ONCE = 2;
const PAGES: Record<string, string> = { '/': 'page.ts', '/latency': 'latency-page.ts' };
const FIGURES = 'docs/figures/scan.md';

/** Everyone on the same frames, in real Chromium, in one run: prints and keeps the figures. */
export async function benchScan(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kakou-bench-'));
  const server = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    cacheDir: join(folder, 'vite'),
    optimizeDeps: { entries: ['test/bench/scan/*page.ts', 'src/decoder/worker.ts'] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    plugins: [
      {
        name: 'page',
        configureServer({ middlewares }) {
          middlewares.use((request, response, next) => {
            const script = PAGES[request.url ?? ''];
            if (!script) return next();
            response
              .setHeader('Content-Type', 'text/html')
              .end(
                `<!doctype html><script type="module" src="/test/bench/scan/${script}"></script>`,
              );
          });
        },
      },
    ],
  });
  await server.listen();
  const origin = server.resolvedUrls?.local[0] ?? '';
  const post = await openPost();
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
  try {
    const mainThread = await measureMainThread(post.page);
    await post.letPeopleCome();
    const latencies = await measureLatency(post, `${origin}latency`);
    const pages: readonly Page[] = await Promise.all(
      Array.from({ length: PAGES_AT_ONCE }, () => openPage(browser, origin)),
    );
    const costs = await pages[0]?.evaluate((count) => window.bench.costs(count), 12);
    const sceneCount = await pages[0]?.evaluate(() => window.bench.sceneCount);
    const places = [...HELD_OUT, TUNED].flatMap((seed) =>
      Array.from({ length: sceneCount ?? 0 }, (_, index) => ({ seed, index })),
    );
    const scenes = await share(pages, places, (page, { index, seed }) =>
      page.evaluate(([at, of]) => window.bench.scene(at, of), [index, seed] as const),
    );
    const [tuned = [], ...heldOut] = await share(pages, [TUNED, ...HELD_OUT], (page, seed) =>
      page.evaluate(([count, of, swiftly]) => window.bench.single(count, of, swiftly), [
        FRAMES,
        seed,
        seed === TUNED,
      ] as const),
    );
    const text = report({
      heldOut,
      tuned,
      costs: costs ?? {},
      scenes: scenes.filter(({ seed }) => seed !== TUNED),
      tunedScenes: scenes.filter(({ seed }) => seed === TUNED),
      latencies,
      mainThread,
      frames: FRAMES,
    });
    console.log(text);
    await writeFile(FIGURES, text);
  } finally {
    await browser.close();
    await post.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
}

async function openPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'bench' in window, undefined, { timeout: 120_000 });
  return page;
}

/** Does each task on whichever page is free; the answers come in the order of the tasks. */
async function share<Task, Answer>(
  pages: readonly Page[],
  tasks: readonly Task[],
  work: (page: Page, task: Task) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const queue = tasks.entries();
  await Promise.all(
    pages.map(async (page) => {
      for (const [i, task] of queue) {
        answers[i] = await work(page, task);
        console.log(`${i + 1} of ${tasks.length}`);
      }
    }),
  );
  return answers;
}
