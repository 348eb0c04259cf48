// `npm test`: every test, and at the end one line that says how it went.
import { runnerImport } from 'vite';
import { startVitest } from 'vitest/node';

/** The first wait for pages and leave most of the machine idle; the others, in turn, do not. */
const SIDE_BY_SIDE = [['e2e'], ['node', 'browser', 'fault']];

const filters = process.argv.slice(2);
// Node of the oldest version that the project supports runs no TypeScript by itself.
const { module } = await runnerImport('./test/support/share-postgres.ts');
const stopPostgres = await module.sharePostgres();
const runs = await Promise.all(
  SIDE_BY_SIDE.map((project) =>
    startVitest('test', filters, {
      run: true,
      watch: false,
      project,
      passWithNoTests: true,
      // Of two only one could redraw its lines.
      reporters: [['default', { summary: false }]],
    }),
  ),
);
for (const run of runs) await run.close();
await stopPostgres();

const counts = { passed: 0, failed: 0 };
for (const file of runs.flatMap((run) => run.state.getTestModules())) {
  const tests = [...file.children.allTests()];
  for (const test of tests) {
    const { state } = test.result();
    if (state === 'passed') counts.passed++;
    if (state === 'failed') counts.failed++;
  }
  // A file that does not even load has no test that could fail.
  if (!file.ok() && !tests.some((test) => test.result().state === 'failed')) counts.failed++;
}
const errors = runs.flatMap((run) => run.state.getUnhandledErrors()).length;
if (counts.passed + counts.failed === 0 || errors > 0) counts.failed += Math.max(1, errors);

console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
