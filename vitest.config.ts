import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, chromiumPath } from './test/support/chromium.ts';

/** Tests of what needs a page: IndexedDB, canvas, workers. Named `*.browser.test.ts(x)`. */
const browserTests = 'test/**/*.browser.test.{ts,tsx}';
const endToEnd = 'test/e2e/**/*.test.ts';
/** They take as long as all others: `npm run test:long`. */
const everyScreen = 'test/e2e/{screens*,tablet,bus}.test.ts';
/** Programs that are killed while they work; `FAULT_ROUNDS=all` kills them for half an hour. */
const faults = 'test/fault/**/*.test.ts';

/** Found in the middle of a run, these would reload the page under its tests. */
const bundledAhead = [
  '@zxing/browser',
  '@zxing/library',
  '@zxing/library/esm/core/BinaryBitmap',
  '@zxing/library/esm/core/DecodeHintType',
  '@zxing/library/esm/core/RGBLuminanceSource',
  '@zxing/library/esm/core/common/HybridBinarizer',
  '@zxing/library/esm/core/qrcode/QRCodeReader',
  'axe-core',
  'jose/jwe/compact/decrypt',
  'jose/jws/general/sign',
  'lean-qr/extras/svg',
  'qr/decode.js',
  'zxing-wasm/reader',
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [browserTests, endToEnd, faults],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        define: { __APP_VERSION__: '"0.0.0"' },
        optimizeDeps: { include: bundledAhead },
        test: {
          name: 'browser',
          include: [browserTests],
          testTimeout: 30_000,
          // In turn with the others, since `npm test` runs those of e2e beside them.
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromiumPath(), args: chromiumArgs },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: [endToEnd],
          exclude: process.env['ALL_E2E'] ? [] : [everyScreen],
          // A camera, a database and two browsers share the machine.
          retry: 1,
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // One camera at a time.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'fault',
          include: [faults],
          testTimeout: 7_200_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
