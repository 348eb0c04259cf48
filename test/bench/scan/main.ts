import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import { measureLatency } from './latency.ts';
import type { BenchTools } from './page.ts';
import { report } from './report.ts';

declare global {
  interface Window {
    bench: BenchTools;
  }
}

/** Frames of each condition: more take longer, and tell more. */
const FRAMES = Number(process.env['SCAN_FRAMES'] ?? 10);
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
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
  try {
    const origin = server.resolvedUrls?.local[0] ?? '';
    const latencies = await measureLatency(folder, `${origin}latency`);
    const page = await browser.newPage();
    await page.goto(origin);
    await page.waitForFunction(() => 'bench' in window, undefined, { timeout: 120_000 });
    const costs = await page.evaluate((count) => window.bench.costs(count), 12);
    console.log('costs', costs);
    const scenes = [];
    const count = await page.evaluate(() => window.bench.sceneCount);
    for (let i = 0; i < count; i++) {
      const scene = await page.evaluate((index) => window.bench.scene(index), i);
      console.log(scene.scene, scene.readAt);
      scenes.push(scene);
    }
    const single = await page.evaluate((frames) => window.bench.single(frames), FRAMES);
    const text = report({ single, costs, scenes, latencies, frames: FRAMES });
    console.log(text);
    await writeFile(FIGURES, text);
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
}
