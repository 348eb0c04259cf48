import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/core/bytes.ts';
import { SHARD_SIZE } from '../../../src/core/code/claims.ts';
import { buildStatusBits, STATUSES, statusAt } from '../../../src/core/documents/status-bits.ts';
import {
  applyStatusDelta,
  encodeChanges,
  openStatusDelta,
  type StatusChange,
} from '../../../src/core/documents/status-delta.ts';
import { ISSUER, makeAuthority, NOW, signDocument } from '../make.ts';

const { keys, trusted } = await makeAuthority();
const SUB = `${ISSUER}/status/0`;
const refused = (reason: string) => ({ ok: false, reason });

const CHANGES: StatusChange[] = [
  [0, 'red'],
  [7, 'as-issued'],
  [SHARD_SIZE - 1, 'void'],
];
const claimsOf = (changes: object = {}) => ({
  ...{ sub: SUB, iat: NOW, from: 3, to: 9, changes: encodeChanges(CHANGES) },
  ...changes,
});
const sign = (claims: unknown, key = keys.status, typ = 'statuslist-delta+jwt') =>
  signDocument(claims, typ, key);
const open = async (claims: object) => openStatusDelta(await sign(claims), 0, trusted);

const list = (version: number) => ({ shard: 0, version, bits: buildStatusBits([[7, 'yellow']]) });

test('a delta sets what changed and leaves the rest, and the list it is applied to', async () => {
  const delta = await open(claimsOf());
  if (!delta.ok) throw new Error(delta.reason);
  const before = list(3);
  const after = applyStatusDelta(before, delta.value);
  if (!after.ok) throw new Error(after.reason);
  expect(after.value).toMatchObject({ shard: 0, version: 9 });
  expect(Buffer.compare(after.value.bits, buildStatusBits(CHANGES))).toBe(0);
  expect(Buffer.compare(before.bits, list(3).bits)).toBe(0);
});

test('a delta leads on from every version between its two, and from no other', async () => {
  const delta = await open(claimsOf());
  if (!delta.ok) throw new Error(delta.reason);
  const outcome = (version: number) => {
    const applied = applyStatusDelta(list(version), delta.value);
    return applied.ok ? applied.value.version : applied.reason;
  };
  expect([2, 3, 5, 8].map(outcome)).toEqual(['wrong-base', 9, 9, 9]);
  // The same again, or one that comes late: replayed.
  expect([9, 10].map(outcome)).toEqual(['not-newer', 'not-newer']);
  expect(applyStatusDelta({ ...list(3), shard: 1 }, delta.value)).toEqual(refused('wrong-list'));
});

test('a delta of another shard or authority, or signed in another role, is refused', async () => {
  const { keys: strange } = await makeAuthority();
  const text = await sign(claimsOf());
  expect(await openStatusDelta(text, 1, trusted)).toEqual(refused('wrong-list'));
  expect(await open(claimsOf({ sub: 'https://wuhan.example/status/0' }))).toEqual(
    refused('wrong-list'),
  );
  for (const key of [strange.status, keys.bulletin, keys.code]) {
    expect(await openStatusDelta(await sign(claimsOf(), key), 0, trusted)).toEqual(
      refused('unknown-key'),
    );
  }
  const forged = await sign(claimsOf(), { ...strange.status, kid: keys.status.kid });
  expect(await openStatusDelta(forged, 0, trusted)).toEqual(refused('bad-signature'));
});

test('a status list is no delta, though the same key signs both', async () => {
  const text = await sign(claimsOf(), keys.status, 'statuslist+jwt');
  expect(await openStatusDelta(text, 0, trusted)).toEqual(refused('malformed'));
});

const bytes = (...values: number[]) => toBase64url(new Uint8Array(values));
test.each<[string, object]>([
  ['that leads nowhere', { to: 3 }],
  ['that leads back', { to: 2 }],
  ['with an entry beyond the shard', { changes: encodeChanges([[SHARD_SIZE, 'red']]) }],
  ['whose last number is cut off', { changes: bytes(0x83) }],
  ['with a number in a longer spelling', { changes: bytes(0x83, 0x00) }],
  ['with a number of five bytes', { changes: bytes(0x83, 0x80, 0x80, 0x80, 0x00) }],
  ['in another alphabet', { changes: '+/==' }],
  ['with a member of its own', { jku: 'https://evil.example' }],
])('a delta %s is malformed', async (_, changes) => {
  expect(await open(claimsOf(changes))).toEqual(refused('malformed'));
});

test('a delta without changes is one', async () => {
  const delta = await open(claimsOf({ changes: '' }));
  expect(delta).toMatchObject({ ok: true, value: { changes: [] } });
});

describe('whatever changes', () => {
  const entry = fc.integer({ min: 0, max: SHARD_SIZE - 1 });
  const changes = fc
    .uniqueArray(fc.tuple(entry, fc.constantFrom(...STATUSES)), {
      selector: ([one]) => one,
      maxLength: 200,
    })
    .map((all) => all.sort(([a], [b]) => a - b));

  test('is read back as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        const delta = await open(claimsOf({ changes: encodeChanges(all) }));
        expect(delta.ok && delta.value.changes).toEqual(all);
        const applied = delta.ok ? applyStatusDelta(list(5), delta.value) : undefined;
        if (!applied?.ok) throw new Error('not applied');
        for (const [at, status] of all) expect(statusAt(applied.value.bits, at)).toBe(status);
      }),
      { numRuns: 50 },
    );
  });
});
