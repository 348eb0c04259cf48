import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CarriedAnswer,
  type CarriedRecords,
  carriedText,
  MAX_CARRIED_LENGTH,
  parseCarried,
} from '../../../src/core/record/carried.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const id = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));
const number = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

const records: fc.Arbitrary<CarriedRecords> = fc.record({
  kakou: fc.constant('records'),
  v: fc.constant(1),
  batches: fc.array(
    fc.record(
      { batch: text, records: fc.array(text, { minLength: 1, maxLength: 5 }), after: text },
      { requiredKeys: ['batch', 'records'] },
    ),
    { maxLength: 4 },
  ),
});
const answers: fc.Arbitrary<CarriedAnswer> = fc.record({
  kakou: fc.constant('answer'),
  v: fc.constant(1),
  receipts: fc.array(text, { maxLength: 4 }),
  refused: fc.array(fc.record({ device: id, first: number, last: number, code: text }), {
    maxLength: 4,
  }),
  documents: fc.dictionary(
    fc.constantFrom('/trust', '/bulletin', '/status/0', '/status/255'),
    text,
    { noNullPrototype: true },
  ),
});

test('what was written is what is read', () => {
  fc.assert(
    fc.property(fc.oneof(records, answers), (carried) => {
      expect(parseCarried(carriedText(carried))).toEqual({ ok: true, value: carried });
    }),
  );
});

test('a file that was cut off anywhere is refused, and never taken in part', () => {
  fc.assert(
    fc.property(
      fc.oneof(records, answers),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (carried, at) => {
        const whole = carriedText(carried);
        const parsed = parseCarried(whole.slice(0, Math.floor(at * (whole.length - 1))));
        expect(parsed.ok).toBe(false);
      },
    ),
  );
});

test('whatever one character is changed to, the file is refused or read as a file', () => {
  fc.assert(
    fc.property(
      fc.oneof(records, answers),
      fc.nat(),
      fc.string({ minLength: 1, maxLength: 1 }),
      (carried, where, character) => {
        const whole = carriedText(carried);
        const at = where % whole.length;
        const parsed = parseCarried(whole.slice(0, at) + character + whole.slice(at + 1));
        if (parsed.ok) expect(parseCarried(carriedText(parsed.value))).toEqual(parsed);
      },
    ),
  );
});

test('any other file gets a reason of its own, however hostile', () => {
  const reasons: readonly (readonly [string, string])[] = [
    ['', 'not-ours'],
    ['hello', 'not-ours'],
    ['﻿{"kakou":"records","v":1,"batches":[]}', 'not-ours'],
    ['{"kakou":', 'damaged'],
    ['{"kakou":"records","v":1}', 'damaged'],
    ['{"kakou":"records","v":1,"batches":[],"more":1}', 'damaged'],
    ['{"kakou":"else","v":1}', 'damaged'],
    ['{"kakou":"records","v":"2","batches":[]}', 'damaged'],
    ['{"kakou":"records","v":2,"parcels":[]}', 'other-version'],
    [
      '{"kakou":"answer","v":1,"receipts":[],"refused":[],"documents":{"/hq/overview":"x"}}',
      'damaged',
    ],
    [`{"kakou":"records","v":1,"batches":${'['.repeat(100_000)}`, 'damaged'],
    [`{"kakou":${' '.repeat(MAX_CARRIED_LENGTH)}`, 'too-large'],
  ];
  for (const [file, reason] of reasons) {
    expect(parseCarried(file), file.slice(0, 60)).toEqual({ ok: false, reason });
  }
  fc.assert(fc.property(fc.string(), (file) => !parseCarried(`{"kakou":${file}`).ok));
});
