import type { HqOverview } from '../../core/protocol.ts';
import type { PlainRecord } from '../../core/record/record.ts';
import { dayOf, startOfDay } from '../database/days.ts';
import type { Sql } from '../database/sql.ts';

const NEWEST = 50;

/** @param now epoch seconds. */
export async function overview(sql: Sql, issuer: string, now: number): Promise<HqOverview> {
  const since = startOfDay(now);
  return {
    issuer,
    now,
    devices: await devices(sql),
    alarms: await sql<HqOverview['alarms'][number]>`
      select device, devices.post, kind, first, last, raised_at as "raisedAt", times
      from alarms join devices using (device)
      order by raised_at desc, device, first limit ${NEWEST}`,
    quarantine: await sql<HqOverview['quarantine'][number]>`
      select device, devices.post, n, reason, found_at as "foundAt"
      from quarantine join devices using (device)
      order by quarantine.day desc, found_at desc, device, n desc limit ${NEWEST}`,
    today: {
      since,
      counts: await sql<HqOverview['today']['counts'][number]>`
        select verdict, reason, count(*) as count from records
        where day >= ${dayOf(now)}::date and at >= ${since}
        group by verdict, reason order by count desc, reason`,
    },
    records: await newestRecords(sql),
    documents: await sql<HqOverview['documents'][number]>`
      select name, version, issued_at as "issuedAt" from documents
      where name not like 'trust/after/%' order by name`,
  };
}

async function devices(sql: Sql): Promise<HqOverview['devices']> {
  const rows = await sql<
    Omit<HqOverview['devices'][number], 'post'> & { name: string; area: string }
  >`
    select device, post as name, area, role, barred_at is not null as barred,
      enrolled_at as "enrolledAt", last_seen_at as "lastSeenAt", stored,
      opened, quarantined,
      (select count(*) from alarms where alarms.device = devices.device) as alarms
    from devices join openings using (device) order by last_seen_at desc, device`;
  return rows.map(({ name, area, ...device }) => ({ ...device, post: { name, area } }));
}

async function newestRecords(sql: Sql): Promise<HqOverview['records']> {
  const rows = await sql<{ body: PlainRecord; post: string; name: string | null }>`
    select records.body, devices.post, residents.name
    from records
    join devices on devices.device = records.device
    left join residents on residents.sub = records.sub
    order by records.at desc, records.device, records.n desc limit ${NEWEST}`;
  return rows.map(({ body, post, name }) => {
    const { device, n, at, verdict, reason, code, document, reading } = body;
    return {
      ...{ device, n, post, at, verdict, reason },
      person: name ?? (document ? maskNumber(document.number) : null),
      kind: code?.kind ?? document?.type ?? 'none',
      colour: code?.colour ?? null,
      tenths: reading?.tenths ?? null,
    };
  });
}

/**
 * Enough to recognise a number that one has at hand, too little to learn one: at most five
 * characters, and never more than a third of them.
 */
function maskNumber(number: string): string {
  const characters = [...number];
  const shown = Math.min(5, Math.floor(characters.length / 3));
  const head = Math.ceil(shown / 2);
  const hidden = Math.max(1, characters.length - shown);
  return [
    ...characters.slice(0, head),
    '*'.repeat(hidden),
    ...characters.slice(head + hidden),
  ].join('');
}
