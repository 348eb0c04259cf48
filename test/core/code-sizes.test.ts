import { correction, generate, mode } from 'lean-qr';
import { expect, test } from 'vitest';
import { readCode } from '../../src/core/code/read.ts';
import { codeToText } from '../../src/core/code/text.ts';
import { issueCode, proveCode } from '../../src/core/code/write.ts';
import { ISSUER, liveClaims, makeAuthority, makeKey, NOW, printedClaims } from './make.ts';

/** Every field as long as the format lets it be. */
const longest = { name: '欧阳锋', statusIndex: 2 ** 28 - 1, checkedInAt: NOW - 7200 - 30 * 86_400 };

function qrVersion(text: string): number {
  const code = generate(text, {
    modes: [mode.alphaNumeric],
    minCorrectionLevel: correction.M,
    maxCorrectionLevel: correction.M,
  });
  return (code.size - 17) / 4;
}

test('a live code with its proof is at most a version 10 QR at ECC M, and reads back', async () => {
  const { keys, trusted } = await makeAuthority();
  const holder = await makeKey();
  const claims = liveClaims(keys.code.kid, holder.jwk, longest);
  const code = await issueCode(claims, ISSUER, keys.code.privateKey);
  const text = codeToText(await proveCode(code, ISSUER, holder.privateKey, NOW + 25 * 86400));
  console.log(text.length, qrVersion(text));
  expect(qrVersion(text)).toBeLessThanOrEqual(10);
  expect(await readCode(text, trusted)).toEqual({
    ok: true,
    value: { claims, provedAt: NOW + 25 * 86400 },
  });
});

test('a printed code is at most a version 7 QR at ECC M, and reads back', async () => {
  const { keys, trusted } = await makeAuthority();
  const claims = printedClaims(keys.code.kid, {
    ...longest,
    guardian: { name: '欧阳慕容', relationship: 'guardian' },
  });
  const code = await issueCode(claims, ISSUER, keys.code.privateKey);
  const text = codeToText(code);
  console.log(text.length, qrVersion(text));
  expect(qrVersion(text)).toBeLessThanOrEqual(7);
  expect(await readCode(text, trusted)).toEqual({ ok: true, value: { claims } });
});
