import { correction, generate, mode } from 'lean-qr';
import { describe, expect, test } from 'vitest';
import {
  BADGE,
  type Badge,
  badgeToText,
  isBadge,
  isWholeBadge,
  readBadge,
} from '../../src/core/badge.ts';
import { utf8 } from '../../src/core/bytes.ts';
import { codeFromText } from '../../src/core/code/text.ts';
import { ISSUER, makeAuthority, makeKey, NOW, signDocument } from './make.ts';

const { keys, trusted } = await makeAuthority();
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

const badge: Badge = {
  iss: ISSUER,
  iat: NOW - 3600,
  exp: NOW + 30 * 86_400,
  badge: 'A-017',
  name: '王小明',
  role: 'steward',
};
const sign = async (changes: object = {}, key = keys.badge, typ = BADGE.typ) =>
  badgeToText(await signDocument({ ...badge, ...changes }, typ, key));
const read = (text: string, { now = NOW, barred = [] as string[] } = {}) =>
  readBadge(text, trusted, { now, barred });
const refused = (reason: string) => ({ ok: false, reason });

test('what headquarters signs is what a station reads', async () => {
  const text = await sign();
  expect(isBadge(text)).toBe(true);
  expect(await read(text)).toEqual({ ok: true, value: badge });
});

test('a badge is in force until the second of its end', async () => {
  const text = await sign();
  expect((await read(text, { now: badge.exp - 1 })).ok).toBe(true);
  expect(await read(text, { now: badge.exp })).toEqual(refused('expired'));
});

test('a badge that was lost is barred, and no other', async () => {
  const text = await sign();
  expect(await read(text, { barred: ['A-016', 'A-017'] })).toEqual(refused('barred'));
  expect((await read(text, { barred: ['A-016', 'A-0170'] })).ok).toBe(true);
});

test.each(['code', 'bulletin', 'status', 'receipt'] as const)(
  'a key for the role %s makes no badges',
  async (role) => {
    expect(await read(await sign({}, keys[role]))).toEqual(refused('unknown-key'));
  },
);

test('a stranger makes no badges, and headquarters makes them for itself alone', async () => {
  expect(await read(await sign({}, await makeKey()))).toEqual(refused('unknown-key'));
  expect(await read(await sign({ iss: 'https://elsewhere.example' }))).toEqual(
    refused('wrong-issuer'),
  );
});

test('a badge says what a badge says, and nothing else', async () => {
  for (const changes of [
    { role: 'director' },
    { badge: 'a-017' },
    { badge: 'A-017-1' },
    { name: '' },
    { name: 'x'.repeat(25) },
    { also: 'this' },
  ]) {
    expect(await read(await sign(changes))).toEqual(refused('malformed'));
  }
});

test('no character can be changed, left out or added', async () => {
  const text = await sign();
  const mutants: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const next = ALPHABET[(ALPHABET.indexOf(text.charAt(i)) + 1) % ALPHABET.length];
    mutants.push(text.slice(0, i) + next + text.slice(i + 1));
    mutants.push(text.slice(0, i) + text.slice(i + 1));
    mutants.push(`${text.slice(0, i)}0${text.slice(i)}`);
  }
  for (const mutant of mutants.filter((one) => one !== text)) {
    const outcome = await read(mutant);
    expect(outcome, mutant).toMatchObject({ ok: false });
  }
});

describe('the text', () => {
  test('is told from that of a code by its first characters', async () => {
    const text = await sign();
    expect(text.startsWith('KB1:')).toBe(true);
    expect(codeFromText(text)).toEqual(refused('not-a-code'));
    expect(isBadge('KK1:ABC')).toBe(false);
    expect(isBadge('KB2:ABC')).toBe(false);
  });

  test('says itself where it ends, for readers that do not', async () => {
    const text = await sign();
    expect(isWholeBadge(text)).toBe(true);
    for (let length = 0; length < text.length; length++) {
      expect(isWholeBadge(text.slice(0, length))).toBe(false);
    }
  });

  test('that is cut off is damaged, and so is one that is no base45', async () => {
    const text = await sign();
    for (const bad of ['KB1:', text.slice(0, 100), `${text.slice(0, -1)}!`, text.toLowerCase()]) {
      expect(await read(bad)).toEqual(refused('damaged'));
    }
    expect(await read(`KB1:${'A'.repeat(2000)}`)).toEqual(refused('damaged'));
  });

  test('is a QR of the alphanumeric set, small enough for a card of 54 mm', async () => {
    const text = await sign({ name: '欧阳上官小明', role: 'supervisor' });
    for (const character of text) expect(ALPHABET).toContain(character);
    const { size } = generate(mode.alphaNumeric(text), { minCorrectionLevel: correction.M });
    // Version 11: a module of 0.7 mm at a width of 43 mm.
    expect(size).toBeLessThanOrEqual(61);
    expect(utf8(text).length).toBe(text.length);
  });
});
