import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { toBase64url } from '../../core/bytes.ts';
import { SHARD_SIZE, statusListUri } from '../../core/code/claims.ts';
import type { ListedShard } from '../../core/documents/bulletin.ts';
import { buildStatusBits, digestBits, type Status } from '../../core/documents/status-bits.ts';
import { STATUS_LIST } from '../../core/documents/status-list.ts';
import { DAY } from '../../core/time.ts';
import type { Sql } from '../database/sql.ts';
import type { AuthorityKey } from '../keys/authority-key.ts';
import { signDocument } from '../keys/sign-document.ts';
import { publishIfDue } from './publish.ts';
import { changedEntries, forgetVersions, newestBits, writeDeltas } from './status-history.ts';

export interface Issuer {
  readonly issuer: string;
  readonly key: AuthorityKey<'status'>;
}

/** How long others may keep a list before they ask again, seconds (draft's `ttl`). */
const TTL = 3600;
/** No code lives longer after it was issued, seconds. */
const LONGEST_LIFE = 31 * DAY;

/**
 * Publishes the lists in which something changed, and leaves the others as they are: the
 * bulletin says that they still hold.
 *
 * @returns all of them, as the bulletin names them.
 */
export async function publishShards(sql: Sql, by: Issuer, now: number): Promise<ListedShard[]> {
  // Read before the entries: a change in between makes a version too many, never one too few.
  const shards = await sql<{ shard: number; changes: number }>`
    select shard, changes from status_shards order by shard`;
  for (const { shard, changes } of shards) {
    await publishIfDue(
      sql,
      {
        name: `status/${shard}`,
        covers: `${changes} by ${by.key.kid}`,
        maxAge: Number.POSITIVE_INFINITY,
        write: (version, iat) => writeList(sql, shard, by, version, iat),
      },
      now,
    );
  }
  return sql<ListedShard>`
    select shard, area, version, status_versions.digest,
      array(select since::float8 from status_deltas
        where shard = newest.shard and version = newest.version order by since) as since
    from (select shard, max(version) as version from status_versions group by shard) as newest
    join status_versions using (shard, version)
    join status_shards using (shard) order by shard`;
}

/** The list that everybody can read, and, beside it, all that leads devices to it. */
async function writeList(
  sql: Sql,
  shard: number,
  by: Issuer,
  version: number,
  iat: number,
): Promise<string> {
  const bits = buildStatusBits(await entriesOf(sql, shard, iat));
  const changed = changedEntries(await newestBits(sql, shard), bits);
  const packed = await promisify(deflate)(bits, { level: 9, memLevel: 9 });
  await sql`insert into status_versions (shard, version, issued_at, digest, changed, packed)
    values (${shard}, ${version}, ${iat}, ${await digestBits(bits)}, ${changed}, ${packed})`;
  const list = { shard, version, bits };
  await writeDeltas(sql, list, by, iat, packed.length);
  await forgetVersions(sql, shard, iat);
  const claims = {
    sub: statusListUri(by.issuer, shard),
    ...{ iat, ttl: TTL, version },
    status_list: { bits: 2, lst: toBase64url(packed) },
  } as const;
  return signDocument(claims, STATUS_LIST, by.key);
}

/**
 * Everyone whose code is void, yellow or red now, whatever their code says. A code that has
 * ended needs no void any more.
 */
async function entriesOf(sql: Sql, shard: number, now: number): Promise<[number, Status][]> {
  const low = shard * SHARD_SIZE;
  const high = low + SHARD_SIZE - 1;
  const rows = await sql<{ entry: number; status: Status }>`
    select status_index - ${low} as entry, colour as status from residents
    where colour in ('yellow', 'red') and status_index between ${low} and ${high}
    union all
    select status_index - ${low}, 'void' from status_indices
    where voided_at >= ${now - LONGEST_LIFE} and status_index between ${low} and ${high}`;
  return rows.map(({ entry, status }) => [entry, status]);
}
