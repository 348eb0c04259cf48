import * as v from 'valibot';
import { expect, test } from 'vitest';
import { draftNote, draftRecord } from '../../../src/core/record/draft.ts';
import { RecordSchema } from '../../../src/core/record/record.ts';
import { type Actions, decide, type Evidence } from '../../../src/core/verdict/decide.ts';
import { NOW } from '../make.ts';
import { KNOWING, live, reading } from '../verdict/situation.ts';

const evidence = { kind: 'code', code: live({ colour: 'red' }) } as const;
const numbered = (draft: object) => ({ v: 1, device: 'A'.repeat(43), n: 1, ...draft });

test('a record says who was on shift, who overrode what, what the person came in, and again', () => {
  const actions = { reading: reading(), override: 'medical', overriddenBy: 'S-1' } as const;
  const draft = draftRecord({
    evidence,
    knowledge: KNOWING,
    actions,
    verdict: decide(evidence, KNOWING, actions),
    wall: NOW,
    circumstances: {
      operator: 'A-17',
      repeatedAfter: 61.5,
      vehicle: { plate: '鄂F12345', seat: 2 },
    },
  });
  expect(v.parse(RecordSchema, numbered(draft ?? {}))).toMatchObject({
    verdict: 'pass',
    reason: 'override',
    overridden: 'red',
    override: 'medical',
    overriddenBy: 'S-1',
    operator: 'A-17',
    repeatedAfter: 61,
    vehicle: { plate: '鄂F12345', seat: 2 },
  });
});

test('a supervisor who was not needed is not named', () => {
  const green = { kind: 'code', code: live() } as const;
  const actions = { reading: reading(), override: 'medical', overriddenBy: 'S-1' } as const;
  const verdict = decide(green, KNOWING, actions);
  const draft = draftRecord({ evidence: green, knowledge: KNOWING, actions, verdict, wall: NOW });
  expect(draft).not.toHaveProperty('overriddenBy');
});

test('a record says of a reading that it is a second measurement, and of nothing else', () => {
  const green = { kind: 'code', code: live() } as const;
  const draftOf = (actions: Actions) => {
    const verdict = decide(green, KNOWING, actions);
    return draftRecord({ evidence: green, knowledge: KNOWING, actions, verdict, wall: NOW });
  };
  const again = draftOf({ reading: reading(), remeasured: true });
  expect(v.parse(RecordSchema, numbered(again ?? {})).remeasured).toBe(true);
  expect(draftOf({ reading: reading(), remeasured: false })).not.toHaveProperty('remeasured');
  expect(draftOf({ remeasured: true })).toBeUndefined();
});

test('a record of somebody without a code says by what document, and why they have none', () => {
  const without = { kind: 'no-code', document: 'certificate', number: '村-0042' } as const;
  const draftOf = (shown: Evidence) => {
    const verdict = decide(shown, KNOWING, { reading: reading() });
    const draft = draftRecord({
      evidence: shown,
      knowledge: KNOWING,
      actions: {},
      verdict,
      wall: NOW,
    });
    return v.parse(RecordSchema, numbered(draft ?? {}));
  };
  const said = draftOf({ ...without, why: 'phone-dead' });
  expect(said.document).toEqual({ type: 'certificate', number: '村-0042', why: 'phone-dead' });
  const unsaid = draftOf(without);
  expect(unsaid.document).toEqual({ type: 'certificate', number: '村-0042' });
  // No verdict hangs on it.
  expect([said.verdict, said.reason]).toEqual([unsaid.verdict, unsaid.reason]);
});

test('a record of somebody who showed nothing says that, and no number', () => {
  const evidence = {
    kind: 'no-code',
    document: 'none',
    number: undefined,
    why: 'refuses',
  } as const;
  const verdict = decide(evidence, KNOWING, {});
  const draft = draftRecord({ evidence, knowledge: KNOWING, actions: {}, verdict, wall: NOW });
  const said = v.parse(RecordSchema, numbered(draft ?? {}));
  expect(said).toMatchObject({ verdict: 'stop', reason: 'no-code' });
  expect(said.document).toEqual({ type: 'none', why: 'refuses' });
});

test('a note is a record with the same grounds, and no verdict', () => {
  const note = { reason: 'symptoms', operator: 'A-17', about: 16, symptoms: ['cough'] } as const;
  const draft = draftNote(note, { knowledge: KNOWING, wall: NOW });
  expect(v.parse(RecordSchema, numbered(draft))).toEqual({
    v: 1,
    device: 'A'.repeat(43),
    n: 1,
    at: NOW,
    verdict: 'note',
    reason: 'symptoms',
    operator: 'A-17',
    about: 16,
    symptoms: ['cough'],
    ages: KNOWING.ages,
    amber: [],
  });
});
