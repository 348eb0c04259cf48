import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64url, utf8 } from '../../src/core/bytes.ts';
import { encodeBase45 } from '../../src/core/code/base45.ts';
import { readCode } from '../../src/core/code/read.ts';
import { codeToText } from '../../src/core/code/text.ts';
import { issueCode } from '../../src/core/code/write.ts';
import { BULLETIN } from '../../src/core/documents/bulletin.ts';
import { openDocument } from '../../src/core/documents/signed.ts';
import { openStatusList } from '../../src/core/documents/status-list.ts';
import { openTrust, rootThumbprint } from '../../src/core/documents/trust.ts';
import { formatEnrolmentLink, parseEnrolmentLink } from '../../src/core/enrolment.ts';
import { openBatch, signBatch } from '../../src/core/record/batch.ts';
import { residentIdProblem } from '../../src/core/resident-id.ts';
import { tenthsFromDigits } from '../../src/core/verdict/reading.ts';
import {
  ISSUER,
  makeAuthority,
  makeBulletin,
  makeKey,
  makeStatusList,
  printedClaims,
  signDocument,
} from '../core/make.ts';
import { RUNS } from './arbitraries.ts';

const { keys, trusted, trust, text: trustText } = await makeAuthority();
const device = await makeKey();
const thumbprint = await rootThumbprint(trust.root);
const head = 'A'.repeat(43);

/** Every reader of what is signed: a good text, and whether it takes one. */
const readers: Record<string, [good: string, takes: (text: string) => Promise<boolean>]> = {
  readCode: [
    codeToText(await issueCode(printedClaims(keys.code.kid), ISSUER, keys.code.privateKey)),
    async (text) => (await readCode(text, trusted)).ok,
  ],
  openTrust: [trustText, async (text) => (await openTrust(text, { thumbprint })).ok],
  'openDocument, of a bulletin': [
    await signDocument(makeBulletin(), BULLETIN.typ, keys.bulletin),
    async (text) => (await openDocument(text, BULLETIN, trusted)).ok,
  ],
  openStatusList: [
    await signDocument(await makeStatusList([[1, 'red']]), 'statuslist+jwt', keys.status),
    async (text) => (await openStatusList(text, 0, trusted)).ok,
  ],
  openBatch: [
    await signBatch({ device: head, first: 1, last: 1, before: head, head }, device.privateKey),
    // Its chain is broken: only the signature is looked at here.
    async (batch) => {
      const opened = await openBatch({ batch, records: ['x'] }, device.publicKey);
      return opened.ok || opened.reason === 'broken-chain';
    },
  ],
};

/** Texts of every shape that a reader looks for, with anything inside. */
const shaped = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => `KK1:${encodeBase45(bytes)}`),
  fc.json(),
  fc
    .array(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), { minLength: 3, maxLength: 3 })
    .map((parts) => parts.map((part) => toBase64url(utf8(part))).join('.')),
  fc.webFragments().map((fragment) => `https://kakou.example/enrol#${fragment}`),
);

/** A text with a piece cut out of it, doubled or put elsewhere. */
const cut = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(40), fc.nat(text.length), fc.string({ maxLength: 3 }))
    .map(([at, length, to, put]) => {
      const rest = text.slice(0, at) + text.slice(at + length);
      return rest.slice(0, to) + put + text.slice(at, at + length) + rest.slice(to);
    });

test.each(Object.entries(readers))(
  '%s takes its own text, refuses any other, and never throws',
  async (_, [good, takes]) => {
    expect(await takes(good)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.oneof(shaped, cut(good)), async (text) => {
        fc.pre(text !== good);
        expect(await takes(text)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  },
  120_000,
);

test('what is not signed is read without throwing, and a link that is taken is one of ours', () => {
  const authority = 'https://kakou.example';
  const link = formatEnrolmentLink({ authority, root: head, token: 'A'.repeat(22) });
  fc.assert(
    fc.property(fc.oneof(shaped, cut(link), cut('11010519491231002X')), (text) => {
      residentIdProblem(text);
      tenthsFromDigits(text);
      const parsed = parseEnrolmentLink(text);
      if (parsed.ok) {
        expect(parseEnrolmentLink(formatEnrolmentLink(parsed.value))).toEqual(parsed);
      }
    }),
    { numRuns: RUNS },
  );
});
