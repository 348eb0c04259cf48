import { expect, test } from 'vitest';
import { openDocument } from '../../../src/core/documents/signed.ts';
import { KEY_ROLES } from '../../../src/core/documents/trust.ts';
import { RECEIPT, type Receipt } from '../../../src/core/record/receipt.ts';
import { ISSUER, makeAuthority, NOW, signDocument } from '../make.ts';

const { keys, trusted } = await makeAuthority();
const receipt: Receipt = {
  iss: ISSUER,
  device: 'A'.repeat(43),
  first: 1,
  last: 3,
  head: 'A'.repeat(43),
  iat: NOW,
};
const open = (text: string) => openDocument(text, RECEIPT, trusted);

test('a receipt by the receipt key opens', async () => {
  const text = await signDocument(receipt, RECEIPT.typ, keys.receipt);
  expect(await open(text)).toEqual({ ok: true, value: receipt });
});

test.each(KEY_ROLES.filter((role) => role !== 'receipt' && role !== 'sealing'))(
  'a receipt by the %s key is refused',
  async (role) => {
    const text = await signDocument(receipt, RECEIPT.typ, keys[role]);
    expect(await open(text)).toEqual({ ok: false, reason: 'unknown-key' });
  },
);

test('a receipt of another authority, or for more than it covers, is refused', async () => {
  const elsewhere = { ...receipt, iss: 'https://wuhan.example' };
  expect(await open(await signDocument(elsewhere, RECEIPT.typ, keys.receipt))).toEqual({
    ok: false,
    reason: 'wrong-issuer',
  });
  const wider = { ...receipt, last: Number.POSITIVE_INFINITY };
  expect(await open(await signDocument(wider, RECEIPT.typ, keys.receipt))).toEqual({
    ok: false,
    reason: 'malformed',
  });
});
