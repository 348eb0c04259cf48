import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import { measure, type Times } from './measure.ts';
import type { VerifyTools } from './page.ts';
import { report } from './report.ts';

declare global {
  interface Window {
    verify: VerifyTools;
  }
}

const ROUNDS = Number(process.env['VERIFY_ROUNDS'] ?? 200);
const FIGURES = 'docs/figures/verify.md';

/** Text to verified code beside a bare verification, in Node and in Chromium. */
export async function benchVerify(): Promise<void> {
  const node = await measure(ROUNDS);
  const browser = await measureInChromium();
  const text = report({ Node: node, Chromium: browser }, ROUNDS);
  console.log(text);
  await writeFile(FIGURES, text);
}

async function measureInChromium(): Promise<Times> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'kakou-bench-'));
  const server = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    cacheDir,
    optimizeDeps: { entries: ['test/bench/verify/page.ts'] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    plugins: [
      {
        name: 'page',
        configureServer({ middlewares }) {
          middlewares.use((request, response, next) => {
            if (request.url !== '/') return next();
            response
              .setHeader('Content-Type', 'text/html')
              .end(
                '<!doctype html><script type="module" src="/test/bench/verify/page.ts"></script>',
              );
          });
        },
      },
    ],
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
  try {
    const page = await browser.newPage();
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.waitForFunction(() => 'verify' in window, undefined, { timeout: 120_000 });
    return await page.evaluate((rounds) => window.verify.measure(rounds), ROUNDS);
  } finally {
    await browser.close();
    await server.close();
    await rm(cacheDir, { recursive: true });
  }
}
