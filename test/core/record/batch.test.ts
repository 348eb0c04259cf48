import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { sha256, toBase64url } from '../../../src/core/bytes.ts';
import {
  BatchBody,
  type BatchClaims,
  MAX_BATCH_RECORDS,
  openBatch,
  signBatch,
} from '../../../src/core/record/batch.ts';
import { emptyHead, headsAfter, nextHead } from '../../../src/core/record/chain.ts';
import { type KeyPair, makeKey, signDocument, twin } from '../make.ts';

const records = ['sealed.1', 'sealed.2', 'sealed.3'];
let key: KeyPair;
let claims: BatchClaims;
let body: BatchBody;
beforeAll(async () => {
  key = await makeKey();
  const device = await calculateJwkThumbprint(key.jwk);
  const before = await emptyHead(device);
  const heads = await headsAfter(before, 1, records);
  claims = { device, first: 1, last: 3, before, head: heads.at(-1) ?? '' };
  body = { batch: await signBatch(claims, key.privateKey), records };
});

const reasonFor = async (changed: Partial<BatchBody>) => {
  const opened = await openBatch({ ...body, ...changed }, key.publicKey);
  return opened.ok ? 'ok' : opened.reason;
};
const signed = (changes: object) => signBatch({ ...claims, ...changes }, key.privateKey);

describe('the chain', () => {
  test('is what docs/protocol.md says: SHA-256 over the head, the number and the record', async () => {
    const head = await emptyHead('device');
    expect(head).toBe(toBase64url(await sha256('kakou-chain:device')));
    expect(await nextHead(head, 7, 'sealed')).toBe(toBase64url(await sha256(`${head}.7.sealed`)));
  });

  test('can be taken up anywhere', async () => {
    const whole = await headsAfter(claims.before, 1, records);
    const rest = await headsAfter(whole[0] ?? '', 2, records.slice(1));
    expect(rest).toEqual(whole.slice(1));
  });

  test('of two devices never has the same head', async () => {
    expect(await emptyHead('a')).not.toBe(await emptyHead('b'));
  });
});

test('a batch opens with the head after each of its records', async () => {
  const opened = await openBatch(body, key.publicKey);
  expect(opened).toEqual({
    ok: true,
    value: { claims, heads: await headsAfter(claims.before, 1, records) },
  });
});

test('the twin of its signature changes nothing', async () => {
  const [header, payload, signature = ''] = body.batch.split('.');
  const other = toBase64url(twin(Buffer.from(signature, 'base64url')));
  expect(await reasonFor({ batch: `${header}.${payload}.${other}` })).toBe('ok');
});

describe('a batch is refused', () => {
  test('when a record is changed, lost, doubled, swapped or renumbered', async () => {
    const [one = '', two = '', three = ''] = records;
    expect(await reasonFor({ records: [one, two, 'sealed.4'] })).toBe('broken-chain');
    expect(await reasonFor({ records: [one, three, two] })).toBe('broken-chain');
    expect(await reasonFor({ records: [one, one, two] })).toBe('broken-chain');
    expect(await reasonFor({ records: [one, two] })).toBe('malformed');
    expect(await reasonFor({ records: [one, two, three, three] })).toBe('malformed');
    expect(await reasonFor({ batch: await signed({ first: 2, last: 4 }) })).toBe('broken-chain');
  });

  test('when it does not begin where it says', async () => {
    const before = await emptyHead('another');
    expect(await reasonFor({ batch: await signed({ before }) })).toBe('broken-chain');
  });

  test('when another device signed it', async () => {
    const thief = await makeKey();
    const batch = await signBatch(claims, thief.privateKey);
    expect(await reasonFor({ batch })).toBe('bad-signature');
  });

  test('when its claims were changed after it was signed', async () => {
    const [header, , signature] = body.batch.split('.');
    const payload = toBase64url(Buffer.from(JSON.stringify({ ...claims, head: claims.before })));
    expect(await reasonFor({ batch: `${header}.${payload}.${signature}` })).toBe('bad-signature');
  });

  test.each([
    ['a last before its first', { first: 3, last: 1 }],
    ['number 0', { first: 0, last: 2 }],
    ['half a number', { first: 0.5, last: 2.5 }],
    ['a member more', { aud: 'someone' }],
    ['a head with stray bits', { head: `${'A'.repeat(42)}B` }],
  ])('when it has %s', async (_, changes) => {
    expect(await reasonFor({ batch: await signed(changes) })).toBe('malformed');
  });

  test('when its header says anything but alg and typ', async () => {
    const headers = [
      {},
      { kid: undefined, jku: 'https://evil.example' },
      { kid: undefined, typ: 'JWT' },
    ];
    for (const header of headers) {
      const batch = await signDocument(claims, 'batch+jwt', key, header);
      expect(await reasonFor({ batch })).toBe('malformed');
    }
    const same = await signDocument(claims, 'batch+jwt', key, { kid: undefined });
    expect(await reasonFor({ batch: same })).toBe('ok');
  });

  test('when it is spelt in another way', async () => {
    for (const batch of [`${body.batch}\n`, `${body.batch}=`, ` ${body.batch}`, '', '..']) {
      expect(await reasonFor({ batch })).toBe('malformed');
    }
  });
});

test.each([
  ['no records', []],
  ['more records than a batch holds', Array.from({ length: MAX_BATCH_RECORDS + 1 }, () => 'x')],
  ['a record that is too long', ['x'.repeat(8193)]],
  ['a record that is no text', [7]],
])('a body with %s is refused before anything is verified', (_, given) => {
  expect(v.safeParse(BatchBody, { batch: 'x', records: given }).success).toBe(false);
});
