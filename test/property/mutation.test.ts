import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../../src/core/bytes.ts';
import { encodeBase45 } from '../../src/core/code/base45.ts';
import { type PackedCode, pack } from '../../src/core/code/pack.ts';
import { readCode } from '../../src/core/code/read.ts';
import { codeToText } from '../../src/core/code/text.ts';
import { issueCode, proveCode } from '../../src/core/code/write.ts';
import { BULLETIN } from '../../src/core/documents/bulletin.ts';
import { openDocument } from '../../src/core/documents/signed.ts';
import {
  encodeChanges,
  openStatusDelta,
  STATUS_DELTA,
} from '../../src/core/documents/status-delta.ts';
import { openStatusList } from '../../src/core/documents/status-list.ts';
import { openTrust, rootThumbprint } from '../../src/core/documents/trust.ts';
import { RECEIPT } from '../../src/core/record/receipt.ts';
import {
  ISSUER,
  liveClaims,
  makeAuthority,
  makeBulletin,
  makeKey,
  makeStatusList,
  NOW,
  printedClaims,
  signDocument,
  signTrust,
} from '../core/make.ts';
import { FUZZING } from './arbitraries.ts';
import { replaced, rewritten, shifted, taken } from './mutants.ts';

/**
 * Whatever differs from something valid by one character or one byte is refused. In
 * `npm run fuzz` nothing is left out: in every place stands every other character of the
 * alphabet, and every other byte. `npm test` tries every character of codes too; in documents
 * some letters, and of bytes each bit and some of them together. In both, `FOREIGN`
 * characters are put in everywhere.
 */
const BASE45 = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'];
const BASE64URL = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
const FOREIGN = [
  '\n',
  '\0',
  ' ',
  '.',
  '=',
  '+',
  '"',
  '\\',
  '{',
  'é',
  '０',
  '王',
  '\ufeff',
  '\ud83d',
];
const ALL_CHANGES = Array.from({ length: 255 }, (_, i) => i + 1);
const LETTERS = FUZZING ? BASE64URL : [...'AQbz09-_'];
const CHANGES = FUZZING ? ALL_CHANGES : [1, 2, 4, 8, 16, 32, 64, 128, 0x0f, 0x55, 0xff];
const A_LONG_TIME = 240_000;

const { keys, trusted, trust, root } = await makeAuthority();
const holder = await makeKey();
const codes: Record<'live' | 'printed', PackedCode> = {
  live: await proveCode(
    await issueCode(liveClaims(keys.code.kid, holder.jwk), ISSUER, keys.code.privateKey),
    ISSUER,
    holder.privateKey,
    NOW,
  ),
  printed: await issueCode(printedClaims(keys.code.kid), ISSUER, keys.code.privateKey),
};
const opensCode = async (text: string) => (await readCode(text, trusted)).ok;

test.each(['live', 'printed'] as const)(
  'no change of one character of a %s code is accepted',
  async (kind) => {
    const text = codeToText(codes[kind]);
    expect(await opensCode(text)).toBe(true);
    const alphabet = [...BASE45, 'a', 'z', '_', '&', ...FOREIGN];
    for (const mutants of [replaced(text, alphabet), shifted(text, alphabet)]) {
      const { accepted, tried } = await taken(mutants, opensCode);
      expect(accepted).toEqual([]);
      expect(tried).toBeGreaterThan(text.length * BASE45.length);
    }
  },
  A_LONG_TIME,
);

test.each(['live', 'printed'] as const)(
  'no change of one byte of a %s code is accepted',
  async (kind) => {
    const bytes = pack(codes[kind]);
    function* texts() {
      for (const other of rewritten(bytes, CHANGES)) yield `KK1:${encodeBase45(other)}`;
    }
    expect(await taken(texts(), opensCode)).toEqual({
      accepted: [],
      tried: bytes.length * CHANGES.length,
    });
  },
  A_LONG_TIME,
);

/** As short as they can be: what is one character of many is the same in all of them. */
const shortTrust = { ...trust, keys: trust.keys.slice(0, 1) };
const receipt = { iss: ISSUER, device: 'A'.repeat(43), first: 1, last: 2, head: 'A'.repeat(43) };
const anchor = { thumbprint: await rootThumbprint(trust.root) };
const documents: Record<string, [text: string, opens: (text: string) => Promise<boolean>]> = {
  'trust document': [
    await signTrust(shortTrust, [root]),
    async (text) => (await openTrust(text, anchor)).ok,
  ],
  bulletin: [
    await signDocument(makeBulletin(), BULLETIN.typ, keys.bulletin),
    async (text) => (await openDocument(text, BULLETIN, trusted)).ok,
  ],
  'status delta': [
    await signDocument(
      { sub: `${ISSUER}/status/0`, iat: NOW, from: 1, to: 2, changes: encodeChanges([[7, 'red']]) },
      STATUS_DELTA.typ,
      keys.status,
    ),
    async (text) => (await openStatusDelta(text, 0, trusted)).ok,
  ],
  'status list': [
    await signDocument(await makeStatusList([[7, 'red']]), 'statuslist+jwt', keys.status),
    async (text) => (await openStatusList(text, 0, trusted)).ok,
  ],
  receipt: [
    await signDocument({ ...receipt, iat: NOW }, RECEIPT.typ, keys.receipt),
    async (text) => (await openDocument(text, RECEIPT, trusted)).ok,
  ],
};

test.each(Object.entries(documents))(
  'no change of one character of a %s is accepted',
  async (_, [text, opens]) => {
    expect(await opens(text)).toBe(true);
    const replacing = await taken(replaced(text, [...LETTERS, ...FOREIGN]), opens);
    expect(replacing.accepted).toEqual([]);
    expect(replacing.tried).toBeGreaterThan(text.length * LETTERS.length);
    expect((await taken(shifted(text, FOREIGN), opens)).accepted).toEqual([]);
  },
  A_LONG_TIME,
);

test.each(Object.entries(documents))(
  'no change of one byte of what a %s says or is signed with is accepted',
  async (_, [text, opens]) => {
    const { accepted, tried } = await taken(rewrittenParts(text), opens);
    expect(accepted).toEqual([]);
    expect(tried).toBeGreaterThan(200 * CHANGES.length);
  },
  A_LONG_TIME,
);

/** Header, payload and signature each, in whatever serialization they stand. */
function* rewrittenParts(text: string): Generator<string> {
  for (const { 0: part, index } of text.matchAll(/[\w-]{20,}/g)) {
    const bytes = fromBase64url(part);
    if (!bytes) throw new Error('a part of a document is base64url');
    for (const other of rewritten(bytes, CHANGES)) {
      yield text.slice(0, index) + toBase64url(other) + text.slice(index + part.length);
    }
  }
}

test('of 64 last characters of a signature four are a spelling, one for each value of its last bits', () => {
  const text = toBase64url(new Uint8Array(64));
  const spellings = BASE64URL.filter((last) => fromBase64url(text.slice(0, -1) + last));
  expect(spellings).toEqual(['A', 'Q', 'g', 'w']);
});
