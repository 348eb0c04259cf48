import { randomBytes } from 'node:crypto';
import { compactDecrypt } from 'jose';
import { keepDays } from '../../../src/authority/database/days.ts';
import { migrate } from '../../../src/authority/database/migrate.ts';
import { openDatabase } from '../../../src/authority/database/sql.ts';
import { Metrics } from '../../../src/authority/metrics/metrics.ts';
import { importSealingKey } from '../../../src/authority/opener/decrypt.ts';
import { openRecord, type SealedRecord } from '../../../src/authority/opener/open-record.ts';
import { openerResults, openWaiting } from '../../../src/authority/opener/open-waiting.ts';
import { DocumentHash } from '../../../src/authority/residents/identity/document-hash.ts';
import { makeKey, NOW } from '../../core/make.ts';
import type { Ground } from './ground.ts';
import { BenchStation, sealOrdinary } from './stations.ts';

const STATIONS = 20;
const RECORDS = 500;
const DAY = '2020-03-10';

export interface OpenerFigures {
  readonly records: number;
  /** Records a second: from sealed rows to opened rows, and of that by the processor time of the opener alone. */
  readonly wall: number;
  readonly core: number;
  /** Records a second: decrypted and checked, without the database; and decrypted by jose. */
  readonly openOnly: number;
  readonly jose: number;
}

/** What one opener does with records that wait in the tables. */
export async function benchOpener(ground: Ground): Promise<OpenerFigures> {
  const db = openDatabase(await ground.createDatabase('opener'), () => {});
  try {
    await migrate(db);
    await keepDays(db, NOW, 190);
    const { kid, publicKey, privateKey } = await makeKey('ECDH-ES');
    const sealed: SealedRecord[] = [];
    for (let i = 0; i < STATIONS; i++) {
      const { device } = await BenchStation.enrol(db);
      const bodies = await sealOrdinary(device, 1, RECORDS, { kid, key: publicKey });
      await db.sql`insert into sealed (device, n, day, head, body, received_at)
        select ${device}, n, ${DAY}::date, 'x', body, ${NOW}
        from unnest(${bodies}::text[]) with ordinality as given (body, n)`;
      await db.sql`update devices set stored = ${RECORDS} where device = ${device}`;
      sealed.push(...bodies.map((body, n) => ({ device, n: n + 1, body })));
    }
    const sealingKeys = new Map([[kid, importSealingKey(privateKey)]]);
    const openOnly = await rate(sealed, (one) => openRecord(one, sealingKeys));
    const jose = await rate(sealed.slice(0, 2_000), ({ body }) => compactDecrypt(body, privateKey));

    const hashes = new DocumentHash([randomBytes(32)]);
    const results = openerResults(new Metrics());
    const deps = { db, clock: () => NOW, sealingKeys, hashes, results };
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const records = await openWaiting(deps);
    const wall = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return {
      records,
      wall: records / wall,
      core: (records * 1e6) / (user + system),
      openOnly,
      jose,
    };
  } finally {
    await db.end();
  }
}

/** Records by second of processor time, after a first round that warms up. */
async function rate(
  sealed: readonly SealedRecord[],
  open: (one: SealedRecord) => unknown,
): Promise<number> {
  for (const one of sealed.slice(0, 500)) await open(one);
  const cpu = process.cpuUsage();
  for (const one of sealed) await open(one);
  const { user, system } = process.cpuUsage(cpu);
  return (sealed.length * 1e6) / (user + system);
}
