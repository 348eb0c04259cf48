import { SHARD_SIZE, statusListUri } from '../../core/code/claims.ts';
import {
  buildStatusBits,
  deflateStatusBits,
  STATUS_LIST,
  type Status,
} from '../../core/documents/status-list.ts';
import type { Sql } from '../database/sql.ts';
import type { AuthorityKey } from '../keys/authority-key.ts';
import { signDocument } from '../keys/sign-document.ts';
import type { Due } from './publish.ts';

const HOUR = 3600;

/** One shard of the status list; a new version follows every change of an entry in it. */
export async function statusDue(
  sql: Sql,
  shard: number,
  issuer: string,
  key: AuthorityKey<'status'>,
): Promise<Due> {
  // Read before the entries: a change in between makes a version too many, never one too few.
  const [row] = await sql<{ changes: number }>`
    select changes from status_shards where shard = ${shard}`;
  return {
    name: `status/${shard}`,
    covers: String(row?.changes ?? 0),
    maxAge: HOUR,
    async write(version, iat) {
      const lst = await deflateStatusBits(buildStatusBits(await entriesOf(sql, shard)));
      const sub = statusListUri(issuer, shard);
      const list = { sub, iat, ttl: HOUR, version, status_list: { bits: 2, lst } } as const;
      return signDocument(list, STATUS_LIST, key);
    },
  };
}

/** Everyone whose code is void, yellow or red now, whatever their code says. */
async function entriesOf(sql: Sql, shard: number): Promise<[number, Status][]> {
  const [low, high] = [shard * SHARD_SIZE, (shard + 1) * SHARD_SIZE - 1];
  const rows = await sql<{ index: number; status: Status }>`
    select status_index as index, 'void' as status from status_indices
    where voided_at is not null and status_index between ${low} and ${high}
    union all
    select status_index, colour from residents
    where colour in ('yellow', 'red') and status_index between ${low} and ${high}`;
  return rows.map(({ index, status }) => [index, status]);
}
