import { expect, test } from 'vitest';
import { importDeviceKey, nodeTools, signJws } from '../../src/authority/ingest/node-tools.ts';
import { isSignedBy } from '../../src/core/code/jws.ts';
import { openBatch, openBatchWith, signBatch } from '../../src/core/record/batch.ts';
import { emptyHead, headsAfter } from '../../src/core/record/chain.ts';
import { makeKey } from '../core/make.ts';

const key = await makeKey();
const other = await makeKey();
const records = ['sealed.1', 'sealed.2', '记录', ''];

test('a chain is the same as core makes it', async () => {
  const before = await emptyHead('A'.repeat(43));
  expect(nodeTools.headsAfter(before, 7, records)).toEqual(await headsAfter(before, 7, records));
});

test('what it signs core verifies, and what it does not verify core does not either', async () => {
  const jws = signJws({ alg: 'ES256', typ: 'x' }, { a: 1 }, key.privateKey);
  expect(await isSignedBy(jws, key.publicKey)).toBe(true);
  for (const text of [jws, `${jws.slice(0, -4)}AAAA`, jws.replace('.', '.A')]) {
    for (const { jwk, publicKey } of [key, other]) {
      const verified = nodeTools.isSignedBy(text, importDeviceKey(jwk));
      expect(verified).toBe(await isSignedBy(text, publicKey));
    }
  }
});

test('a batch opens to the same as with core alone', async () => {
  const device = 'A'.repeat(43);
  const before = await emptyHead(device);
  const head = (await headsAfter(before, 1, records)).at(-1) ?? '';
  const claims = { device, first: 1, last: records.length, before, head };
  const body = { batch: await signBatch(claims, key.privateKey), records };
  const opened = await openBatchWith(nodeTools, body, importDeviceKey(key.jwk));
  expect(opened.ok).toBe(true);
  expect(opened).toEqual(await openBatch(body, key.publicKey));
});
