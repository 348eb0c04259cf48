import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign } from 'jose';
import * as v from 'valibot';
import { afterAll, expect } from 'vitest';
import { createApp } from '../../src/authority/app.ts';
import { keepDays } from '../../src/authority/database/days.ts';
import { migrate } from '../../src/authority/database/migrate.ts';
import { openDatabase } from '../../src/authority/database/sql.ts';
import { loadTown } from '../../src/authority/demo/town.ts';
import { makeEnrolmentLink } from '../../src/authority/enrolment/enrolment-token.ts';
import { openFirstRing } from '../../src/authority/keys/first-keys.ts';
import { Metrics } from '../../src/authority/metrics/metrics.ts';
import { importSealingKey } from '../../src/authority/opener/decrypt.ts';
import { openerResults, openWaiting } from '../../src/authority/opener/open-waiting.ts';
import { reopen } from '../../src/authority/opener/reopen.ts';
import { publishAll } from '../../src/authority/publish/publish-all.ts';
import { TrustWatch } from '../../src/authority/publish/trust-watch.ts';
import { sweepLapses } from '../../src/authority/residents/colour/sweep-lapses.ts';
import { Vault } from '../../src/authority/residents/identity/vault.ts';
import { readPin, settleIssuer } from '../../src/authority/settings.ts';
import type { Site } from '../../src/authority/site/site.ts';
import { utf8 } from '../../src/core/bytes.ts';
import { BULLETIN } from '../../src/core/documents/bulletin.ts';
import { openDocument } from '../../src/core/documents/signed.ts';
import { openStatusList } from '../../src/core/documents/status-list.ts';
import { currentKey, openTrust, type TrustedKeys } from '../../src/core/documents/trust.ts';
import { parseEnrolmentLink } from '../../src/core/enrolment.ts';
import { ProblemBody } from '../../src/core/protocol/common.ts';
import {
  CodeResponse,
  DemoPeople,
  ENROLMENT_TYP,
  EnrolmentResponse,
} from '../../src/core/protocol/station.ts';
import { type BatchBody, signBatch } from '../../src/core/record/batch.ts';
import { emptyHead, headsAfter } from '../../src/core/record/chain.ts';
import type { PlainRecord } from '../../src/core/record/record.ts';
import { seal } from '../../src/core/record/seal.ts';
import { type KeyPair, makeKey, NOW } from '../core/make.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { expectDocumented } from './documented.ts';

export const ORIGIN = 'https://kakou.test';
export const HQ_KEY = 'headquarters-key-of-the-tests';
/** The headers of headquarters. */
export const HQ = { Authorization: `Bearer ${HQ_KEY}` };
export const POST = { post: '东门卡口', area: '420606', role: 'checkpoint' } as const;

type SealingKey = Pick<KeyPair, 'kid' | 'privateKey'>;

export type TestAuthority = Awaited<ReturnType<typeof makeAuthority>>;

const closers: (() => Promise<void>)[] = [];

/**
 * One PostgreSQL for a test file; every authority made with it has its own database.
 * To be called at the top of the file: what ends it can be registered only there.
 */
export async function postgresForThisFile(): Promise<TestPostgres> {
  const postgres = await startPostgres();
  // One hook, so that the server is stopped whatever else goes wrong before.
  afterAll(() => closeAuthorities().finally(postgres.stop), 60_000);
  return postgres;
}

/** What {@link makeAuthority} opened in this file. */
export async function closeAuthorities(): Promise<void> {
  for (const close of closers.splice(0)) await close();
}

/** A whole authority without a port, whose clock stands still until it is moved. */
export async function makeAuthority(
  postgres: TestPostgres,
  { demo = true, site }: { demo?: boolean; site?: Site } = {},
) {
  const clock = { now: NOW };
  const read = () => clock.now;
  const logged: string[] = [];
  const log = (event: string, facts = {}) => {
    logged.push(`${event} ${JSON.stringify(facts)}`);
  };
  const db = openDatabase(await postgres.createDatabase(), log);
  const folder = mkdtempSync(join(tmpdir(), 'kakou-keys-'));
  closers.push(async () => {
    await db.end();
    rmSync(folder, { recursive: true });
  });
  await migrate(db);
  await keepDays(db, clock.now, 190);
  const ring = await openFirstRing(folder, { clock: read, warn: () => {} });
  const vault = new Vault(randomBytes(32).toString('base64url'));
  const issuer = await settleIssuer(db.sql, 'https://xiangyang.example');
  if (demo) await loadTown(db, vault, clock.now);

  const watch = new TrustWatch(log);
  const publish = () => publishAll({ db, clock: read, issuer, ring, watch });
  await publish();
  const metrics = new Metrics();
  const results = openerResults(metrics);
  const opener = (more: SealingKey[] = []) => {
    const keys = [...ring.keysOf('sealing'), ...more];
    const imported = keys.map(
      ({ kid, privateKey }) => [kid, importSealingKey(privateKey)] as const,
    );
    return { db, clock: read, sealingKeys: new Map(imported), hashes: vault, results };
  };
  const pokes = { sealed: 0, status: 0, notice: 0 };
  /** One-time codes, by the number that they were sent to. */
  const sent = new Map<string, string>();
  const app = createApp({
    ...{ db, clock: read, log, metrics, issuer, demo, site, vault },
    sendCode: async (phone, code) => {
      sent.set(phone, code);
    },
    keys: {
      code: () => ring.current('code'),
      receipt: () => ring.current('receipt'),
      badge: () => ring.current('badge'),
    },
    publicOrigin: ORIGIN,
    hqKey: HQ_KEY,
    onSealed: () => pokes.sealed++,
    onStatusChange: () => pokes.status++,
    onNotice: () => pokes.notice++,
  });
  // Whatever a test asks for, what it is answered is what the document says.
  const answer = app.fetch;
  app.fetch = async (asked, ...around) => {
    const answered = await answer(asked, ...around);
    await expectDocumented(asked, answered.clone());
    return answered;
  };
  return {
    ...{ app, db, sql: db.sql, clock, metrics, ring, folder, issuer, logged, pokes, publish },
    ...{ vault, sent },
    sweep: (signal?: AbortSignal, batch?: number) =>
      sweepLapses({ db, clock: read }, signal, batch),
    /** The days on which something may come in: to be called when the clock was moved. */
    keep: () => keepDays(db, clock.now, 190),
    open: () => openWaiting(opener()),
    /** With a key that the opener got later. */
    reopen: (...more: SealingKey[]) => reopen(opener(more)),
    /** What an enrolment link pins. */
    pin: async () => (await readPin(db.sql)) ?? '',
  };
}

export function request(
  { app }: Pick<TestAuthority, 'app'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return Promise.resolve(
    app.request(path, { method, headers, ...(body !== undefined && { body: text }) }),
  );
}

/** The stable code of a refused request, whose form and status are checked on the way. */
export async function problemOf(answer: Response | Promise<Response>): Promise<string> {
  const response = await answer;
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  const { code, status } = v.parse(ProblemBody, await response.json());
  expect(status).toBe(response.status);
  return `${status} ${code}`;
}

export async function tokenFor(
  authority: TestAuthority,
  at: { post: string; area: string } = POST,
): Promise<string> {
  const { sql, clock } = authority;
  const made = await makeEnrolmentLink(sql, { ...POST, ...at }, ORIGIN, clock.now);
  const link = parseEnrolmentLink(made.link);
  if (!link.ok) throw new Error(link.reason);
  return link.value.token;
}

export function signEnrolment(
  claims: unknown,
  key: KeyPair,
  typ: string = ENROLMENT_TYP,
): Promise<string> {
  return new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', typ })
    .sign(key.privateKey);
}

/** Trust as a device gets it: by the thumbprint of its enrolment. */
export async function fetchTrust(authority: TestAuthority): Promise<TrustedKeys> {
  const text = await (await request(authority, 'GET', '/trust')).text();
  const trust = await openTrust(text, { thumbprint: await authority.pin() });
  if (!trust.ok) throw new Error(trust.reason);
  return trust.value;
}

export async function fetchBulletin(authority: TestAuthority) {
  const text = await (await request(authority, 'GET', '/bulletin')).text();
  const bulletin = await openDocument(text, BULLETIN, await fetchTrust(authority));
  if (!bulletin.ok) throw new Error(bulletin.reason);
  return bulletin.value;
}

export async function fetchStatusList(authority: TestAuthority) {
  const text = await (await request(authority, 'GET', '/status/0')).text();
  const list = await openStatusList(text, 0, await fetchTrust(authority));
  if (!list.ok) throw new Error(list.reason);
  return list.value;
}

export type Scenario = DemoPeople[number]['scenario'];

export async function personOf(authority: TestAuthority, scenario: Scenario) {
  const answer = await request(authority, 'GET', '/demo/people');
  const person = v.parse(DemoPeople, await answer.json()).find((one) => one.scenario === scenario);
  if (!person) throw new Error(`nobody is ${scenario}`);
  return person;
}

export async function fetchCode(authority: TestAuthority, ticket: string, phone?: KeyPair) {
  const answer = await request(authority, 'POST', '/codes', {
    ticket,
    ...(phone && { jwk: phone.jwk }),
  });
  return v.parse(CodeResponse, await answer.json());
}

/** A station with its key, which seals and signs as core has it. */
export async function enrolStation(
  authority: TestAuthority,
  ownKey?: KeyPair,
  at: { post: string; area: string } = POST,
) {
  const key = ownKey ?? (await makeKey());
  const token = await tokenFor(authority, at);
  const answer = await request(authority, 'POST', '/devices', {
    request: await signEnrolment({ token, jwk: key.jwk }, key),
  });
  const { device } = v.parse(EnrolmentResponse, await answer.json());
  const sealingKey = currentKey(await fetchTrust(authority), 'sealing', authority.clock.now);
  if (!sealingKey) throw new Error('no sealing key');
  const sealed: string[] = [];
  return {
    ...{ device, key, sealed, sealingKey },
    /** Writes the next record of the station's life. */
    async write(changes: Partial<PlainRecord> = {}): Promise<void> {
      const record = recordOf(device, sealed.length + 1, changes);
      sealed.push(await seal(record, sealingKey));
    },
    /** The batch of some of its records. */
    async batch(first: number, last: number, records = sealed): Promise<BatchBody> {
      const heads = [await emptyHead(device)];
      heads.push(...(await headsAfter(heads[0] ?? '', 1, records.slice(0, last))));
      const claims = {
        device,
        first,
        last,
        before: heads[first - 1] ?? '',
        head: heads[last] ?? '',
      };
      return {
        batch: await signBatch(claims, key.privateKey),
        records: records.slice(first - 1, last),
      };
    },
    async upload(first: number, last: number): Promise<Response> {
      return put(authority, device, first, last, await this.batch(first, last));
    },
  };
}
export type Station = Awaited<ReturnType<typeof enrolStation>>;

export function put(
  authority: TestAuthority,
  device: string,
  first: number,
  last: number,
  body: unknown,
): Promise<Response> {
  return request(authority, 'PUT', `/devices/${device}/batches/${first}-${last}`, body);
}

export function recordOf(
  device: string,
  n: number,
  changes: Partial<PlainRecord> = {},
): PlainRecord {
  return {
    v: 1,
    device,
    n,
    at: NOW,
    verdict: 'pass',
    reason: 'green',
    ages: { trust: 60, bulletin: 60, status: 60 },
    amber: [],
    ...changes,
  };
}
