import { expect, test } from 'vitest';
import { codeToText } from '../../src/core/code/text.ts';
import { issueCode, proveCode } from '../../src/core/code/write.ts';
import { DEFAULT_POLICY } from '../../src/core/documents/policy.ts';
import type { RecordDraft } from '../../src/core/record/draft.ts';
import { Fault } from '../../src/core/result.ts';
import type { Knowledge } from '../../src/core/verdict/decide.ts';
import { createPipeline, type PipelineParts } from '../../src/scanner/pipeline.ts';
import { ISSUER, liveClaims, makeAuthority, makeKey, NOW } from '../core/make.ts';

const normal = { tenths: 365, site: 'forehead', instrument: 'keypad' } as const;

async function setUp(changes: Partial<PipelineParts> = {}) {
  const { keys, trusted } = await makeAuthority();
  const holder = await makeKey();
  const claims = liveClaims(keys.code.kid, holder.jwk);
  const code = await issueCode(claims, ISSUER, keys.code.privateKey);
  const text = codeToText(await proveCode(code, ISSUER, holder.privateKey, NOW));
  let time = NOW;
  const drafts: RecordDraft[] = [];
  const knowledge = (): Promise<Knowledge> =>
    Promise.resolve({
      now: { ok: true, value: time },
      policy: { ...DEFAULT_POLICY, passage: { opensAt: 0, areas: {} } },
      ages: { trust: 60, bulletin: 60, status: 60 },
      retired: [],
      status: 'as-issued',
      feverEarlier: false,
    });
  const pipeline = createPipeline({
    trusted: () => trusted,
    knowledge,
    append: (draft) => Promise.resolve(drafts.push(draft)),
    seenBefore: () => Promise.resolve(undefined),
    operator: () => undefined,
    vehicle: () => undefined,
    clock: () => time,
    onFault: () => {},
    ...changes,
  });
  return { pipeline, text, claims, drafts, pass: (seconds: number) => (time += seconds) };
}

test('asking for a temperature leaves no record, the verdict after it leaves one', async () => {
  const { pipeline, text, drafts, claims } = await setUp();
  const subject = await pipeline.identify(text);
  const asked = await pipeline.judge(subject);
  expect(asked).toMatchObject({ verdict: { reason: 'needs-reading' }, record: undefined });
  expect(drafts).toEqual([]);

  const given = await pipeline.judge({ ...subject, actions: { reading: normal } });
  expect(given).toMatchObject({ verdict: { verdict: 'pass' }, record: { kept: true, n: 1 } });
  expect(drafts).toMatchObject([
    { verdict: 'pass', reason: 'green', reading: { tenths: 365 }, code: { sub: claims.sub } },
  ]);
});

test('measuring may take longer than a proof lasts', async () => {
  const { pipeline, text, pass } = await setUp();
  const subject = await pipeline.identify(text);
  pass(300);
  const outcome = await pipeline.judge({ ...subject, actions: { reading: normal } });
  expect(outcome.verdict.reason).toBe('green');
});

test('a screenshot that is shown later is stopped', async () => {
  const { pipeline, text, pass } = await setUp();
  pass(61);
  const outcome = await pipeline.judge(await pipeline.identify(text));
  expect(outcome.verdict).toMatchObject({ verdict: 'stop', reason: 'stale-proof', age: 61 });
});

test('a record that cannot be kept does not hold up the verdict, and the outcome says so', async () => {
  const faults: unknown[] = [];
  const full = new Fault('storage-full', 'no space left');
  const { pipeline, text } = await setUp({
    append: () => Promise.reject(full),
    onFault: (fault) => faults.push(fault),
  });
  const subject = await pipeline.identify(text);
  const outcome = await pipeline.judge({ ...subject, actions: { reading: normal } });
  expect(outcome).toMatchObject({ verdict: { verdict: 'pass' }, record: { kept: false } });
  expect(faults).toEqual([full]);
});

test('no record holds the name of a person', async () => {
  const { pipeline, text, drafts, claims } = await setUp();
  const subject = await pipeline.identify(text);
  await pipeline.judge({ ...subject, actions: { reading: normal } });
  expect(JSON.stringify(drafts)).not.toContain(claims.name);
});

test('what is no code is recorded without its text', async () => {
  const { pipeline, drafts } = await setUp();
  const outcome = await pipeline.judge(await pipeline.identify('https://pay.example/zhang-san'));
  expect(outcome.verdict).toMatchObject({ verdict: 'unverified', reason: 'not-a-code' });
  expect(JSON.stringify(drafts)).not.toContain('zhang-san');
});

test('a record names who is on shift, and says when the same person was here', async () => {
  const asked: string[] = [];
  const { pipeline, text, drafts, claims } = await setUp({
    operator: () => 'A-017',
    seenBefore: (person) => {
      asked.push(person);
      return Promise.resolve({ ago: 180.7, verdict: 'stop' });
    },
  });
  const subject = await pipeline.identify(text);
  expect(subject.before).toEqual({ ago: 180.7, verdict: 'stop' });
  await pipeline.judge({ ...subject, actions: { reading: normal } });
  await pipeline.judge(
    await pipeline.present({ kind: 'no-code', document: 'certificate', number: '村-0042' }),
  );
  expect(asked).toEqual([claims.sub, '村-0042']);
  expect(drafts[0]).toMatchObject({ operator: 'A-017', repeatedAfter: 180 });
});

test('what is no code has been nowhere before, and nobody on shift is nobody', async () => {
  const { pipeline, drafts } = await setUp({
    seenBefore: () => Promise.reject(new Error('nobody is to be asked about')),
  });
  await pipeline.judge(await pipeline.identify('https://example.com'));
  expect(drafts[0]).toMatchObject({ reason: 'not-a-code' });
  expect(drafts[0]).not.toHaveProperty('operator');
  expect(drafts[0]).not.toHaveProperty('repeatedAfter');
});
