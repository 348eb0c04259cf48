import { CompactEncrypt } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import type { KeptRecord } from '../../src/authority/opener/kept-record.ts';
import { utf8 } from '../../src/core/bytes.ts';
import type { Status } from '../../src/core/documents/status-bits.ts';
import { statusOf } from '../../src/core/documents/status-list.ts';
import { draftRecord } from '../../src/core/record/draft.ts';
import type { PlainRecord } from '../../src/core/record/record.ts';
import { SEALED_TYP, seal } from '../../src/core/record/seal.ts';
import { decide, type Knowledge } from '../../src/core/verdict/decide.ts';
import { REASONS } from '../../src/core/verdict/reasons.ts';
import { makeKey, NOW } from '../core/make.ts';
import { KNOWING, reading } from '../core/verdict/situation.ts';
import {
  enrolStation,
  fetchBulletin,
  fetchStatusList,
  makeAuthority,
  POST,
  postgresForThisFile,
  recordOf,
  type Scenario,
  type Station,
  type TestAuthority,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
let station: Station;
beforeEach(async () => {
  authority = await makeAuthority(postgres);
  station = await enrolStation(authority);
});

async function uploadAll(from = station) {
  expect((await from.upload(1, from.sealed.length)).status).toBe(200);
}

function openedOf({ device }: Station) {
  return authority.sql<{ n: number; body: KeptRecord }>`
    select n, body from records where device = ${device} order by n`;
}

function quarantineOf({ device }: Station) {
  return authority.sql`select n, reason from quarantine where device = ${device} order by n`;
}

/** A JWE to the authority's key with whatever inside, as a hostile device can make it. */
function sealAnything(plaintext: string, header: Record<string, string> = {}): Promise<string> {
  const { kid, key } = station.sealingKey;
  return new CompactEncrypt(utf8(plaintext))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid, typ: SEALED_TYP, ...header })
    .encrypt(key);
}

test('sealed records are opened once, as they were written', async () => {
  const reading = { tenths: 365, site: 'forehead', instrument: 'keypad' } as const;
  await station.write({ reading });
  await station.write({ verdict: 'stop', reason: 'grey' });
  await uploadAll();
  expect(await authority.open()).toBe(2);
  expect(await authority.open()).toBe(0);
  expect(await openedOf(station)).toEqual([
    { n: 1, body: recordOf(station.device, 1, { reading }) },
    { n: 2, body: recordOf(station.device, 2, { verdict: 'stop', reason: 'grey' }) },
  ]);
});

test('openers that run at once open every record once, each device in its order', async () => {
  const stations = [station, await enrolStation(authority), await enrolStation(authority)];
  for (const one of stations) {
    for (let n = 1; n <= 20; n++) await one.write();
    await uploadAll(one);
  }
  await Promise.all([authority.open(), authority.open(), authority.open()]);
  await authority.open();
  for (const one of stations) expect(await openedOf(one)).toHaveLength(20);
});

test('every poisoned record is set aside with its reason, and the rest goes on', async () => {
  const stranger = await makeKey('ECDH-ES');
  const other = await enrolStation(authority);
  const good = await seal(recordOf(station.device, 1), station.sealingKey);
  const poison: [string, string][] = [
    ['no JWE at all', 'not-sealed'],
    [await sealAnything('{}', { typ: 'JWT' }), 'not-sealed'],
    [
      await seal(recordOf(station.device, 4), { kid: 'AAAAAA', key: stranger.publicKey }),
      'unknown-key',
    ],
    [`${good.slice(0, -4)}AAAA`, 'altered'],
    [await sealAnything('[]'), 'malformed'],
    [await sealAnything(`${JSON.stringify(recordOf(station.device, 7))} `), 'malformed'],
    [await seal(recordOf(station.device, 99), station.sealingKey), 'wrong-place'],
    [await seal(recordOf(other.device, 9), station.sealingKey), 'wrong-place'],
    [
      await sealAnything(
        JSON.stringify(
          recordOf(station.device, 10, { document: { type: 'certificate', number: '\0ab' } }),
        ),
      ),
      'unstorable',
    ],
  ];
  station.sealed.push(good, ...poison.map(([body]) => body));
  await station.write();
  await uploadAll();
  expect(await authority.open()).toBe(11);
  expect((await openedOf(station)).map(({ n }) => n)).toEqual([1, 11]);
  expect(await quarantineOf(station)).toEqual(
    poison.map(([, reason], i) => ({ n: i + 2, reason })),
  );
});

test('records whose key comes later are opened then, once, and what follows from them too', async () => {
  const late = await makeKey('ECDH-ES');
  const sealLate = async (changes: Partial<PlainRecord>) => {
    const record = recordOf(station.device, station.sealed.length + 1, changes);
    station.sealed.push(await seal(record, { kid: late.kid, key: late.publicKey }));
  };
  await sealLate(await about('green', fever));
  await station.write();
  await sealLate({});
  station.sealed.push(
    await seal(recordOf(station.device, 99), { kid: late.kid, key: late.publicKey }),
    await seal(recordOf(station.device, 5), { kid: 'AAAAAA', key: late.publicKey }),
  );
  await uploadAll();
  expect(await authority.open()).toBe(5);
  expect(await authority.reopen()).toBe(0);
  expect((await openedOf(station)).map(({ n }) => n)).toEqual([2]);

  const tried = await Promise.all([authority.reopen(late), authority.reopen(late)]);
  expect(tried.reduce((sum, one) => sum + one)).toBe(3);
  expect(await authority.reopen(late)).toBe(0);
  expect((await openedOf(station)).map(({ n }) => n)).toEqual([1, 2, 3]);
  expect(await quarantineOf(station)).toEqual([
    { n: 4, reason: 'wrong-place' },
    { n: 5, reason: 'unknown-key' },
  ]);
  expect(await authority.sql`select opened, quarantined from openings`).toEqual([
    { opened: 3, quarantined: 2 },
  ]);
  await authority.publish();
  const [resident] = await authority.sql<{ index: number }>`
    select status_index as index from residents where scenario = 'green'`;
  expect(statusOf(await fetchStatusList(authority), resident?.index ?? -1)).toBe('yellow');
  const fevers = await authority.sql`select from colour_events where cause = 'fever' and n = 1`;
  expect(fevers).toHaveLength(1);
});

/** A record about somebody of the town, as a station writes it. */
async function about(
  scenario: Scenario,
  changes: Partial<PlainRecord> = {},
): Promise<Partial<PlainRecord>> {
  const [resident] = await authority.sql<{ sub: string; statusIndex: number }>`
    select sub, status_index as "statusIndex" from residents where scenario = ${scenario}`;
  if (!resident) throw new Error(`nobody is ${scenario}`);
  const code = {
    ...resident,
    kind: 'live',
    colour: 'green',
    area: '420606',
    issuedAt: NOW - 60,
  } as const;
  return { ...changes, code };
}

const fever = {
  verdict: 'stop',
  reason: 'fever',
  reading: { tenths: 376, site: 'forehead', instrument: 'keypad' },
} as const;
const remeasured = {
  verdict: 'pass',
  reason: 'remeasured',
  reading: { tenths: 366, site: 'forehead', instrument: 'keypad' },
} as const;

/** Uploads what was written, opens it, publishes, and says what the next list says. */
async function statusAfter(
  scenario: Scenario,
  ...stations: Station[]
): Promise<Status | undefined> {
  for (const one of stations) await uploadAll(one);
  await authority.open();
  await authority.publish();
  const [resident] = await authority.sql<{ index: number }>`
    select status_index as index from residents where scenario = ${scenario}`;
  return statusOf(await fetchStatusList(authority), resident?.index ?? -1);
}

test('a fever turns the code yellow in the next status list, which the bulletin names', async () => {
  const before = await fetchBulletin(authority);
  await station.write(await about('green', fever));
  expect(await statusAfter('green', station)).toBe('yellow');
  const after = await fetchBulletin(authority);
  expect(after.version).toBeGreaterThan(before.version);
  expect(after.status[0]?.version).toBe((await fetchStatusList(authority)).version);
  const events = await authority.sql`
    select from_colour, to_colour, cause, device, n from colour_events where device is not null`;
  expect(events).toEqual([
    { from_colour: 'green', to_colour: 'yellow', cause: 'fever', device: station.device, n: 1 },
  ]);
});

test('a second measurement by the same station undoes it, and both stay recorded', async () => {
  await station.write(await about('green', fever));
  await station.write(await about('green', remeasured));
  expect(await statusAfter('green', station)).toBe('as-issued');
  const events = await authority.sql`
    select to_colour, cause from colour_events where device is not null order by id`;
  expect(events).toEqual([
    { to_colour: 'yellow', cause: 'fever' },
    { to_colour: 'green', cause: 'remeasured' },
  ]);
});

test('a second measurement by another post does not undo it, also where it has the same name', async () => {
  for (const at of [
    { ...POST, post: '西门卡口' },
    { ...POST, area: '420607' },
  ]) {
    const other = await enrolStation(authority, undefined, at);
    await station.write(await about('green', fever));
    await other.write(await about('green', remeasured));
    expect(await statusAfter('green', station, other)).toBe('yellow');
  }
});

test('a second measurement by another tablet of the same post undoes it', async () => {
  const other = await enrolStation(authority);
  await station.write(await about('green', fever));
  await other.write(await about('green', fever));
  expect(await statusAfter('green', station, other)).toBe('yellow');
  await other.write(await about('green', remeasured));
  expect(await statusAfter('green', other)).toBe('as-issued');
});

test('two posts found a fever: it stands until both have measured again', async () => {
  const other = await enrolStation(authority, undefined, { ...POST, post: '西门卡口' });
  await station.write(await about('green', fever));
  await other.write(await about('green', fever));
  expect(await statusAfter('green', station, other)).toBe('yellow');
  await station.write(await about('green', remeasured));
  expect(await statusAfter('green', station)).toBe('yellow');
  await other.write(await about('green', remeasured));
  expect(await statusAfter('green', other)).toBe('as-issued');
});

test('a fever that a supervisor let pass, or that the station did not see, counts', async () => {
  const { reading } = fever;
  await station.write(
    await about('green', {
      verdict: 'pass',
      reason: 'override',
      overridden: 'fever',
      override: 'medical',
    }),
  );
  await station.write(await about('elder', { verdict: 'pass', reason: 'green', reading }));
  expect(await statusAfter('green', station)).toBe('yellow');
  expect(await statusAfter('elder')).toBe('yellow');
});

test('a fever beside a screenshot turns nobody yellow: it may be anybody who shows it', async () => {
  const { reading } = fever;
  await station.write(await about('green', { verdict: 'stop', reason: 'stale-proof', reading }));
  expect(await statusAfter('green', station)).toBe('as-issued');
});

describe('a fever of somebody who showed their identity card', () => {
  const document = { type: 'resident-id', number: '420606199001010018' } as const;
  const evidence = { kind: 'no-code', document: document.type, number: document.number } as const;
  beforeEach(async () => {
    const hash = authority.vault.hashDocument(document);
    await authority.sql`update residents set id_hash = ${hash} where scenario = 'green'`;
  });

  /** What a scanner writes of the person. */
  const judged = (tenths: number, remeasured: boolean, knows: Partial<Knowledge> = {}) => {
    const knowledge = { ...KNOWING, feverEarlier: remeasured, ...knows };
    const actions = { reading: reading(tenths), remeasured };
    const verdict = decide(evidence, knowledge, actions);
    const draft = draftRecord({ evidence, knowledge, actions, verdict, wall: NOW });
    if (!draft) throw new Error(`nothing is recorded of ${verdict.reason}`);
    return draft;
  };

  test('turns their code yellow, until they are measured again, whatever else they are told', async () => {
    const expired = { ages: { ...KNOWING.ages, bulletin: 9 * 86_400 } };
    for (const knows of [{}, expired]) {
      await station.write(judged(385, false, knows));
      expect(await statusAfter('green', station)).toBe('yellow');
      await station.write(judged(366, true, knows));
      expect(await statusAfter('green', station)).toBe('as-issued');
    }
    expect((await openedOf(station)).map(({ body }) => body.reason)).toEqual([
      'fever',
      'no-code',
      'fever',
      'bulletin-expired',
    ]);
  });

  test('is not undone by coming once more', async () => {
    await station.write(judged(385, false));
    await station.write(judged(366, false));
    expect(await statusAfter('green', station)).toBe('yellow');
  });

  test('or their permit turns it yellow as well', async () => {
    const permit = { type: 'hk-macau-permit', number: 'H12345678' } as const;
    const hash = authority.vault.hashDocument(permit);
    await authority.sql`update residents set id_hash = ${hash} where scenario = 'green'`;
    await station.write({ ...fever, document: permit });
    expect(await statusAfter('green', station)).toBe('yellow');
  });

  test('is nobody’s of whom the authority knows when it was a village certificate', async () => {
    await station.write({ ...fever, document: { ...document, type: 'certificate' } });
    expect(await statusAfter('green', station)).toBe('as-issued');
  });
});

test('a second measurement undoes a fever though passage is closed or the check-in lapsed', async () => {
  const { reading } = remeasured;
  for (const reason of ['passage-closed', 'lapsed', 'status-expired'] as const) {
    await station.write(await about('green', fever));
    expect(await statusAfter('green', station)).toBe('yellow');
    const verdict = REASONS[reason];
    await station.write(await about('green', { verdict, reason, reading, remeasured: true }));
    expect(await statusAfter('green', station)).toBe('as-issued');
  }
});

test('a fever beside yellow keeps it yellow for longer, and red red; measured again it is as before', async () => {
  const reviewFrom = async (scenario: Scenario) => {
    const [row] = await authority.sql<{ at: number }>`
      select review_from as at from residents where scenario = ${scenario}`;
    return row?.at;
  };
  const before = { yellow: await reviewFrom('yellow'), red: await reviewFrom('red') };
  const { reading } = fever;
  authority.clock.now = NOW + 5 * 86_400;
  await authority.keep();
  for (const reason of ['yellow', 'red'] as const) {
    await station.write(await about(reason, { verdict: 'stop', reason, reading }));
    expect(await statusAfter(reason, station)).toBe(reason);
  }
  expect(await reviewFrom('yellow')).toBe(NOW + 19 * 86_400);
  expect(await reviewFrom('red')).toBe(before.red);
  const again = { verdict: 'stop', reason: 'yellow', remeasured: true } as const;
  await station.write(await about('yellow', { ...again, reading: remeasured.reading }));
  expect(await statusAfter('yellow', station)).toBe('yellow');
  expect(await reviewFrom('yellow')).toBe(before.yellow);
});

test('of a document and a plate a record keeps what is shown, and what they are compared by', async () => {
  const vehicle = { plate: '鄂F8K12P', seat: 2 };
  const document = { type: 'resident-id', number: '42060619900101001x', why: 'no-phone' } as const;
  await station.write({ vehicle, document });
  await station.write({ vehicle: { ...vehicle, seat: 3 } });
  await uploadAll();
  await authority.open();
  const [first, second] = await openedOf(station);
  expect(first?.body.document).toEqual({
    type: 'resident-id',
    why: 'no-phone',
    masked: '420*************1x',
  });
  expect(first?.body.vehicle).toMatchObject({ masked: '鄂*****P', seat: 2 });
  expect(second?.body.vehicle?.hash).toBe(first?.body.vehicle?.hash);
});

test('of somebody who showed nothing a record keeps that, and why', async () => {
  await station.write({
    verdict: 'stop',
    reason: 'no-code',
    document: { type: 'none', why: 'refuses' },
  });
  await uploadAll();
  await authority.open();
  const [opened] = await openedOf(station);
  expect(opened?.body.document).toEqual({ type: 'none', why: 'refuses' });
});

test('a fever leaves red red and yellow yellow, and a second measurement too', async () => {
  await station.write(await about('red', fever));
  await station.write(await about('red', remeasured));
  await station.write(await about('yellow', fever));
  await station.write(await about('yellow', remeasured));
  expect(await statusAfter('red', station)).toBe('red');
  expect(await statusAfter('yellow')).toBe('yellow');
});

test('grey turns yellow by a fever, and grey again when it was none', async () => {
  await station.write(await about('grey', fever));
  expect(await statusAfter('grey', station)).toBe('yellow');
  await station.write(await about('grey', remeasured));
  expect(await statusAfter('grey', station)).toBe('as-issued');
  const [row] = await authority.sql`select colour from residents where scenario = 'grey'`;
  expect(row).toEqual({ colour: 'grey' });
});

test('a fever of somebody whom the authority does not know is recorded all the same', async () => {
  const { code } = await about('green');
  await station.write({ ...fever, ...(code && { code: { ...code, sub: 'AAAAAAAAAAA' } }) });
  await station.write(fever);
  await uploadAll();
  expect(await authority.open()).toBe(2);
  expect(await openedOf(station)).toHaveLength(2);
});
