import { inflateSync } from 'node:zlib';
import { digest } from '../../core/bytes.ts';
import { SHARD_SIZE, statusListUri } from '../../core/code/claims.ts';
import { SHARD_BYTES, type Status, statusAt } from '../../core/documents/status-bits.ts';
import { encodeChanges, STATUS_DELTA } from '../../core/documents/status-delta.ts';
import type { StatusList } from '../../core/documents/status-list.ts';
import { HOUR } from '../../core/time.ts';
import type { Sql } from '../database/sql.ts';
import { signDocument } from '../keys/sign-document.ts';
import { compress } from './compress.ts';
import type { Issuer } from './status.ts';

/**
 * How far back deltas lead, seconds: to devices that ask all the time, every hour, and after
 * a night. One that slept longer than the last gets the whole list.
 */
const REACHES = [HOUR / 6, 1.25 * HOUR, 12 * HOUR, 72 * HOUR];
/** How long what was superseded can still be fetched: a bulletin that names it is on its way. */
const LINGER = HOUR;

/** The bits of the version before; of the first one, everything is as issued. */
export async function newestBits(sql: Sql, shard: number): Promise<Uint8Array> {
  const [newest] = await sql<{ packed: Buffer }>`
    select packed from status_versions where shard = ${shard} order by version desc limit 1`;
  return newest ? inflateSync(newest.packed) : new Uint8Array(SHARD_BYTES);
}

/** In rising order. */
export function changedEntries(before: Uint8Array, now: Uint8Array): number[] {
  const changed: number[] = [];
  const perByte = SHARD_SIZE / SHARD_BYTES;
  for (const [at, byte] of now.entries()) {
    if (byte === before[at]) continue;
    for (let entry = at * perByte; entry < (at + 1) * perByte; entry++) {
      if (statusAt(before, entry) !== statusAt(now, entry)) changed.push(entry);
    }
  }
  return changed;
}

/**
 * Signs the ways to this version. What was changed is gathered version by version, rather
 * than by comparing two of them, so that a delta leads on from whatever lies between.
 *
 * @param whole size of the whole list: a delta that is larger serves nobody.
 */
export async function writeDeltas(
  sql: Sql,
  { shard, version, bits }: StatusList,
  { issuer, key }: Issuer,
  iat: number,
  whole: number,
): Promise<void> {
  const bases = await sql<{ since: number }>`
    select distinct coalesce(max(version) filter (where issued_at <= ${iat} - reach),
      min(version)) as since
    from status_versions, unnest(${REACHES}::bigint[]) as reach
    where shard = ${shard} and version < ${version} group by reach`;
  for (const { since } of bases) {
    const changed = await sql<{ entry: number }>`
      select distinct unnest(changed) as entry from status_versions
      where shard = ${shard} and version > ${since} order by entry`;
    const changes = changed.map(({ entry }): [number, Status] => [
      entry,
      statusAt(bits, entry) ?? 'as-issued',
    ]);
    const sub = statusListUri(issuer, shard);
    const claims = { sub, iat, from: since, to: version, changes: encodeChanges(changes) };
    const body = await signDocument(claims, STATUS_DELTA, key);
    if (body.length >= whole) continue;
    const { br, gzip } = await compress(body);
    await sql`insert into status_deltas (shard, version, since, digest, body, br, gzip)
      values (${shard}, ${version}, ${since}, ${await digest(body)}, ${body}, ${br}, ${gzip})`;
  }
}

/** @param now epoch seconds. */
export async function forgetVersions(sql: Sql, shard: number, now: number): Promise<void> {
  const newestAt = async (time: number) => {
    const [row] = await sql<{ version: number | null }>`
      select max(version) as version from status_versions
      where shard = ${shard} and issued_at <= ${time}`;
    return row?.version ?? 0;
  };
  const superseded = await newestAt(now - LINGER);
  await sql`delete from status_deltas where shard = ${shard} and version < ${superseded}`;
  await sql`update status_versions set packed = null
    where shard = ${shard} and version < ${superseded} and packed is not null`;
  const outOfReach = await newestAt(now - Math.max(...REACHES));
  await sql`delete from status_versions where shard = ${shard} and version < ${outOfReach}`;
}
