import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../../src/core/bytes.ts';
import { encodeBase45 } from '../../src/core/code/base45.ts';
import { type PackedCode, pack } from '../../src/core/code/pack.ts';
import { readCode } from '../../src/core/code/read.ts';
import { codeToText } from '../../src/core/code/text.ts';
import { issueCode, proveCode } from '../../src/core/code/write.ts';
import { BULLETIN } from '../../src/core/documents/bulletin.ts';
import { openDocument } from '../../src/core/documents/signed.ts';
import { openStatusList } from '../../src/core/documents/status-list.ts';
import { openTrust, rootThumbprint } from '../../src/core/documents/trust.ts';
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
} from '../core/make.ts';

const BASE45 = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'];
const FOREIGN = ['a', 'z', '\n', '\0', '_', '&', 'é', '０', '王', '😀'];

const authority = await makeAuthority();
const { keys, trusted, trust, text: trustText } = authority;
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

/** Every text that differs from `text` by one character put in place, put in or left out. */
function* mutants(text: string, alphabet: readonly string[]): Generator<string> {
  for (let at = 0; at <= text.length; at++) {
    const [before, after] = [text.slice(0, at), text.slice(at + 1)];
    if (at < text.length && text[at] !== text[at - 1]) yield before + after;
    for (const character of alphabet) {
      if (at < text.length && character !== text[at]) yield before + character + after;
      if (character !== text[at]) yield before + character + text.slice(at);
    }
  }
}

/** Those that are taken, and how many were tried. */
async function taken(texts: Iterable<string>, opens: (text: string) => Promise<boolean>) {
  const accepted: string[] = [];
  let tried = 0;
  for (const text of texts) {
    tried++;
    if (await opens(text)) accepted.push(text);
  }
  return { accepted, tried };
}

test.each(['live', 'printed'] as const)(
  'no change of one character of a %s code is accepted',
  async (kind) => {
    const text = codeToText(codes[kind]);
    const opens = async (changed: string) => (await readCode(changed, trusted)).ok;
    expect(await opens(text)).toBe(true);
    const { accepted, tried } = await taken(mutants(text, [...BASE45, ...FOREIGN]), opens);
    expect(accepted).toEqual([]);
    expect(tried).toBeGreaterThan(text.length * 100);
  },
  120_000,
);

test.each(['live', 'printed'] as const)(
  'no flip of one bit of the bytes of a %s code is accepted',
  async (kind) => {
    const bytes = pack(codes[kind]);
    function* flipped(): Generator<string> {
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const copy = bytes.slice();
        copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        yield `KK1:${encodeBase45(copy)}`;
      }
    }
    const opens = async (text: string) => (await readCode(text, trusted)).ok;
    expect((await taken(flipped(), opens)).accepted).toEqual([]);
  },
  60_000,
);

test('no change of one character of a bulletin or a status list is accepted', async () => {
  const bulletin = await signDocument(makeBulletin(), BULLETIN.typ, keys.bulletin);
  const list = await signDocument(
    await makeStatusList([[7, 'red']]),
    'statuslist+jwt',
    keys.status,
  );
  const openers: [string, (text: string) => Promise<boolean>][] = [
    [bulletin, async (text) => (await openDocument(text, BULLETIN, trusted)).ok],
    [list, async (text) => (await openStatusList(text, 0, trusted)).ok],
  ];
  for (const [text, opens] of openers) {
    expect(await opens(text)).toBe(true);
    const changed = mutants(text, ['A', 'b', '9', '-', '_', '.', '=', ' ', '\n', '\ufeff']);
    expect((await taken(changed, opens)).accepted).toEqual([]);
  }
}, 60_000);

test('no change of one character of a trust document is accepted', async () => {
  const thumbprint = await rootThumbprint(trust.root);
  const opens = async (text: string) => (await openTrust(text, { thumbprint })).ok;
  expect(await opens(trustText)).toBe(true);
  const changed = mutants(trustText, ['A', 'b', '9', '-', '.', '"', '{', ' ', '\n', '\ufeff']);
  expect((await taken(changed, opens)).accepted).toEqual([]);
}, 60_000);

test('the stray bits of a last base64url character are no second spelling', () => {
  const text = toBase64url(new Uint8Array(64));
  const spellings = [...'ABCDEFGHIJKLMNOP'].filter((last) =>
    fromBase64url(text.slice(0, -1) + last),
  );
  expect(spellings).toEqual(['A']);
});
