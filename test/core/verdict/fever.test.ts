import { expect, test } from 'vitest';
import { feverIn } from '../../../src/core/verdict/fever.ts';
import { personOf } from '../../../src/core/verdict/person.ts';
import { REASONS, type Reason } from '../../../src/core/verdict/reasons.ts';
import { makeDraft } from '../../device/drafts.ts';
import { OPEN_POLICY } from '../make.ts';
import { reading } from './situation.ts';

const reasons = Object.keys(REASONS) as Reason[];
const told = (reason: Reason, tenths?: number, more = {}) =>
  feverIn({ reason, ...(tenths && { reading: reading(tenths) }), ...more }, OPEN_POLICY);
const lowered = { ...OPEN_POLICY, fever: { ...OPEN_POLICY.fever, threshold: 370 } };

test('a febrile reading tells of a fever beside every reason', () => {
  for (const reason of reasons) expect(told(reason, 382), reason).toBe('found');
});

test('what a station called a fever is one, also for whom a supervisor let pass', () => {
  expect(told('fever', 365)).toBe('found');
  expect(told('override', undefined, { overridden: 'fever' })).toBe('found');
});

test('a reading below the threshold undoes a fever only when it was taken for that', () => {
  for (const reason of reasons.filter((one) => one !== 'fever' && one !== 'remeasured')) {
    expect(told(reason, 366), reason).toBeUndefined();
    expect(told(reason, 366, { remeasured: true }), reason).toBe('undone');
  }
  expect(told('remeasured', 366)).toBe('undone');
  expect(told('yellow', undefined, { remeasured: true })).toBeUndefined();
});

test('where the threshold was lowered since, a fever is found that the station did not see', () => {
  const passed = { reason: 'green', reading: reading(371) } as const;
  expect(feverIn(passed, OPEN_POLICY)).toBeUndefined();
  expect(feverIn(passed, lowered)).toBe('found');
  expect(feverIn({ ...passed, reason: 'remeasured', remeasured: true }, lowered)).toBe('found');
});

test('what no living person has is no fever, nor does it undo one', () => {
  expect(told('red', 431)).toBeUndefined();
});

test('a screenshot or a code of somebody else says nothing of whom it names', () => {
  const { code, ...rest } = makeDraft({ overridden: undefined });
  const of = (reason: Reason, overridden?: Reason) => personOf({ code, reason, overridden });
  for (const reason of ['stale-proof', 'void', 'identity-mismatch', 'clock-behind'] as const) {
    expect(of(reason)).toBeUndefined();
    expect(of('override', reason)).toBeUndefined();
  }
  for (const reason of ['yellow', 'red', 'lapsed', 'fever', 'bulletin-expired'] as const) {
    expect(of(reason)).toBe(code?.sub);
  }
  const document = { type: 'certificate', number: '村-17' } as const;
  expect(personOf({ ...rest, document, reason: 'clock-behind' })).toBe('村-17');
});
