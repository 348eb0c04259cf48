import type { Sql } from '../database/sql.ts';

/**
 * - `conflict`: a device, or a copy of its key, said two different things under one number
 * - `break`: what it said next does not go on from what is stored
 * - `lost`: the authority has lost records that it had signed for
 */
type AlarmKind = 'conflict' | 'break' | 'lost';

interface Alarm {
  readonly device: string;
  readonly kind: AlarmKind;
  readonly first: number;
  readonly last: number;
  /** Of the chain after `last`. */
  readonly head: string;
}

/** The same again is counted, and not listed twice. @param now epoch seconds. */
export async function raiseAlarm(
  sql: Sql,
  { device, kind, first, last, head }: Alarm,
  now: number,
): Promise<void> {
  await sql`insert into alarms (device, kind, first, last, head, raised_at)
    values (${device}, ${kind}, ${first}, ${last}, ${head}, ${now})
    on conflict (device, kind, first, last, head) do update set times = alarms.times + 1`;
}
