import { describe, expect, test } from 'vitest';
import { readCode } from '../../src/core/code/read.ts';
import { codeToText } from '../../src/core/code/text.ts';
import { issueCode, proveCode } from '../../src/core/code/write.ts';
import { draftRecord } from '../../src/core/record/draft.ts';
import { decide } from '../../src/core/verdict/decide.ts';
import { createInView } from '../../src/scanner/capture/repeat.ts';
import {
  ISSUER,
  liveClaims,
  makeAuthority,
  makeKey,
  NOW,
  printedClaims,
  twin,
} from '../core/make.ts';
import { KNOWING, reading } from '../core/verdict/situation.ts';

/**
 * Whoever sees a signature (r, s) can make its twin (r, n - s), which verifies as well: a
 * second text for the same code. It is of no use to anyone, all the way to the record.
 */
const { keys, trusted } = await makeAuthority();
const holder = await makeKey();
const paper = await issueCode(printedClaims(keys.code.kid), ISSUER, keys.code.privateKey);
const issued = await issueCode(liveClaims(keys.code.kid, holder.jwk), ISSUER, keys.code.privateKey);
const shown = await proveCode(issued, ISSUER, holder.privateKey, NOW);
if (!shown.proof) throw new Error('a live code has a proof');
const { proof } = shown;

describe.each([
  ['a printed code', paper, { ...paper, signature: twin(paper.signature) }],
  ['a live code without its proof', issued, { ...issued, signature: twin(issued.signature) }],
  ['a live proof', shown, { ...shown, proof: { ...proof, signature: twin(proof.signature) } }],
])('the twin signature of %s', (_, code, other) => {
  const texts = [codeToText(code), codeToText(other)] as const;

  test('is another text, and reads as the same code', async () => {
    expect(texts[1]).not.toBe(texts[0]);
    const [first, second] = await Promise.all(texts.map((text) => readCode(text, trusted)));
    expect(first?.ok).toBe(true);
    expect(second).toEqual(first);
  });

  test('is the same person in view, who is not judged twice', () => {
    const inView = createInView();
    const enters = texts.map((text) => inView.belongs(text, code.claims.sub, 0));
    expect(enters).toEqual([true, false]);
  });

  test.each([365, 390])(
    'gets the same verdict and the same record, of which marks are made, at %d tenths',
    async (tenths) => {
      const results = await Promise.all(
        texts.map(async (text) => {
          const opened = await readCode(text, trusted);
          if (!opened.ok) throw new Error(opened.reason);
          const evidence = { kind: 'code', code: opened.value } as const;
          const actions = { reading: reading(tenths), guardianConfirmed: true };
          const verdict = decide(evidence, KNOWING, actions);
          const draft = draftRecord({ evidence, knowledge: KNOWING, actions, verdict, wall: NOW });
          return { verdict, draft };
        }),
      );
      expect(results[0]?.draft?.code?.sub).toBe(code.claims.sub);
      expect(results[1]).toEqual(results[0]);
    },
  );
});
