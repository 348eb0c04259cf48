import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCode } from '../../src/core/code/read.ts';
import { currentKey, openTrust, type TrustedKeys } from '../../src/core/documents/trust.ts';
import { parseEnrolmentLink } from '../../src/core/enrolment.ts';
import {
  HqInvitation,
  HqOverview,
  HqPasskeyOptions,
  HqSession,
  HqSignInOptions,
} from '../../src/core/protocol/headquarters.ts';
import {
  BatchReceipt,
  CodeResponse,
  DemoPeople,
  EnrolmentResponse,
} from '../../src/core/protocol/station.ts';
import { signBatch } from '../../src/core/record/batch.ts';
import { emptyHead, headsAfter } from '../../src/core/record/chain.ts';
import { seal } from '../../src/core/record/seal.ts';
import { recordOf, signEnrolment } from '../authority/make.ts';
import { makeKey } from '../core/make.ts';
import { freePort, linkIn, spawnAuthority } from '../support/authority.ts';
import { makePasskey } from '../support/passkey.ts';
import { makeFolder } from '../support/postgres.ts';
import { startSystemPostgres, systemPostgres } from '../support/system-postgres.ts';

/** What somebody types, as docs/operating.md has it, in its order. */
const [, section = ''] = readFileSync('docs/operating.md', 'utf8').split(
  '\n## Backup and restore\n',
);
const [dump = '', restore = '', copy = '', unpack = ''] = [
  ...(section.split('\n## ')[0] ?? '').matchAll(/^```sh\n(.*?)^```$/gms),
].map(([, commands = '']) => commands);

let folder: string;
let port: number;
const closers: (() => Promise<unknown> | unknown)[] = [];

beforeEach(async () => {
  folder = makeFolder('restore');
  port = await freePort();
  for (const place of ['before', 'after']) mkdirSync(join(folder, place));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
});
afterEach(async () => {
  for (let close = closers.pop(); close; close = closers.pop()) await close();
});

/** Kakou in one of two folders, under the same address. */
async function start(place: string, env: Readonly<Record<string, string>> = {}) {
  const { child, output } = await spawnAuthority({
    ...{ PORT: String(port), DATA_DIR: join(folder, place, '.data'), DATABASE_URL: '', ...env },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  closers.push(stop);
  return { output, stop };
}

/** Runs the lines of a block of docs/operating.md, but for the one that starts Kakou. */
function type(commands: string, place: string, env: Readonly<Record<string, string>> = {}): void {
  expect(commands).not.toBe('');
  const lines = commands.replace(/^npm start\n/m, '');
  const inherited = { ...process.env, PATH: process.env['PATH'] };
  execFileSync('sh', ['-euc', lines], {
    cwd: join(folder, place),
    env: { ...inherited, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

async function ask(method: string, path: string, body?: unknown, token = ''): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function told<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: Promise<Response>,
): Promise<v.InferOutput<Schema>> {
  const response = await answer;
  expect([response.url, response.status]).toEqual([response.url, expect.toSatisfy((n) => n < 300)]);
  return v.parse(schema, await response.json());
}

async function trusted(pin: string): Promise<TrustedKeys> {
  const opened = await openTrust(await (await ask('GET', '/trust')).text(), { thumbprint: pin });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.value;
}

/** A station, a resident with a code on paper and a member of headquarters. */
async function settle(output: string) {
  const link = parseEnrolmentLink(linkIn(output, '/enrol#'));
  if (!link.ok) throw new Error(link.reason);
  const { root: pin, token } = link.value;
  const key = await makeKey();
  const request = await signEnrolment({ token, jwk: key.jwk }, key);
  const { device } = await told(EnrolmentResponse, ask('POST', '/devices', { request }));
  const sealingKey = currentKey(await trusted(pin), 'sealing', Math.floor(Date.now() / 1000));
  if (!sealingKey) throw new Error('no sealing key');
  const heads = [await emptyHead(device)];
  let receipt = '';

  const people = await told(DemoPeople, ask('GET', '/demo/people'));
  const ticket = people.find(({ scenario }) => scenario === 'elder')?.ticket;
  const { text } = await told(CodeResponse, ask('POST', '/codes', { ticket }));

  const hqKey = new URL(linkIn(output, '/headquarters/#')).hash.slice('#key='.length);
  const someone = { name: '陈主任', role: 'admin' };
  const made = await told(HqInvitation, ask('POST', '/hq/staff', someone, hqKey));
  const invitation = new URL(made.link).hash.slice('#invite='.length);
  const options = await told(HqPasskeyOptions, ask('POST', '/hq/passkeys/options', { invitation }));
  const passkey = makePasskey(`http://localhost:${port}`);
  const registration = { invitation, ...passkey.register(options.challenge) };
  await told(HqSession, ask('POST', '/hq/passkeys', registration));

  return {
    device,
    /** Writes and uploads the next records. @param after with the newest receipt. */
    async upload(count: number, after = false): Promise<number> {
      const first = heads.length;
      const records: string[] = [];
      for (let n = first; n < first + count; n++) {
        records.push(await seal(recordOf(device, n), sealingKey));
      }
      const before = heads.at(-1) ?? '';
      const next = await headsAfter(before, first, records);
      const last = first + count - 1;
      const claims = { device, first, last, before, head: next.at(-1) ?? '' };
      const body = { batch: await signBatch(claims, key.privateKey), records };
      const path = `/devices/${device}/batches/${first}-${last}`;
      const answer = await ask('PUT', path, { ...body, ...(after && { after: receipt }) });
      if (answer.status !== 200) return answer.status;
      receipt = v.parse(BatchReceipt, await answer.json()).receipt;
      heads.push(...next);
      return answer.status;
    },
    async codeVerifies(): Promise<void> {
      const keys = await trusted(pin);
      const held = await readCode(text, keys);
      const again = await told(CodeResponse, ask('POST', '/codes', { ticket }));
      const fetched = await readCode(again.text, keys);
      if (!held.ok || !fetched.ok) throw new Error('the code does not verify');
      expect(fetched.value.claims.sub).toBe(held.value.claims.sub);
    },
    async signIn(): Promise<HqOverview> {
      const { challenge } = await told(HqSignInOptions, ask('POST', '/hq/sign-in/options'));
      const said = passkey.assert(challenge);
      const session = await told(HqSession, ask('POST', '/hq/sign-in', said));
      return told(HqOverview, ask('GET', '/hq/overview', undefined, session.token));
    },
  };
}
type Settled = Awaited<ReturnType<typeof settle>>;

async function goesOn(town: Settled, stored: number): Promise<void> {
  expect(await town.upload(2)).toBe(200);
  await town.codeVerifies();
  const { devices, staff } = await town.signIn();
  expect(staff.name).toBe('陈主任');
  expect(devices.map(({ device, stored: count }) => [device, count])).toEqual([
    [town.device, stored],
  ]);
}

const move = (file: string) =>
  copyFileSync(join(folder, 'before', file), join(folder, 'after', file));

/** As on a server of its own, by the programs of its own version. */
async function byDump(): Promise<void> {
  const { url, stop } = await startSystemPostgres(join(folder, 'postgres'));
  closers.push(stop);
  const env = {
    PATH: `${systemPostgres()}${delimiter}${process.env['PATH']}`,
    ...{ PGHOST: url.hostname, PGPORT: url.port, PGUSER: url.username },
  };
  const first = await start('before', { DATABASE_URL: url.href });
  const town = await settle(first.output);
  expect(await town.upload(3)).toBe(200);
  type(dump, 'before', { ...env, DATABASE_URL: url.href });
  // What comes after the backup is lost, and the station has a receipt for it.
  expect(await town.upload(2)).toBe(200);
  await first.stop();

  for (const file of ['kakou.dump', 'kakou-keys.tar']) move(file);
  url.pathname = '/kakou';
  type(restore, 'after', { ...env, DATABASE_URL: url.href });
  await start('after', { DATABASE_URL: url.href });
  expect(await town.upload(1)).toBe(202);
  expect(await town.upload(1, true)).toBe(200);
  await goesOn(town, 8);
  const { alarms } = await town.signIn();
  expect(alarms).toMatchObject([{ kind: 'lost', first: 4, last: 5 }]);
}

/** As with the PostgreSQL that Kakou brings, while it is stopped. */
async function byCopy(): Promise<void> {
  const first = await start('before');
  const town = await settle(first.output);
  expect(await town.upload(3)).toBe(200);
  await first.stop();
  type(copy, 'before');
  move('kakou-data.tar');
  type(unpack, 'after');
  rmSync(join(folder, 'before'), { recursive: true });
  await start('after');
  await goesOn(town, 5);
}

/** The programs of PostgreSQL are not on every machine on which `npm test` runs. */
const WAYS = process.env['FAULT_ROUNDS'] === 'all' ? { byCopy, byDump } : { byCopy };

test.each(Object.entries(WAYS))(
  'an authority that was restored as docs/operating.md says (%s) goes on where the backup was',
  (_, way) => way(),
);
