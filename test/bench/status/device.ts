import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { SHARD_SIZE } from '../../../src/core/code/claims.ts';
import {
  buildStatusBits,
  deflateBits,
  digestBits,
  inflateBits,
  type Status,
} from '../../../src/core/documents/status-bits.ts';
import { type StatusList, shardOf, statusOf } from '../../../src/core/documents/status-list.ts';
import { entropy, LISTED } from './place.ts';

/** What lists cost on a device. */
export interface Loaded {
  /** On the disk, after a delta was applied and the list packed by the browser. */
  readonly stored: number;
  /** In memory, ready for lookups. */
  readonly memory: number;
  /** To inflate one list and take its digest, milliseconds. */
  readonly open: number;
  /** One lookup, nanoseconds. */
  readonly lookup: number;
}

const LOOKUPS = 1_000_000;
const ROUNDS = 7;

export async function loadLists(packed: readonly Uint8Array[]): Promise<Loaded> {
  const before = await buffers();
  const lists: StatusList[] = [];
  const start = performance.now();
  for (const [shard, one] of packed.entries()) {
    const bits = await inflateBits(one);
    if (!bits) throw new Error('does not inflate');
    await digestBits(bits);
    lists.push({ shard, version: 1, bits });
  }
  const open = (performance.now() - start) / packed.length;
  const memory = (await buffers()) - before;
  let stored = 0;
  for (const { bits } of lists) stored += (await deflateBits(bits)).length;
  return { stored, memory, open, lookup: lookUp(lists) };
}

/** The fastest round: whatever else the machine does, it does not make a lookup faster. */
function lookUp(lists: readonly StatusList[]): number {
  const byShard = new Map(lists.map((list) => [list.shard, list]));
  const indices = Uint32Array.from({ length: 100_000 }, () =>
    Math.floor(Math.random() * lists.length * SHARD_SIZE),
  );
  let best = Number.POSITIVE_INFINITY;
  let red = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < LOOKUPS; i++) {
      const index = indices[i % indices.length] ?? 0;
      const list = byShard.get(shardOf(index));
      if (list && statusOf(list, index) === 'red') red++;
    }
    best = Math.min(best, performance.now() - start);
  }
  if (red === 0) throw new Error('nobody is red');
  return (best * 1e6) / LOOKUPS;
}

/** Bytes of all array buffers that are in use; V8 gives them back some time after it collected. */
async function buffers(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  let [bytes, before] = [0, -1];
  while (bytes !== before) {
    collect();
    await pause(100);
    before = bytes;
    bytes = process.memoryUsage().arrayBuffers;
  }
  return bytes;
}

export interface Coding {
  readonly name: string;
  readonly plain: number;
  readonly gzip: number;
  readonly br: number;
}

/** Other ways to send one shard that is 70 % full, beside the bound. */
export function codings(): { readonly bound: number; readonly all: readonly Coding[] } {
  const residents = Math.round(0.7 * SHARD_SIZE);
  const entries = new Map<number, Status>();
  while (entries.size < residents * LISTED) {
    const dice = Math.random();
    const status = dice < 0.8 ? 'yellow' : dice < 0.95 ? 'red' : 'void';
    entries.set(Math.floor(Math.random() * SHARD_SIZE), status);
  }
  const bits = buildStatusBits(entries);
  const best = deflateSync(bits, { level: 9, memLevel: 9 });
  const usual = deflateSync(bits);
  const huffman = deflateSync(bits, { level: 9, strategy: constants.Z_HUFFMAN_ONLY });
  return {
    bound: entropy({ name: '', residents }) / 8,
    all: [
      weigh('the bits as they are', bits),
      weigh('zlib data, level 9: what devices get', best),
      weigh('signed token, zlib level 9: what the standard has', token(best)),
      weigh('signed token, zlib level 6', token(usual)),
      weigh('signed token, zlib without matches', token(huffman)),
    ],
  };
}

/** Base64url of JSON with base64url in it, as long as the real one. */
function token(packed: Uint8Array): Uint8Array {
  const claims = {
    sub: 'https://demo.kakou.example/status/0',
    ...{ iat: 1_583_827_200, ttl: 3600, version: 1_583_827_200 },
    status_list: { bits: 2, lst: Buffer.from(packed).toString('base64url') },
  };
  const header = JSON.stringify({ alg: 'ES256', kid: 'Zh7yGA', typ: 'statuslist+jwt' });
  const part = (text: string) => Buffer.from(text).toString('base64url');
  return Buffer.from(`${part(header)}.${part(JSON.stringify(claims))}.${'A'.repeat(86)}`);
}

function weigh(name: string, plain: Uint8Array): Coding {
  const [gzip, br] = [gzipSync(plain, { level: 9 }).length, brotliCompressSync(plain).length];
  return { name, plain: plain.length, gzip, br };
}
