import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { execute } from '../../../../src/authority/database/sql.ts';
import { withdraw } from '../../../../src/authority/residents/account/leave.ts';
import { release } from '../../../../src/authority/residents/account/release.ts';
import { appeal, decideAppeal } from '../../../../src/authority/residents/colour/appeals.ts';
import { applyFever } from '../../../../src/authority/residents/colour/fever.ts';
import { lockLife } from '../../../../src/authority/residents/colour/lives.ts';
import { review } from '../../../../src/authority/residents/colour/reviews.ts';
import { colourOf } from '../../../../src/authority/residents/colour/standing.ts';
import { checkIn } from '../../../../src/authority/residents/declare/check-in.ts';
import { correct } from '../../../../src/authority/residents/declare/correct.ts';
import { declareOnAccount } from '../../../../src/authority/residents/declare/declare.ts';
import type { ResidentDeps } from '../../../../src/authority/residents/deps.ts';
import { importList } from '../../../../src/authority/residents/lists/import-list.ts';
import { readPolicy, writePolicy } from '../../../../src/authority/settings.ts';
import type { Colour } from '../../../../src/core/code/claims.ts';
import { type Policy, passageOpensAt } from '../../../../src/core/documents/policy.ts';
import { LISTS, type ListKind } from '../../../../src/core/protocol/headquarters-residents.ts';
import type { ColourCause, Declaration } from '../../../../src/core/protocol/residents.ts';
import { NOW } from '../../../core/make.ts';
import { makeAuthority, postgresForThisFile, recordOf, type TestAuthority } from '../../make.ts';
import {
  codeIn,
  declarationOf,
  FEBRILE,
  HEALTHY,
  newKey,
  OPEN,
  openPassage,
  signIn,
} from '../make.ts';

const DAY = 86_400;
const postgres = await postgresForThisFile();
let authority: TestAuthority;
let deps: ResidentDeps;
let account: string;
beforeAll(async () => {
  authority = await makeAuthority(postgres, { demo: false });
  const { db, vault, clock } = authority;
  deps = { db, vault, clock: () => clock.now, onStatusChange: () => {} };
  await openPassage(authority);
  await signIn(authority, '13800000000');
  const [row] = await db.sql<{ account: string }>`select account from accounts`;
  account = row?.account ?? '';
  // Time moves by months here, and who makes a partition for every day of them waits long.
  await execute(db.sql, 'create table check_ins_later partition of check_ins default');
});
beforeEach(async () => {
  authority.clock.now = NOW;
  await validity(3)();
});

interface Event {
  readonly at: number;
  readonly from: Colour;
  readonly to: Colour;
  readonly cause: ColourCause;
}

function eventsOf(sub: string): Promise<Event[]> {
  return authority.sql<Event>`
    select at, from_colour as "from", to_colour as "to", cause
    from colour_events where sub = ${sub} order by id`;
}

async function shownNow(sub: string): Promise<string> {
  const resident = await lockLife(authority.sql, sub);
  if (!resident) throw new Error('nobody');
  const { colour } = colourOf(resident.life, await readPolicy(authority.sql), authority.clock.now);
  return colour;
}

let number = 200;
async function settleOne() {
  // Nobody of the story before is there any more.
  await authority.sql`update residents set account = null, withdrawn_at = 1`;
  const declaration = declarationOf(number++);
  const declared = await declareOnAccount(account, declaration, undefined, deps);
  if (!declared.ok) throw new Error(declared.reason);
  const idHash = deps.vault.hashDocument(declaration.document);
  return { sub: declared.value.sub, idHash, declaration };
}
type One = Awaited<ReturnType<typeof settleOne>>;

const station =
  (fever: boolean) =>
  async ({ sub }: One) => {
    const code = codeIn(sub, authority.clock.now);
    const reason = fever ? 'fever' : 'remeasured';
    const record = recordOf('A'.repeat(43), 1, { verdict: fever ? 'stop' : 'pass', reason, code });
    const policy = await readPolicy(authority.sql);
    await authority.db.transaction((sql) =>
      applyFever(sql, record, deps.vault, policy, authority.clock.now),
    );
  };
const onList =
  (kind: ListKind, daysAgo: number) =>
  async ({ idHash }: One) => {
    const since = authority.clock.now - daysAgo * DAY;
    const source = Buffer.from(newKey());
    await importList(kind, [{ idHash, since }], source, 'test', deps, async () => {});
  };
const reviewFrom =
  (from: 'red' | 'yellow') =>
  ({ sub }: One) =>
    authority.db.transaction((sql) => review(sql, sub, from, 'test', deps.clock));
const validity = (days: number) => () =>
  writePolicy(authority.sql, { ...OPEN, validity: { live: days * DAY, printed: DAY } });
const appeals = ({ sub }: One) => appeal(sub, newKey(), deps);
const decides =
  (decision: 'granted' | 'refused') =>
  async ({ sub }: One) => {
    const [open] = await authority.sql<{ id: number }>`
      select id from appeals where sub = ${sub} and state = 'open'`;
    if (!open) return;
    await authority.db.transaction((sql) =>
      decideAppeal(sql, sub, open.id, decision, 'test', deps.clock),
    );
  };
const corrects =
  (changes: Partial<Declaration>) =>
  ({ sub, declaration }: One) =>
    correct(sub, { declaration: { ...declaration, ...changes } }, deps);
const declares =
  (changes: Partial<Declaration>) =>
  ({ declaration }: One) =>
    declareOnAccount(account, { ...declaration, ...changes }, undefined, deps);

/** What can happen, by name, so that what fails can be read. */
const HAPPENINGS: Readonly<Record<string, (one: One) => Promise<unknown>>> = {
  'checks in': ({ sub }) => checkIn(sub, newKey(), HEALTHY, deps),
  'checks in with a fever': ({ sub }) => checkIn(sub, newKey(), FEBRILE, deps),
  'a post finds a fever': station(true),
  'a post finds none': station(false),
  'green lasts a day': validity(1),
  'green lasts three days': validity(3),
  'red is reviewed': reviewFrom('red'),
  'yellow is reviewed': reviewFrom('yellow'),
  'the sweep comes by': () => authority.sweep(),
  appeals,
  'the appeal is granted': decides('granted'),
  'the appeal is refused': decides('refused'),
  'corrects the address': corrects({ address: '解放路2号' }),
  'corrects the symptoms': corrects({ symptoms: ['fever'] }),
  'corrects the contact': corrects({ contact: true }),
  withdraws: ({ sub }) => withdraw(sub, deps),
  'declares the same': declares({}),
  'declares a contact': declares({ contact: true }),
  'is released': ({ sub }) =>
    authority.db.transaction((sql) => release(sql, sub, authority.clock.now)),
  ...Object.fromEntries(LISTS.map((kind) => [`is listed as ${kind}`, onList(kind, 10)])),
};

const notice = (passage: (now: number) => Policy['passage']) => async () =>
  writePolicy(authority.sql, {
    ...(await readPolicy(authority.sql)),
    passage: passage(authority.clock.now),
  });
/** What happens to everybody in an area at once, without anybody's event. */
const NOTICES: typeof HAPPENINGS = {
  'passage opens': notice(() => OPEN.passage),
  'passage closes': notice(() => ({ opensAt: null, areas: {} })),
  'passage is to open tomorrow': notice((now) => ({ opensAt: now + DAY, areas: {} })),
  'passage closes in one area': notice(() => ({ ...OPEN.passage, areas: { '420606': null } })),
  'moves to another area': corrects({ area: '420602' }),
};

/** Stories of a life: what happened, and how many hours after what was before. */
const storyOf = (happenings: readonly string[], hours: readonly number[]) =>
  fc.array(fc.record({ hours: fc.constantFrom(...hours), what: fc.constantFrom(...happenings) }), {
    maxLength: 16,
  });
const story = storyOf(Object.keys(HAPPENINGS), [0, 1, 12, 30, 80, 20 * 24]);
const storyUnderNotices = storyOf(
  [...Object.keys(NOTICES), ...Object.keys(HAPPENINGS)],
  [1, 12, 30, 80],
);
/** Of somebody who says little, so that what makes a yellow comes over lapses. */
const silence = storyOf(
  [
    'checks in',
    'a post finds a fever',
    'a post finds none',
    'yellow is reviewed',
    'appeals',
  ].concat(
    ['the appeal is granted', 'is listed as contact', 'the sweep comes by', 'green lasts a day'],
    ['withdraws', 'declares the same', 'green lasts three days'],
  ),
  [1, 80, 20 * 24],
);
type Chapter = { readonly hours: number; readonly what: string };

/** @param after is told after every chapter, which the sweep may have seen. */
async function live(
  chapters: readonly Chapter[],
  after: (one: One, what: string) => Promise<void> = async () => {},
): Promise<One> {
  authority.clock.now = NOW;
  await validity(3)();
  const one = await settleOne();
  for (const { hours, what } of chapters) {
    authority.clock.now += hours * 3600;
    await (HAPPENINGS[what] ?? NOTICES[what])?.(one);
    await after(one, what);
  }
  return one;
}

describe('whatever happens to somebody', () => {
  test('no colour changes without an event, and no event is about nothing that was before', async () => {
    await fc.assert(
      fc.asyncProperty(story, (chapters) =>
        live(chapters, async ({ sub }, what) => {
          await authority.sweep();
          const events = await eventsOf(sub);
          // What the events lead to is what a post finds, unless the code is void.
          if (!(await isWithdrawn(sub))) {
            expect([what, events.at(-1)?.to]).toEqual([what, await shownNow(sub)]);
          }
          for (const [i, event] of events.entries()) {
            expect(event.from).toBe(i === 0 ? 'grey' : events[i - 1]?.to);
          }
        }).then(() => {}),
      ),
      { numRuns: 25 },
    );
  });

  test('a colour changes only by an event or by what the notice says of the area', async () => {
    await fc.assert(
      fc.asyncProperty(storyUnderNotices, async (chapters) => {
        let before: Seen | undefined;
        await live(chapters, async ({ sub }) => {
          await authority.sweep();
          // A void code has no colour that anybody could be shown.
          const seen = (await isWithdrawn(sub)) ? undefined : await see(sub);
          if (seen && before && seen.events === before.events && seen.open === before.open) {
            expect(seen.colour).toBe(before.colour);
          }
          // While passage is open events alone say it, and a notice closes nothing but a green.
          if (seen && (seen.open || seen.colour !== 'grey')) expect(seen.colour).toBe(seen.last);
          before = seen;
        });
      }),
      { numRuns: 40 },
    );
  });

  test('red becomes yellow and yellow green, one review each, and never otherwise', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (chapters) => {
        const { sub } = await live(chapters);
        const events = await eventsOf(sub);
        for (const { from, to, cause } of events) {
          if (from === 'red')
            expect(['red red', 'red yellow reviewed']).toContain(
              to === 'red' ? 'red red' : `red ${to} ${cause}`,
            );
          if (from === 'yellow' && to === 'green') {
            expect(['reviewed', 'remeasured', 'checked-in', 'policy']).toContain(cause);
          }
        }
        const [{ reviews = 0 } = {}] = await authority.sql<{ reviews: number }>`
          select count(*) as reviews from reviews where sub = ${sub}`;
        expect(events.filter(({ cause }) => cause === 'reviewed').length).toBe(reviews);
      }),
      { numRuns: 25 },
    );
  });

  test('a silence lapses once: between two lapses lies a check-in, a return, or more time', async () => {
    await fc.assert(
      fc.asyncProperty(silence, async (chapters) => {
        const begun: number[] = [];
        const { sub } = await live(chapters, async (one, what) => {
          if (what === 'green lasts three days') begun.push(authority.clock.now);
          begun.push(await checkedInAt(one.sub));
          await authority.sweep();
        });
        const lapses = (await eventsOf(sub)).filter(({ cause }) => cause === 'lapsed');
        for (const [i, { at }] of lapses.entries()) {
          const before = lapses[i - 1]?.at;
          if (before === undefined) continue;
          expect(begun.some((one) => one >= before && one <= at)).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('no appeal waits that is about what was before', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (chapters) => {
        let standing = '';
        let open: number | undefined;
        await live(chapters, async ({ sub }) => {
          const now = await standingNow(sub);
          const waits = await openAppeal(sub);
          if (now !== standing && open !== undefined) expect(waits).not.toBe(open);
          standing = now;
          open = waits;
        });
      }),
      { numRuns: 25 },
    );
  });
});

interface Seen {
  readonly colour: string;
  /** Whether the notice lets greens pass where the person lives. */
  readonly open: boolean;
  readonly events: number;
  /** What the newest event led to. */
  readonly last: string | undefined;
}

async function see(sub: string): Promise<Seen> {
  const resident = await lockLife(authority.sql, sub);
  if (!resident) throw new Error('nobody');
  const policy = await readPolicy(authority.sql);
  const { now } = authority.clock;
  const opensAt = passageOpensAt(policy, resident.life.area);
  const events = await eventsOf(sub);
  return {
    colour: colourOf(resident.life, policy, now).colour,
    open: opensAt !== null && now >= opensAt,
    events: events.length,
    last: events.at(-1)?.to,
  };
}

async function isWithdrawn(sub: string): Promise<boolean> {
  return (
    (
      await authority.sql`select from residents
        where sub = ${sub} and withdrawn_at is not null`
    ).length > 0
  );
}

async function checkedInAt(sub: string): Promise<number> {
  const [row] = await authority.sql<{ at: number }>`
    select checked_in_at as at from residents where sub = ${sub}`;
  return row?.at ?? 0;
}

async function standingNow(sub: string): Promise<string> {
  const [row] = await authority.sql`
    select colour, cause, review_from from residents where sub = ${sub}`;
  return JSON.stringify(row);
}

async function openAppeal(sub: string): Promise<number | undefined> {
  const [row] = await authority.sql<{ id: number }>`
    select id from appeals where sub = ${sub} and state = 'open'`;
  return row?.id;
}

describe('a lapse', () => {
  test('that a contact and its review came over is not written down again', async () => {
    const one = await settleOne();
    const { sub } = one;
    const declaredAt = authority.clock.now;
    authority.clock.now += 4 * DAY;
    await authority.sweep();
    await onList('contact', 0)(one);
    authority.clock.now += 14 * DAY;
    await reviewFrom('yellow')(one);
    await authority.sweep();
    expect((await eventsOf(sub)).slice(1)).toMatchObject([
      { at: declaredAt + 3 * DAY, to: 'yellow', cause: 'lapsed' },
      { from: 'yellow', to: 'yellow', cause: 'close-contact' },
      { from: 'yellow', to: 'yellow', cause: 'reviewed' },
    ]);
    await checkIn(sub, newKey(), HEALTHY, deps);
    expect((await eventsOf(sub)).at(-1)).toMatchObject({ to: 'green', cause: 'checked-in' });
  });

  test('that came while somebody was yellow is written down when they are not any more', async () => {
    const one = await settleOne();
    await onList('contact', 0)(one);
    authority.clock.now += 14 * DAY;
    await reviewFrom('yellow')(one);
    await authority.sweep();
    expect((await eventsOf(one.sub)).slice(2)).toMatchObject([
      { from: 'yellow', to: 'green', cause: 'reviewed' },
      { from: 'green', to: 'yellow', cause: 'lapsed', at: authority.clock.now },
    ]);
  });

  const lapsesOf = async (sub: string) =>
    (await eventsOf(sub)).filter(({ cause }) => cause === 'lapsed');

  test('is written down once, at the moment it came, however often the sweep comes by', async () => {
    const { sub } = await settleOne();
    const declaredAt = authority.clock.now;
    authority.clock.now += 3 * DAY - 1;
    await authority.sweep();
    expect(await lapsesOf(sub)).toEqual([]);
    authority.clock.now += DAY;
    for (let n = 0; n < 3; n++) await authority.sweep();
    await Promise.all([authority.sweep(), authority.sweep()]);
    expect(await lapsesOf(sub)).toMatchObject([{ at: declaredAt + 3 * DAY }]);
  });

  test('that the sweep did not see is written down by the check-in that ends it', async () => {
    const { sub } = await settleOne();
    const declaredAt = authority.clock.now;
    authority.clock.now += 5 * DAY;
    await checkIn(sub, newKey(), HEALTHY, deps);
    await authority.sweep();
    expect((await eventsOf(sub)).slice(1)).toEqual([
      { at: declaredAt + 3 * DAY, from: 'green', to: 'yellow', cause: 'lapsed' },
      { at: declaredAt + 5 * DAY, from: 'yellow', to: 'green', cause: 'checked-in' },
    ]);
  });

  test('changes no status list: the post knows by itself', async () => {
    await settleOne();
    await authority.publish();
    const changes = () => authority.sql`select changes from status_shards order by shard`;
    const before = await changes();
    authority.clock.now += 5 * DAY;
    await authority.sweep();
    expect(await changes()).toEqual(before);
  });

  test('of many is found in batches, none twice and none missed, where it is stopped in the middle', async () => {
    const [many, batch] = [250, 100];
    await authority.sql`
      with places as (
        insert into status_indices (status_index, sub)
        select -n, 'lapsing' || n from generate_series(1, ${many}::int) as n
        returning status_index, sub
      )
      insert into residents (sub, name, area, kind, colour, cause, checked_in_at, status_index, ticket)
      select sub, '王*', '420606', 'live', 'green', 'declared', ${authority.clock.now}, status_index, sub
      from places`;
    authority.clock.now += 4 * DAY;
    const stopped = new AbortController();
    stopped.abort();
    expect(await authority.sweep(stopped.signal, batch)).toBe(0);
    // Asked to stop after the first batch.
    let batches = 0;
    const signal = Object.defineProperty(new AbortController().signal, 'aborted', {
      get: () => batches++ > 1,
    });
    const first = await authority.sweep(signal, batch);
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(many);
    // PostgreSQL ends the next one in the middle of its statement.
    await execute(
      authority.sql,
      `create function fail() returns trigger language plpgsql as $$
        begin raise exception 'the power is cut'; end $$;
      create trigger fails before insert on colour_events for each row
        when (new.sub = 'lapsing${many}') execute function fail()`,
    );
    await expect(authority.sweep(undefined, batch)).rejects.toThrow('the power is cut');
    await execute(authority.sql, 'drop trigger fails on colour_events');
    const both = () => authority.sweep(undefined, batch);
    await Promise.all([both(), both()]);
    await both();
    const [found] = await authority.sql<{ events: number; people: number }>`
      select count(*) as events, count(distinct sub) as people from colour_events
      where sub like 'lapsing%' and cause = 'lapsed'`;
    expect(found).toEqual({ events: many, people: many });
  });
});
