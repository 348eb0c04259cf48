import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../../../src/core/bytes.ts';
import { SHARD_SIZE } from '../../../src/core/code/claims.ts';
import {
  buildStatusBits,
  inflateBits,
  SHARD_BYTES,
  STATUSES,
  type Status,
} from '../../../src/core/documents/status-bits.ts';
import { openStatusList, statusOf } from '../../../src/core/documents/status-list.ts';
import { ISSUER, makeAuthority, makeStatusList, signDocument } from '../make.ts';

const { keys, trusted } = await makeAuthority();
const sign = (claims: unknown, header = {}) =>
  signDocument(claims, 'statuslist+jwt', keys.status, header);
const refused = (reason: string) => ({ ok: false, reason });

/** Opens a list whose `lst` is this text, whatever it is. */
async function openLst(lst: string) {
  const claims = await makeStatusList([], { status_list: { bits: 2, lst } });
  return openStatusList(await sign(claims), 0, trusted);
}

/** Everything but 0, by index. */
function entriesIn(bits: Uint8Array<ArrayBuffer>): Record<number, number> {
  const values = Array.from({ length: bits.length * 4 }, (_, i) => [
    i,
    STATUSES.indexOf(statusOf({ shard: 0, bits }, i) ?? 'as-issued'),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== 0));
}

/** Of its appendix with test vectors. */
const TWO_BITS =
  'eNrt2zENACEQAEEuoaBABP5VIO01fCjIHTMStt9ovGVIAAAAAABAbiEBAAAAAAAAAAAAAAAAAAAAAAAAAAAA' +
  'AAAAAAAAAAAAAEB5WwIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' +
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAID0ugQAAAAAAAAAAAAAAAAAQG12SgAAAAAAAAAAAAAA' +
  'AAAAAAAAAAAAAOCSIQEAAAAAAAAAAAAAAAAAAAAAAAD8ExIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' +
  'AAAAwJEuAQAAAAAAAAAAAAAAAAAAAAAAAMB9SwIAAAAAAAAAAAAAAAAAAACoYUoAAAAAAAAAAAAAAEBqH81g' +
  'AQw';
const ONE_BIT =
  'eNrt3AENwCAMAEGogklACtKQPg9LugC9k_ACvreiogEAAKkeCQAAAAAAAAAAAAAAAAAAAIBylgQAAAAAAAAA' +
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAXG9IAAAAAAAAAPwsJAAAAAAAAAAAAAAAvhsSAAAA' +
  'AAAAAAAA7KpLAAAAAAAAAAAAAAAAAAAAAJsLCQAAAAAAAAAAADjelAAAAAAAAAAAKjDMAQAAAACAZC8L2AEb';

describe('the examples of draft-ietf-oauth-status-list', () => {
  test('its 2-bit example is read as it says', async () => {
    const opened = await openLst('eNo76fITAAPfAgc');
    if (!opened.ok) throw new Error(opened.reason);
    const values = Array.from({ length: 12 }, (_, i) =>
      STATUSES.indexOf(statusOf(opened.value, i) ?? 'as-issued'),
    );
    expect(values).toEqual([1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]);
    expect(statusOf(opened.value, 12)).toBeUndefined();
  });

  test('its 2-bit test vector of 2^20 entries, the size of a shard, is read as it says', async () => {
    const opened = await openLst(TWO_BITS);
    if (!opened.ok) throw new Error(opened.reason);
    const { bits } = opened.value;
    expect(bits.length).toBe(SHARD_BYTES);
    expect(entriesIn(bits)).toEqual({
      ...{ 0: 1, 1993: 2, 25460: 1, 159495: 3, 495669: 1, 554353: 1, 645645: 2 },
      ...{ 723232: 1, 854545: 1, 934534: 2, 1000345: 3 },
    });
  });

  // Lists of 4 and 8 bits are not of this protocol, and neither are those of 1 bit.
  test('its 1-bit examples inflate to their bytes; as a list of ours they are refused', async () => {
    const packed = fromBase64url('eNrbuRgAAhcBXQ') ?? new Uint8Array();
    expect(await inflateBits(packed)).toEqual(new Uint8Array([0xb9, 0xa3]));
    const vector = await inflateBits(fromBase64url(ONE_BIT) ?? new Uint8Array());
    expect(vector?.length).toBe(SHARD_SIZE / 8);
    expect([1993, 25460, 1000345].map((i) => ((vector?.[i >> 3] ?? 0) >> (i & 7)) & 1)).toEqual([
      1, 1, 1,
    ]);
    const status_list = { bits: 1 as 2, lst: 'eNrbuRgAAhcBXQ' };
    const text = await sign({ ...(await makeStatusList()), status_list });
    expect(await openStatusList(text, 0, trusted)).toEqual(refused('malformed'));
  });
});

test('what was set is read, and everything else is as issued', async () => {
  const entries: [number, Status][] = [
    [0, 'red'],
    [1, 'yellow'],
    [2, 'void'],
    [5, 'red'],
    [SHARD_SIZE - 1, 'yellow'],
  ];
  const opened = await openStatusList(await sign(await makeStatusList(entries)), 0, trusted);
  if (!opened.ok) throw new Error(opened.reason);
  for (const [index, status] of entries) expect(statusOf(opened.value, index)).toBe(status);
  for (const index of [3, 4, 6, 1000, SHARD_SIZE - 2]) {
    expect(statusOf(opened.value, index)).toBe('as-issued');
  }
  expect(opened.value).toMatchObject({ shard: 0, version: 1 });
});

test('an index of another shard is not in the list, on either side', async () => {
  const claims = await makeStatusList([[3, 'red']], { sub: `${ISSUER}/status/1` });
  const opened = await openStatusList(await sign(claims), 1, trusted);
  if (!opened.ok) throw new Error(opened.reason);
  expect(statusOf(opened.value, SHARD_SIZE + 3)).toBe('red');
  for (const index of [0, 3, SHARD_SIZE - 1, 2 * SHARD_SIZE, 2 * SHARD_SIZE + 3]) {
    expect(statusOf(opened.value, index)).toBeUndefined();
  }
});

test('the list of another shard or another authority is refused', async () => {
  const own = await sign(await makeStatusList());
  expect(await openStatusList(own, 1, trusted)).toEqual(refused('wrong-list'));
  const sub = 'https://wuhan.example/status/0';
  const other = await sign(await makeStatusList([], { sub }));
  expect(await openStatusList(other, 0, trusted)).toEqual(refused('wrong-list'));
});

test('a list of another authority with its own keys is refused', async () => {
  const { keys: strange } = await makeAuthority();
  const text = await signDocument(await makeStatusList(), 'statuslist+jwt', strange.status);
  expect(await openStatusList(text, 0, trusted)).toEqual(refused('unknown-key'));
});

test.each([
  ['one bit an entry', { bits: 1 as 2, lst: 'eNo76fITAAPfAgc' }],
  ['no bits', { lst: 'eNo76fITAAPfAgc' } as { bits: 2; lst: string }],
  ['an aggregation address', { bits: 2 as const, lst: 'eNo76fITAAPfAgc', aggregation_uri: 'x' }],
  ['a padded list', { bits: 2 as const, lst: 'eNo76fITAAPfAgc=' }],
])('a list with %s is malformed', async (_, status_list) => {
  const text = await sign({ ...(await makeStatusList()), status_list });
  expect(await openStatusList(text, 0, trusted)).toEqual(refused('malformed'));
});

describe('inflating', () => {
  const openPacked = (packed: Uint8Array) => openLst(toBase64url(packed));

  test('a full shard that nothing compresses fits', async () => {
    const bits = Uint8Array.from({ length: SHARD_BYTES }, (_, i) => i * 31);
    // Stored, not compressed: as large as a list can be on the wire.
    const opened = await openPacked(deflateSync(bits, { level: 0 }));
    expect(opened.ok && Buffer.compare(opened.value.bits, bits)).toBe(0);
  });

  test('one byte more than a shard is refused', async () => {
    expect((await openPacked(deflateSync(new Uint8Array(SHARD_BYTES)))).ok).toBe(true);
    expect(await openPacked(deflateSync(new Uint8Array(SHARD_BYTES + 1)))).toEqual(
      refused('malformed'),
    );
  });

  test('a bomb is refused', async () => {
    const bomb = deflateSync(new Uint8Array(32 * 1024 * 1024), { level: 9 });
    expect(await openPacked(bomb)).toEqual(refused('malformed'));
  });

  const bits = buildStatusBits([[9, 'red']]);
  const whole = deflateSync(bits);
  test.each([
    ['nothing', new Uint8Array()],
    ['a cut stream', whole.subarray(0, whole.length - 10)],
    ['a stream without its checksum', whole.subarray(0, whole.length - 4)],
    ['a wrong checksum', Buffer.concat([whole.subarray(0, -1), Buffer.from([0xaa])])],
    ['raw deflate', deflateRawSync(bits)],
    ['gzip', gzipSync(bits)],
    ['no compression at all', Buffer.from('not zlib')],
  ])('%s is refused', async (_, packed) => {
    expect(await openPacked(packed)).toEqual(refused('malformed'));
  });
});
