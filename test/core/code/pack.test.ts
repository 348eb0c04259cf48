import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/bytes.ts';
import { type Claims, EPOCH } from '../../../src/core/code/claims.ts';
import { type PackedCode, pack, unpack } from '../../../src/core/code/pack.ts';
import { liveClaims, makeKey, NOW, printedClaims } from '../make.ts';

const DAY = 86_400;
const signature = new Uint8Array(64).fill(0xab);
const { jwk } = await makeKey();
const kid = toBase64url(new Uint8Array([0xa0, 0xa1, 0xa2, 0xa3]));
const live = liveClaims(kid, jwk);
const printed = printedClaims(kid);

test('a printed code is laid out as docs/code-format.md says', () => {
  const bytes = pack({ claims: printed, signature });
  const minutes = (printed.issuedAt - EPOCH) / 60;
  expect(Buffer.from(bytes).toString('hex')).toBe(
    [
      '80', // printed, green
      'a0a1a2a3', // kid
      '0102030405060708', // sub
      minutes.toString(16).padStart(6, '0'), // iat
      '0e', // exp: 14 days later
      '3c', // checked in 60 minutes before iat
      'c0c407', // status index 123456
      '066afe', // area 420606
      `07${Buffer.from('王*明').toString('hex')}`, // name
      `03${'09'}${Buffer.from('王小红').toString('hex')}`, // daughter, guardian's name
      'ab'.repeat(64), // signature
    ].join(''),
  );
});

describe('what does not fit the format is not written', () => {
  const unfit: [string, Claims][] = [
    ['exp at iat', { ...live, expiresAt: live.issuedAt }],
    ['exp before iat', { ...live, expiresAt: live.issuedAt - DAY }],
    ['exp 32 days after iat', { ...live, expiresAt: live.issuedAt + 32 * DAY }],
    ['exp ten years after iat', { ...live, expiresAt: live.issuedAt + 3652 * DAY }],
    ['exp of half a day', { ...live, expiresAt: live.issuedAt + DAY / 2 }],
    ['exp = 1e300', { ...live, expiresAt: 1e300 }],
    ['exp that is no number', { ...live, expiresAt: Number.NaN }],
    ['iat before 2020', { ...live, issuedAt: EPOCH - 60, expiresAt: EPOCH - 60 + DAY }],
    ['iat with seconds', { ...live, issuedAt: NOW + 1, expiresAt: NOW + 1 + DAY }],
    [
      'iat beyond 24 bits of minutes',
      { ...live, issuedAt: EPOCH + 2 ** 24 * 60, expiresAt: EPOCH + 2 ** 24 * 60 + DAY },
    ],
    ['a check-in after iat', { ...live, checkedInAt: live.issuedAt + 60 }],
    ['a check-in with seconds', { ...live, checkedInAt: live.issuedAt - 61 }],
    ['a check-in more than 31 days ago', { ...live, checkedInAt: live.issuedAt - 31 * DAY - 60 }],
    ['a status index of 2^28', { ...live, statusIndex: 2 ** 28 }],
    ['a negative status index', { ...live, statusIndex: -1 }],
    ['a broken status index', { ...live, statusIndex: 1.5 }],
    ['an area of five digits', { ...live, area: '42060' }],
    ['an area of seven digits', { ...live, area: '4206060' }],
    ['an area that begins with zero', { ...live, area: '020606' }],
    ['an area that is no number', { ...live, area: '4206O6' }],
    ['a kid of three bytes', { ...live, kid: 'AAAA' }],
    ['a kid with stray bits', { ...live, kid: 'AAAAAB' }],
    ['a kid with padding', { ...live, kid: 'AAAAAA==' }],
    ['a sub of seven bytes', { ...live, sub: toBase64url(new Uint8Array(7)) }],
    ['a sub of nine bytes', { ...live, sub: toBase64url(new Uint8Array(9)) }],
    ['a colour that there is not', { ...live, colour: 'blue' as 'red' }],
    ['a holder without y', { ...live, holder: { x: jwk.x, y: '' } }],
    [
      'a relationship that there is not',
      { ...printed, guardian: { name: '王小红', relationship: 'friend' as 'son' } },
    ],
    [
      'a guardian name of 14 bytes',
      { ...printed, guardian: { name: '欧阳慕容ab', relationship: 'son' } },
    ],
    ['a guardian without a name', { ...printed, guardian: { name: '', relationship: 'son' } }],
  ];
  test.each(unfit)('%s', (_, claims) => {
    expect(() => pack({ claims, signature })).toThrow(
      expect.objectContaining({ code: 'code-out-of-range' }),
    );
  });

  const unfitCodes: [string, PackedCode][] = [
    ['a short signature', { claims: live, signature: new Uint8Array(63) }],
    ['a DER signature', { claims: live, signature: new Uint8Array(71) }],
    ['a proof on a printed code', { claims: printed, signature, proof: { at: NOW, signature } }],
    [
      'a proof from before the code',
      { claims: live, signature, proof: { at: live.issuedAt - 1, signature } },
    ],
    [
      'a proof 32 days later',
      { claims: live, signature, proof: { at: live.issuedAt + 32 * DAY, signature } },
    ],
    [
      'a proof with a short signature',
      { claims: live, signature, proof: { at: NOW, signature: new Uint8Array(10) } },
    ],
  ];
  test.each(unfitCodes)('%s', (_, code) => {
    expect(() => pack(code)).toThrow(expect.objectContaining({ code: 'code-out-of-range' }));
  });
});

/** The bytes of a printed code with its name replaced, whatever the name is. */
function withName(name: Uint8Array): Uint8Array {
  const bytes = pack({ claims: printed, signature });
  const at = 1 + 4 + 8 + 3 + 1 + 1 + 3 + 3;
  return new Uint8Array([
    ...bytes.slice(0, at),
    name.length,
    ...name,
    ...bytes.slice(at + 1 + (bytes[at] ?? 0)),
  ]);
}

describe('a name is something to read aloud', () => {
  test.each([
    ['Chinese', '欧阳锋'],
    ['masked', '王**'],
    ['Uyghur with its dot', 'ئا·ئ'],
    ['Latin with an accent, composed', 'Zoé'],
    ['a character younger than many engines', '𰻝'],
    ['markup, which is only text', '<b>x</b>'],
    ['quotes and a backslash', `"'\\`],
  ])('%s is kept: %j', (_, name) => {
    const code = unpack(withName(Buffer.from(name)));
    expect(code?.claims.name).toBe(name);
  });

  test.each([
    ['empty', ''],
    ['ten bytes', '王**王**ab'],
    ['a line end', 'a\nb'],
    ['a zero byte', 'a\0b'],
    ['an escape', 'a\x1bb'],
    ['a C1 control', 'a\x85b'],
    ['a right-to-left override', 'a\u202eb'],
    ['a bidi isolate', 'a\u2066b'],
    ['a zero-width space', 'a\u200bb'],
    ['a soft hyphen', 'a\u00adb'],
    ['a byte order mark', 'a\ufeffb'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['a private character', 'a\ue000b'],
    ['a tag character', 'a\u{e0041}b'],
    ['a variation selector', 'a\ufe0fb'],
    ['an invisible Hangul filler', '\u3164'],
    ['an accent that is not composed', 'Zoe\u0301'],
    ['a compatibility ideograph that NFC replaces', '\uf900'],
    ['a leading space', ' ab'],
    ['a trailing ideographic space', 'ab\u3000'],
    ['nothing but a space', ' '],
  ])('%s is refused: %j', (_, name) => {
    expect(unpack(withName(Buffer.from(name)))).toBeUndefined();
    expect(() => pack({ claims: { ...printed, name }, signature })).toThrow('"name"');
  });

  test.each([
    ['an overlong zero', [0xc0, 0x80]],
    ['a lone continuation byte', [0x80]],
    ['half a character', [0xe7, 0x8e]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
  ])('bytes that are no UTF-8 are refused: %s', (_, bytes) => {
    expect(unpack(withName(Uint8Array.from(bytes)))).toBeUndefined();
  });
});

describe('there is one spelling only', () => {
  const bytes = pack({ claims: printed, signature });
  const liveBytes = pack({ claims: live, signature });
  const flags = (from: Uint8Array, value: number) => new Uint8Array([value, ...from.slice(1)]);

  test.each([0x81, 0x82, 0x84, 0x88, 0xc0])('a printed code with flags %d is refused', (value) => {
    expect(unpack(flags(bytes, value))).toBeUndefined();
  });
  test.each([0x01, 0x02, 0x04, 0x40])('a live code with the spare flag %d is refused', (value) => {
    expect(unpack(flags(liveBytes, (liveBytes[0] ?? 0) | value))).toBeUndefined();
  });

  test('a varint with a needless byte is refused', () => {
    const at = 1 + 4 + 8 + 3 + 1;
    expect(bytes[at]).toBe(60);
    const longer = new Uint8Array([...bytes.slice(0, at), 0xbc, 0x00, ...bytes.slice(at + 1)]);
    expect(unpack(longer)).toBeUndefined();
  });

  test('bytes that are missing and bytes that are left over are refused', () => {
    for (const whole of [bytes, liveBytes]) {
      expect(unpack(whole)).toBeDefined();
      for (let length = 0; length < whole.length; length++) {
        expect(unpack(whole.slice(0, length))).toBeUndefined();
      }
      expect(unpack(new Uint8Array([...whole, 0]))).toBeUndefined();
    }
  });

  test('an unknown relationship and an x without a point are refused', () => {
    const guardianAt = 1 + 4 + 8 + 3 + 1 + 1 + 3 + 3 + 1 + 7;
    const stranger = bytes.slice();
    stranger[guardianAt] = 10;
    expect(unpack(stranger)).toBeUndefined();
    const noPoint = liveBytes.slice();
    noPoint.fill(0xff, guardianAt, guardianAt + 32);
    expect(unpack(noPoint)).toBeUndefined();
  });
});
