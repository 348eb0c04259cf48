import { expect, test, vi } from 'vitest';
import { encodeBase45 } from '../../../src/core/code/base45.ts';
import { pack } from '../../../src/core/code/pack.ts';
import { codeFromText } from '../../../src/core/code/text.ts';
import { printedClaims } from '../make.ts';

test.each([
  ['', 'not-a-code'],
  ['https://example.com/', 'not-a-code'],
  ['6923450657713', 'not-a-code'],
  ['<script>alert(1)</script>', 'not-a-code'],
  ['KK:', 'not-a-code'],
  ['kk1:AB', 'not-a-code'],
  [' KK1:AB', 'not-a-code'],
  ['\ufeffKK1:AB', 'not-a-code'],
  ['KK2:AB', 'other-version'],
  ['KK01:AB', 'other-version'],
  ['KK999:', 'other-version'],
  ['KK1000:', 'not-a-code'],
  ['KK1:', 'damaged'],
  ['KK1:0', 'damaged'],
  ['KK1:bb8', 'damaged'],
  [`KK1:${'0'.repeat(307)}`, 'damaged'],
  [`KK1:${'0'.repeat(5_000_000)}`, 'damaged'],
])('%.30j is %s', (text, reason) => {
  expect(codeFromText(text)).toEqual({ ok: false, reason });
});

test('a text longer than any code is refused before it is decoded', () => {
  const bytes = pack({ claims: printedClaims('AAAAAA'), signature: new Uint8Array(64) });
  const text = `KK1:${encodeBase45(bytes)}`;
  const read = vi.spyOn(String.prototype, 'charCodeAt');
  expect(codeFromText(text).ok).toBe(true);
  expect(read).toHaveBeenCalled();
  read.mockClear();
  expect(codeFromText(text.padEnd(312, '0'))).toEqual({ ok: false, reason: 'damaged' });
  expect(read).not.toHaveBeenCalled();
  expect(codeFromText(text.padEnd(310, '0'))).toEqual({ ok: false, reason: 'damaged' });
  expect(read).toHaveBeenCalled();
  read.mockRestore();
});

test('white space and line ends that a hand-held reader adds are not part of a code', () => {
  const bytes = pack({ claims: printedClaims('AAAAAA'), signature: new Uint8Array(64) });
  for (const end of ['\n', '\r\n', ' ', '\t', '\0']) {
    expect(codeFromText(`KK1:${encodeBase45(bytes)}${end}`).ok).toBe(false);
  }
});
