import type { Colour } from '../../core/code/claims.ts';
import type { Policy } from '../../core/documents/policy.ts';
import type { PlainRecord } from '../../core/record/record.ts';
import { isFever } from '../../core/verdict/reading.ts';
import type { Sql } from '../database/sql.ts';
import { changeColour, lockColour } from './colour.ts';

/**
 * What a record means for the colour of the code in it: a fever turns it yellow, and a
 * second measurement by the same station that finds none undoes that (a wrong
 * measurement). Runs in the transaction that stores the record, so once for each.
 *
 * @param now epoch seconds.
 */
export async function applyFever(
  sql: Sql,
  record: PlainRecord,
  policy: Policy,
  now: number,
): Promise<void> {
  if (!record.code) return;
  if (record.reason === 'remeasured') await undoFever(sql, record.code.sub, record, now);
  else if (isFeverRecord(record, policy)) await applyNewFever(sql, record.code.sub, record, now);
}

/**
 * By the station's judgement, or, of a person that it let pass, by today's policy where
 * the station had an older one. A reading beside any other reason says nothing of the
 * code's owner: whoever shows a friend's screenshot has a temperature too.
 */
function isFeverRecord({ reason, overridden, reading }: PlainRecord, policy: Policy): boolean {
  if (reason === 'fever' || overridden === 'fever') return true;
  return reason === 'green' && reading !== undefined && isFever(reading.tenths, policy);
}

async function applyNewFever(
  sql: Sql,
  sub: string,
  { device, n }: PlainRecord,
  at: number,
): Promise<void> {
  const now = await lockColour(sql, sub);
  if (!now) return;
  // Red and yellow are no better than what a fever makes; that it was measured still counts.
  const to = now.colour === 'green' || now.colour === 'grey' ? 'yellow' : now.colour;
  const change = { sub, from: now.colour, to, cause: 'fever', at, record: { device, n } } as const;
  await changeColour(sql, change, now.statusIndex);
}

async function undoFever(
  sql: Sql,
  sub: string,
  { device, n }: PlainRecord,
  at: number,
): Promise<void> {
  const now = await lockColour(sql, sub);
  if (!now) return;
  const lifted = now.cause === 'fever' && !(await otherFeverStands(sql, sub, device));
  const to = lifted ? await colourBeforeFever(sql, sub) : now.colour;
  const change = {
    sub,
    from: now.colour,
    to,
    cause: 'remeasured',
    at,
    record: { device, n },
  } as const;
  await changeColour(sql, change, now.statusIndex);
}

/** Whether this station measured none, or another station's fever is not undone. */
async function otherFeverStands(sql: Sql, sub: string, device: string): Promise<boolean> {
  const latest = await sql<{ device: string; cause: string }>`
    select distinct on (device) device, cause from colour_events
    where sub = ${sub} and cause in ('fever', 'remeasured')
    order by device, id desc`;
  const fevers = latest.filter(({ cause }) => cause === 'fever').map((event) => event.device);
  return !fevers.includes(device) || fevers.length > 1;
}

async function colourBeforeFever(sql: Sql, sub: string): Promise<Colour> {
  const [event] = await sql<{ colour: Colour }>`
    select from_colour as colour from colour_events
    where sub = ${sub} and cause = 'fever' and from_colour <> to_colour
    order by id desc limit 1`;
  return event?.colour ?? 'yellow';
}
