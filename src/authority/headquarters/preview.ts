import { setImmediate } from 'node:timers/promises';
import { SOURCES } from '../../core/documents/freshness.ts';
import { type Policy, passageOpensAt } from '../../core/documents/policy.ts';
import type { HqPreview } from '../../core/protocol/headquarters.ts';
import { DAY, startOfDay } from '../../core/time.ts';
import { dayOf } from '../database/days.ts';
import type { Sql } from '../database/sql.ts';
import { readPolicy } from '../settings.ts';
import { type AnonymousRecord, type Outcome, replay } from './replay.ts';

/** So many records tell what a notice would change; of more, every second, third, … is taken. */
const SAMPLE = 50_000;
/** Between two looks at whatever else this process has to do. */
const BREATH = 500;

type Compared = Pick<HqPreview, 'same' | 'changes' | 'open' | 'unexplained'>;

/**
 * What another policy would have made of yesterday, which is over: nobody is judged by it.
 *
 * @param now epoch seconds.
 */
export async function previewPolicy(sql: Sql, other: Policy, now: number): Promise<HqPreview> {
  const until = startOfDay(now);
  const since = until - DAY;
  const [counted] = await sql<{ recorded: number }>`
    select coalesce(sum(count), 0)::bigint as recorded from tallies
    where span = 86400 and slot = ${since}`;
  const recorded = counted?.recorded ?? 0;
  const records = await sql<{ body: AnonymousRecord }>`
    select (body #- '{code,sub}' #- '{document,masked}') - 'vehicle' as body from records
    where day >= ${dayOf(since)}::date and at >= ${since} and at < ${until}
      and verdict <> 'note' and n % ${Math.max(1, Math.ceil(recorded / SAMPLE))} = 0`;
  const compared = await compare(
    records.map(({ body }) => body),
    await readPolicy(sql),
    other,
  );
  return { since, until, recorded, considered: records.length, ...compared };
}

async function compare(
  records: readonly AnonymousRecord[],
  inForce: Policy,
  other: Policy,
): Promise<Compared> {
  const groups = new Map<string, { record: AnonymousRecord; count: number }>();
  for (const [i, record] of records.entries()) {
    if (i % BREATH === BREATH - 1) await setImmediate();
    const key = judgedAlike(record, [inForce, other]);
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { record, count: 1 });
  }
  const tally = new Tally();
  for (const { record, count } of groups.values()) {
    await setImmediate();
    tally.add(record, replay(record, inForce, other), count);
  }
  return tally.result();
}

/** Records of which all that these policies ask for is the same have the same key. */
function judgedAlike(record: AnonymousRecord, policies: readonly Policy[]): string {
  const { reason, overridden, override, code, document, reading, remeasured, ages, at } = record;
  return JSON.stringify([
    ...[reason, overridden, override, document?.type, reading?.tenths, remeasured],
    code && [code.kind, code.colour, code.issuedAt > at],
    policies.map((policy) => [
      SOURCES.map((source) => {
        const age = ages[source];
        return age === null ? null : age >= policy.freshness[source].refuse;
      }),
      code && isOpen(policy, code.area, at),
    ]),
  ]);
}

function isOpen(policy: Policy, area: string, at: number): boolean {
  const opensAt = passageOpensAt(policy, area);
  return opensAt !== null && at >= opensAt;
}

class Tally {
  #same = 0;
  #unexplained = 0;
  readonly #changes = new Map<string, HqPreview['changes'][number]>();
  readonly #open = new Map<string, HqPreview['open'][number]>();

  add({ verdict, reason }: AnonymousRecord, outcomes: readonly Outcome[], count: number): void {
    const from = { verdict, reason };
    const [to, ...others] = outcomes;
    if (!to) this.#unexplained += count;
    else if (others.length > 0) {
      const sorted = [...outcomes].sort((a, b) => (a.reason < b.reason ? -1 : 1));
      more(this.#open, { from, to: sorted, count });
    } else if (to.reason === reason) this.#same += count;
    else more(this.#changes, { from, to, count });
  }

  result(): Compared {
    const byCount = <One extends { count: number }>(map: ReadonlyMap<string, One>) =>
      [...map.values()].sort((a, b) => b.count - a.count);
    return {
      same: this.#same,
      changes: byCount(this.#changes),
      open: byCount(this.#open),
      unexplained: this.#unexplained,
    };
  }
}

function more<One extends { readonly count: number }>(map: Map<string, One>, one: One): void {
  const { count, ...what } = one;
  const key = JSON.stringify(what);
  map.set(key, { ...one, count: count + (map.get(key)?.count ?? 0) });
}
