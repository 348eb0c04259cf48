import type { PlainRecord } from '../../../core/record/record.ts';
import type { Database, Sql } from '../../database/sql.ts';
import { documentHashOf, keptRecord } from '../../opener/kept-record.ts';
import { sealGuardian } from './guardian.ts';
import type { Vault } from './vault.ts';

const BATCH = 1_000;

/**
 * Hides what versions before wrote in plain form: the numbers and plates of opened records, and
 * the names of guardians. No statement could, since no key is in the database.
 *
 * @param batch rows in one transaction: where it is stopped, the next start goes on.
 */
export async function sealPlain(db: Database, vault: Vault, batch = BATCH): Promise<void> {
  for (const seal of [sealGuardians, maskRecords]) {
    for (let found = batch; found === batch; ) {
      found = await db.transaction((sql) => seal(sql, vault, batch));
    }
  }
}

async function sealGuardians(sql: Sql, vault: Vault, batch: number): Promise<number> {
  const rows = await sql<{ sub: string; name: string }>`
    select sub, guardian_name as name from residents where guardian_name is not null
    order by sub limit ${batch} for update`;
  await sql`
    update residents set guardian = sealed, guardian_name = null
    from unnest(${rows.map(({ sub }) => sub)}::text[],
      ${rows.map(({ sub, name }) => sealGuardian(vault, sub, name))}::bytea[]) as one (sub, sealed)
    where one.sub = residents.sub`;
  return rows.length;
}

async function maskRecords(sql: Sql, vault: Vault, batch: number): Promise<number> {
  // The words of the index records_in_plain, which is empty when this is done.
  const rows = await sql<{ device: string; n: number; day: string; body: PlainRecord }>`
    select device, n, day::text as day, body from records
    where body #> '{document,number}' is not null or body #> '{vehicle,plate}' is not null
    limit ${batch} for update`;
  await sql`
    update records set body = one.body, document_hash = one.hash
    from rows from (
      unnest(${rows.map(({ device }) => device)}::text[], ${rows.map(({ n }) => n)}::bigint[],
        ${rows.map(({ day }) => day)}::date[],
        ${rows.map(({ body }) => documentHashOf(body, vault))}::bytea[]),
      jsonb_array_elements(${JSON.stringify(rows.map(({ body }) => keptRecord(body, vault)))}::jsonb)
    ) as one (device, n, day, hash, body)
    where one.device = records.device and one.n = records.n and one.day = records.day`;
  return rows.length;
}
