import { decodeProtectedHeader } from 'jose/decode/protected_header';
import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { fromUtf8 } from '../../../src/core/bytes.ts';
import { currentKey } from '../../../src/core/documents/trust.ts';
import { BatchBody } from '../../../src/core/record/batch.ts';
import { type PlainRecord, RecordSchema } from '../../../src/core/record/record.ts';
import { SEALED_TYP, seal } from '../../../src/core/record/seal.ts';
import { makeAuthority, NOW } from '../make.ts';

const { keys, trusted } = await makeAuthority();
const sealingKey = currentKey(trusted, 'sealing', NOW);
if (!sealingKey) throw new Error('no sealing key');

/** Every member there can be, each as long as it can be. */
const record: PlainRecord = {
  v: 1,
  device: 'A'.repeat(43),
  n: Number.MAX_SAFE_INTEGER,
  at: NOW,
  verdict: 'unverified',
  reason: 'status-out-of-range',
  overridden: 'implausible-reading',
  override: 'emergency',
  code: {
    sub: 'A'.repeat(64),
    kind: 'printed',
    colour: 'yellow',
    area: '420606',
    statusIndex: 2 ** 28 - 1,
    issuedAt: NOW,
    relationship: 'grandparent',
  },
  document: { type: 'resident-id', number: '证'.repeat(64) },
  reading: { tenths: 376, site: 'forehead', instrument: 'bluetooth' },
  ages: { trust: NOW, bulletin: NOW, status: NOW },
  amber: ['trust', 'bulletin', 'status'],
};

test('what is sealed is opened by the authority, and says the same', async () => {
  const sealed = await seal(record, sealingKey);
  const { plaintext } = await compactDecrypt(sealed, keys.sealing.privateKey);
  expect(v.parse(RecordSchema, JSON.parse(fromUtf8(plaintext) ?? ''))).toEqual(record);
});

test('the header names the key and the way, and nothing of the record', async () => {
  const header = decodeProtectedHeader(await seal(record, sealingKey));
  expect(header).toMatchObject({
    alg: 'ECDH-ES',
    enc: 'A256GCM',
    kid: keys.sealing.kid,
    typ: SEALED_TYP,
  });
  expect(Object.keys(header).sort()).toEqual(['alg', 'enc', 'epk', 'kid', 'typ']);
});

test('the device that sealed it holds no key that opens it', () => {
  expect(sealingKey.key).toMatchObject({ type: 'public', usages: [] });
});

test('the same record sealed twice is not the same text', async () => {
  expect(await seal(record, sealingKey)).not.toBe(await seal(record, sealingKey));
});

test('no change of one character of a sealed record is opened', async () => {
  const sealed = await seal(record, sealingKey);
  const opened: number[] = [];
  for (let at = 0; at < sealed.length; at += 7) {
    const other = sealed[at] === 'A' ? 'B' : 'A';
    const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
    const open = compactDecrypt(changed, keys.sealing.privateKey).then(
      () => opened.push(at),
      () => undefined,
    );
    await open;
  }
  expect(opened).toEqual([]);
});

test('the longest record fits into a batch', async () => {
  const body = { batch: 'x', records: [await seal(record, sealingKey)] };
  expect(v.safeParse(BatchBody, body).success).toBe(true);
});
