import { type CryptoKey, calculateJwkThumbprint } from 'jose';
import type { Database } from '../../../src/authority/database/sql.ts';
import { signBatch } from '../../../src/core/record/batch.ts';
import { emptyHead, headsAfter } from '../../../src/core/record/chain.ts';
import type { PlainRecord } from '../../../src/core/record/record.ts';
import { seal } from '../../../src/core/record/seal.ts';
import { type KeyPair, makeKey, NOW } from '../../core/make.ts';

/** A record as most of them are. */
export function ordinaryRecord(device: string, n: number): PlainRecord {
  return {
    v: 1,
    device,
    n,
    at: NOW + n,
    verdict: 'pass',
    reason: 'green',
    code: {
      sub: 'AQIDBAUGBwg',
      kind: 'live',
      colour: 'green',
      area: '420606',
      statusIndex: 123_456,
      issuedAt: NOW,
    },
    reading: { tenths: 365, site: 'forehead', instrument: 'keypad' },
    ages: { trust: 3600, bulletin: 1800, status: 1800 },
    amber: [],
  };
}

/** A station whose batches are all made before the clock starts. */
export class BenchStation {
  readonly device: string;
  readonly #key: KeyPair;
  #n = 0;
  #head: string;

  private constructor(device: string, key: KeyPair, head: string) {
    this.device = device;
    this.#key = key;
    this.#head = head;
  }

  /** Enrolled in the tables: what is measured is not enrolment. */
  static async enrol(db: Database): Promise<BenchStation> {
    const key = await makeKey();
    const device = await calculateJwkThumbprint(key.jwk);
    const { x, y } = key.jwk;
    const head = await emptyHead(device);
    await db.sql`insert into devices
      (device, x, y, post, area, role, enrolled_at, last_seen_at, head)
      values (${device}, ${x}, ${y}, 'bench', '420606', 'checkpoint', 0, 0, ${head})`;
    await db.sql`insert into openings (device) values (${device})`;
    return new BenchStation(device, key, head);
  }

  /** The next batch of these sealed records. */
  async nextBatch(records: readonly string[]): Promise<Batch> {
    const [first, last, before] = [this.#n + 1, this.#n + records.length, this.#head];
    const heads = await headsAfter(before, first, records);
    const head = heads.at(-1) ?? before;
    const claims = { device: this.device, first, last, before, head };
    const batch = await signBatch(claims, this.#key.privateKey);
    this.#n = last;
    this.#head = head;
    const path = `/devices/${this.device}/batches/${first}-${last}`;
    return {
      device: this.device,
      first,
      heads,
      records,
      path,
      text: JSON.stringify({ batch, records }),
    };
  }
}

export interface Batch {
  readonly device: string;
  readonly first: number;
  readonly heads: readonly string[];
  readonly records: readonly string[];
  readonly path: string;
  readonly text: string;
}

export async function sealOrdinary(
  device: string,
  first: number,
  count: number,
  sealingKey: { readonly kid: string; readonly key: CryptoKey },
): Promise<string[]> {
  const records: string[] = [];
  for (let n = first; n < first + count; n++) {
    records.push(await seal(ordinaryRecord(device, n), sealingKey));
  }
  return records;
}
