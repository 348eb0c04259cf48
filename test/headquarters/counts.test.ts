import { expect, test } from 'vitest';
import { countByVerdict } from '../../src/headquarters/counts.ts';

test('counts add up by verdict, the most frequent reason first', () => {
  const counts = [
    { verdict: 'stop', reason: 'fever', count: 3 },
    { verdict: 'pass', reason: 'green', count: 400 },
    { verdict: 'stop', reason: 'lapsed', count: 17 },
  ] as const;
  expect(countByVerdict(counts)).toMatchObject([
    { verdict: 'pass', count: 400 },
    { verdict: 'stop', count: 20, reasons: [{ reason: 'lapsed' }, { reason: 'fever' }] },
    { verdict: 'unverified', count: 0, reasons: [] },
  ]);
});
