import { readFileSync } from 'node:fs';
import { correction, generate, mode } from 'lean-qr';
import { expect, test } from 'vitest';
import { GUARDIAN_BYTES, NAME_BYTES } from '../../../src/core/code/claims.ts';
import { type PackedCode, pack } from '../../../src/core/code/pack.ts';
import { codeToText } from '../../../src/core/code/text.ts';
import { liveClaims, makeKey, NOW, printedClaims } from '../make.ts';

const format = readFileSync(new URL('../../../docs/code-format.md', import.meta.url), 'utf8');
const DAY = 86_400;
const signature = new Uint8Array(64).fill(0xff);
const ordinary = { kid: 'AAAAAA', name: '王*明' };
/** Every field as long as the format lets it be. */
const longest = {
  name: '欧阳锋',
  statusIndex: 2 ** 28 - 1,
  issuedAt: NOW,
  expiresAt: NOW + 31 * DAY,
  checkedInAt: NOW - 31 * DAY,
};
const { jwk } = await makeKey();

const codes: Record<string, PackedCode> = {
  'an ordinary live code': {
    claims: liveClaims('AAAAAA', jwk, ordinary),
    signature,
    proof: { at: NOW, signature },
  },
  'the longest live code': {
    claims: liveClaims('AAAAAA', jwk, longest),
    signature,
    proof: { at: NOW + 31 * DAY, signature },
  },
  'an ordinary printed code': { claims: printedClaims('AAAAAA', ordinary), signature },
  'the longest printed code': {
    claims: printedClaims('AAAAAA', {
      ...longest,
      guardian: { name: '欧阳慕容!', relationship: 'guardian' },
    }),
    signature,
  },
};

test.each([
  ['an ordinary live code', 194, 295, 10],
  ['the longest live code', 201, 306, 10],
  ['an ordinary printed code', 107, 165, 7],
  ['the longest printed code', 116, 178, 7],
])(
  '%s is %d bytes, %d characters, and at ECC M a QR of version %d',
  (name, bytes, length, version) => {
    const code = codes[name];
    if (!code) throw new Error(name);
    const text = codeToText(code);
    expect(pack(code)).toHaveLength(bytes);
    expect(text).toHaveLength(length);
    expect(qrVersion(text)).toBe(version);
    expect(format).toContain(
      `| ${name} | ${bytes} | ${length} | ${version} | ${17 + 4 * version} |`,
    );
  },
);

test('the longest codes have names as long as the format lets them be', () => {
  const length = (text: string | undefined) => Buffer.byteLength(text ?? '');
  const printed = codes['the longest printed code']?.claims;
  expect(length(printed?.name)).toBe(NAME_BYTES);
  expect(length(printed?.kind === 'printed' ? printed.guardian.name : '')).toBe(GUARDIAN_BYTES);
});

/** In one alphanumeric segment, as the resident page draws it. */
function qrVersion(text: string): number {
  const code = generate(text, {
    modes: [mode.alphaNumeric],
    minCorrectionLevel: correction.M,
    maxCorrectionLevel: correction.M,
  });
  return (code.size - 17) / 4;
}
