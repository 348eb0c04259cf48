// `npm test`: every test, and at the end one line that says how it went.
import { startVitest } from 'vitest/node';

const filters = process.argv.slice(2);
const vitest = await startVitest('test', filters, { run: true, watch: false });
await vitest.close();

const counts = { passed: 0, failed: 0 };
for (const file of vitest.state.getTestModules()) {
  const tests = [...file.children.allTests()];
  for (const test of tests) {
    const { state } = test.result();
    if (state === 'passed') counts.passed++;
    if (state === 'failed') counts.failed++;
  }
  // A file that does not even load has no test that could fail.
  if (!file.ok() && !tests.some((test) => test.result().state === 'failed')) counts.failed++;
}
const errors = vitest.state.getUnhandledErrors().length;
if (counts.passed + counts.failed === 0 || errors > 0) counts.failed += Math.max(1, errors);

console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
