import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import * as v from 'valibot';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { commandOf, isAlive, startOf } from '../../src/authority/start/processes.ts';
import { currentKey, openTrust } from '../../src/core/documents/trust.ts';
import { parseEnrolmentLink } from '../../src/core/enrolment.ts';
import { BatchReceipt, EnrolmentResponse } from '../../src/core/protocol/station.ts';
import { signBatch } from '../../src/core/record/batch.ts';
import { emptyHead, headsAfter } from '../../src/core/record/chain.ts';
import { seal } from '../../src/core/record/seal.ts';
import { makeKey } from '../core/make.ts';
import { freePort } from '../support/authority.ts';
import { makeFolder, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { recordOf, signEnrolment } from './make.ts';
import { declarationOf } from './residents/make.ts';

/** Below node_modules, so that the bundle finds its dependencies. */
const OUT = resolve('node_modules/.cache/kakou-process-test');

/** Where it is of no matter whose database it is: one of our own takes seconds to make. */
let postgres: TestPostgres;
const elsewhere = async () => ({ DATABASE_URL: await postgres.createDatabase() });

beforeAll(async () => {
  postgres = await startPostgres();
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'src/authority/main.ts', outDir: OUT, target: 'node20', copyPublicDir: false },
  });
});
afterAll(() => postgres?.stop(), 60_000);

let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = makeFolder('process');
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exited = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await exited;
  }
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Starts the authority as `npm start` does, and collects what it says. */
function start(env: Record<string, string> = {}, ...args: string[]) {
  const child = spawn(process.execPath, [join(OUT, 'main.js'), ...args], {
    cwd: folder,
    // No DATABASE_URL of the tests: what is started here brings its own database.
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const exit = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  /** Waits until it says so. */
  const says = (words: string) =>
    new Promise<void>((done, fail) => {
      const look = () => said.out.includes(words) && done();
      child.stdout.on('data', look);
      child.once('close', () => fail(new Error(`ended without "${words}": ${said.err}`)));
      look();
    });
  return { child, said, exit, says };
}

async function startedOne(env: Record<string, string> = {}) {
  const one = start(env);
  await one.says('Ctrl-C stops everything.');
  const [, origin = ''] = /Scanner +(\S+)\/\n/.exec(one.said.out) ?? [];
  return { ...one, origin };
}

function postmasterPid(): number {
  const text = readFileSync(join(folder, 'data/postgres/data/postmaster.pid'), 'utf8');
  return Number(text.split('\n', 1)[0]);
}

/** One clear line, no stack trace, and an exit code that says that it failed. */
async function expectRefusal(one: ReturnType<typeof start>, words: RegExp) {
  expect(await one.exit).toBe(1);
  expect(one.said.err).toMatch(/^Kakou: [^\n]*\n$/);
  expect(one.said.err).toMatch(words);
}

test('it starts on a bare folder, prints the links, and SIGTERM stops the database too', async () => {
  const { child, said, exit, origin } = await startedOne();
  expect(said.out).toMatch(/Headquarters +http:\/\/localhost:\d+\/headquarters\/#key=[\w-]{32}\n/);
  expect(said.out).toMatch(
    /Enrolment +http:\/\/localhost:\d+\/enrol#authority=\S+&root=\S+&token=\S+\n/,
  );
  expect((await fetch(`${origin}/trust`)).status).toBe(200);
  const page = await fetch(`${origin}/`, { headers: { Accept: 'text/html' } });
  expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  const postgres = postmasterPid();
  expect(isAlive(postgres)).toBe(true);

  child.kill('SIGTERM');
  expect(await exit).toBe(0);
  expect(said.err).toBe('');
  expect(existsSync(join(folder, 'data/postgres/data/postmaster.pid'))).toBe(false);
  expect(existsSync(join(folder, 'data/lock'))).toBe(false);
});

test('secrets can be read by nobody else', async () => {
  await startedOne();
  const keys = readdirSync(join(folder, 'data/keys')).map((name) => `keys/${name}`);
  expect(keys.filter((name) => name.endsWith('.jwk'))).toHaveLength(7);
  for (const name of ['headquarters-key', 'postgres/password', 'keys', ...keys]) {
    expect(statSync(join(folder, 'data', name)).mode & 0o077).toBe(0);
  }
});

test('a second start keeps the data, the issuer and the keys', async () => {
  const first = await startedOne({ ISSUER: 'https://first.example' });
  const everything = async (origin: string) =>
    Promise.all(
      ['/demo/people', '/trust'].map(async (path) => (await fetch(origin + path)).text()),
    );
  const before = await everything(first.origin);
  first.child.kill('SIGINT');
  expect(await first.exit).toBe(0);
  const second = await startedOne({ ISSUER: 'https://second.example' });
  expect(await everything(second.origin)).toEqual(before);
  expect(second.said.err).toContain('this authority stays https://first.example');
});

test('SIGINT in the middle of a start stops what had started', async () => {
  const one = start();
  await one.says('Starting PostgreSQL');
  one.child.kill('SIGINT');
  expect(await one.exit).toBe(0);
  expect(existsSync(join(folder, 'data/postgres/data/postmaster.pid'))).toBe(false);
  expect(existsSync(join(folder, 'data/lock'))).toBe(false);
});

test('a request that was accepted is answered before the end', async () => {
  const { child, exit, origin } = await startedOne(await elsewhere());
  const body = new TransformStream<Uint8Array, Uint8Array>();
  const writer = body.writable.getWriter();
  const answer = fetch(`${origin}/codes`, {
    method: 'POST',
    body: body.readable,
    duplex: 'half',
  } as RequestInit);
  await writer.write(new TextEncoder().encode('{"ticket":'));
  // A second connection proves that the first was accepted before it.
  await fetch(`${origin}/healthz`);
  child.kill('SIGTERM');
  await writer.write(new TextEncoder().encode('"nobody"}'));
  await writer.close();
  expect((await answer).status).toBe(404);
  expect(await exit).toBe(0);
});

/** A device that enrols with the link that a start prints, and its first records. */
async function enrolledDevice(said: string) {
  const link = parseEnrolmentLink(/ (\S+\/enrol#\S+)/.exec(said)?.[1] ?? '');
  if (!link.ok) throw new Error(link.reason);
  const { authority: origin, root, token } = link.value;
  const key = await makeKey();
  const enrolled = await fetch(`${origin}/devices`, {
    method: 'POST',
    body: JSON.stringify({ request: await signEnrolment({ token, jwk: key.jwk }, key) }),
  });
  const { device } = v.parse(EnrolmentResponse, await enrolled.json());
  const trust = await openTrust(await (await fetch(`${origin}/trust`)).text(), {
    thumbprint: root,
  });
  const sealingKey = trust.ok && currentKey(trust.value, 'sealing', Date.now() / 1000);
  if (!sealingKey) throw new Error('no sealing key');
  const records = [
    await seal(recordOf(device, 1), sealingKey),
    await seal(recordOf(device, 2), sealingKey),
  ];
  const before = await emptyHead(device);
  const head = (await headsAfter(before, 1, records)).at(-1) ?? '';
  const claims = { device, first: 1, last: 2, before, head };
  const body = JSON.stringify({ batch: await signBatch(claims, key.privateKey), records });
  return { address: `${origin}/devices/${device}/batches/1-2`, body };
}

test('an upload that was accepted is stored and receipted before the end, however slowly it comes', async () => {
  const env = await elsewhere();
  const { child, said, exit, origin } = await startedOne(env);
  const { address, body } = await enrolledDevice(said.out);
  const stream = new TransformStream<Uint8Array, Uint8Array>();
  const writer = stream.writable.getWriter();
  const answer = fetch(address, {
    method: 'PUT',
    body: stream.readable,
    duplex: 'half',
  } as RequestInit);
  const bytes = new TextEncoder().encode(body);
  await writer.write(bytes.slice(0, 1000));
  await fetch(`${origin}/healthz`);
  child.kill('SIGTERM');
  for (let at = 1000; at < bytes.length; at += 100) await writer.write(bytes.slice(at, at + 100));
  await writer.close();
  const response = await answer;
  expect(response.status).toBe(200);
  const { receipt } = v.parse(BatchReceipt, await response.json());
  expect(await exit).toBe(0);

  const again = await startedOne({ ...env, PORT: new URL(origin).port });
  const repeated = await fetch(address, { method: 'PUT', body });
  expect(await repeated.json()).toEqual({ receipt });
  await expect
    .poll(async () => (await fetch(`${again.origin}/healthz`)).json())
    .toMatchObject({
      waiting: 0,
    });
});

test('front and opener run apart: the one cannot open a record, the other not say who the residents are', async () => {
  const { DATABASE_URL } = await elsewhere();
  const keys = join(folder, 'data/keys');
  const first = await startedOne({ DATABASE_URL });
  const { address, body } = await enrolledDevice(first.said.out);
  first.child.kill('SIGTERM');
  await first.exit;
  const openers = join(folder, 'opener/keys');
  mkdirSync(openers, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(keys).filter((name) => name.startsWith('sealing'))) {
    renameSync(join(keys, name), join(openers, name));
  }

  const { port } = new URL(address);
  const front = start({ DATABASE_URL, PORT: port }, 'front');
  await front.says('Ctrl-C stops it');
  expect((await fetch(address, { method: 'PUT', body })).status).toBe(200);
  const waiting = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).json();
  expect(await waiting()).toMatchObject({ waiting: 2 });
  expect(readdirSync(keys).filter((name) => name.startsWith('sealing'))).toEqual([]);

  const DATA_DIR = join(folder, 'opener');
  await expectRefusal(start({ DATABASE_URL, DATA_DIR }, 'opener'), /no documents-key in/);
  copyFileSync(join(folder, 'data/documents-key'), join(DATA_DIR, 'documents-key'));
  const opener = start({ DATABASE_URL, DATA_DIR }, 'opener');
  await opener.says('opens records');
  await expect.poll(waiting).toMatchObject({ waiting: 0 });
  expect(readdirSync(openers).every((name) => name.startsWith('sealing'))).toBe(true);
  expect(readdirSync(DATA_DIR)).not.toContain('residents-key');
  expect([front.said.err, opener.said.err]).toEqual(['', '']);
  for (const one of [front, opener]) {
    one.child.kill('SIGTERM');
    expect(await one.exit).toBe(0);
  }
});

test('residents-key is changed with Kakou stopped: killed in the middle, nothing starts before it is through', async () => {
  const postgres = await startPostgres();
  onTestFinished(postgres.stop, 60_000);
  const DATABASE_URL = await postgres.createDatabase();
  const env = { DATABASE_URL, DEMO: '0' };
  const rotate = () => start(env, 'keys', 'residents', 'rotate');
  const key = () => readFileSync(join(folder, 'data/residents-key'), 'utf8');
  const resident = async (origin: string, err: () => string) => {
    const ask = async (path: string, body: unknown, session = '') => {
      const headers = { Authorization: `Bearer ${session}` };
      const sent = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await fetch(`${origin}/residents${path}`, sent)).json();
    };
    await ask('/sign-in/codes', { phone: '13800000000' });
    const code = /sign-in-code .* code=(\d{6})\n$/.exec(err())?.[1];
    const { session } = await ask('/sessions', { phone: '13800000000', code });
    return ask('/people', declarationOf(1), session);
  };

  const first = await startedOne(env);
  const before = await resident(first.origin, () => first.said.err);
  expect(before).toMatchObject({ name: '王建国' });
  await expectRefusal(rotate(), /in use by another Kakou/);
  first.child.kill('SIGTERM');
  await first.exit;
  const old = key();

  // Whoever holds a declaration stops it in the middle: accounts and residents are done by then.
  const [holder, client] = [new pg.Client(DATABASE_URL), new pg.Client(DATABASE_URL)];
  for (const one of [holder, client]) {
    await one.connect();
    onTestFinished(() => one.end());
  }
  await holder.query('begin; select from declarations for update');
  const killed = rotate();
  const ours = async (state = '') => (await client.query(OURS + state)).rowCount;
  try {
    const seen = async () => [await ours(WAITING), killed.said.err];
    await expect.poll(seen, { timeout: 30_000 }).toEqual([1, '']);
  } finally {
    killed.child.kill('SIGKILL');
    await killed.exit;
    await holder.query('rollback');
  }
  expect(key()).toBe(old);
  await expect.poll(() => ours(), { timeout: 30_000 }).toBe(0);
  await expectRefusal(start(env), /Finish it first: npm start -- keys residents rotate/);

  const finished = rotate();
  expect([await finished.exit, finished.said.err]).toEqual([0, '']);
  expect(key()).not.toBe(old);
  expect(statSync(join(folder, 'data/residents-key')).mode & 0o077).toBe(0);
  expect(existsSync(join(folder, 'data/residents-key.next'))).toBe(false);
  const second = await startedOne(env);
  expect(await resident(second.origin, () => second.said.err)).toEqual(before);
  await expectRefusal(
    start({ ...env, DATA_DIR: join(folder, 'other') }, 'keys', 'residents', 'rotate'),
    /There is no .*residents-key/,
  );
  // Six processes one after the other.
}, 120_000);
/** Connections of Kakou to this database, which shares its server with those of other tests. */
const OURS = `select from pg_stat_activity
  where application_name = 'kakou' and datname = current_database()`;
const WAITING = " and wait_event_type = 'Lock'";

test('an opener without a database, or without a key, is one clear line', async () => {
  await expectRefusal(start({}, 'opener'), /name it with DATABASE_URL/);
  const nowhere = 'postgresql://kakou:secret@127.0.0.1:1/kakou';
  await expectRefusal(start({ DATABASE_URL: nowhere }, 'opener'), /no sealing key in/);
});

test('metrics are there where METRICS_PORT says', async () => {
  const port = await freePort();
  await startedOne({ ...(await elsewhere()), METRICS_PORT: String(port) });
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(text).toContain('kakou_records_waiting 0');
});

test('a second Ctrl-C does not wait for anyone, and takes the database along', async () => {
  const { child, exit, origin } = await startedOne();
  const postgres = postmasterPid();
  const body = new TransformStream<Uint8Array, Uint8Array>();
  // A request that never ends: a first Ctrl-C waits for it.
  const answer = fetch(`${origin}/codes`, {
    method: 'POST',
    body: body.readable,
    duplex: 'half',
  } as RequestInit).catch(() => 'cut');
  await body.writable.getWriter().write(new TextEncoder().encode('{'));
  await fetch(`${origin}/healthz`);
  const presses = setInterval(() => child.kill('SIGINT'), 100);
  expect(await exit).toBe(130);
  clearInterval(presses);
  expect(await answer).toBe('cut');
  await expect.poll(() => commandOf(postgres)).toBeFalsy();
});

test('after kill -9 the next start stops the orphaned database and loses nothing', async () => {
  const first = await startedOne();
  const people = await (await fetch(`${first.origin}/demo/people`)).text();
  const orphan = postmasterPid();
  first.child.kill('SIGKILL');
  await first.exit;
  expect(isAlive(orphan)).toBe(true);

  const second = await startedOne();
  expect(second.said.out).toContain('Stopping the PostgreSQL that a killed Kakou left behind');
  expect(postmasterPid()).not.toBe(orphan);
  expect(await (await fetch(`${second.origin}/demo/people`)).text()).toBe(people);
});

test('what a dead database left is not taken for a living process of the same number', async () => {
  const first = await startedOne();
  first.child.kill('SIGTERM');
  await first.exit;
  const file = join(folder, 'data/postgres/data/postmaster.pid');
  writeFileSync(file, `${process.pid}\n${folder}\n`);
  writeFileSync(join(folder, 'data/lock'), `${process.pid} not-when-it-started`);
  await startedOne();
  expect(isAlive(process.pid)).toBe(true);
});

test('a port in use is one clear line', async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, done));
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  await expectRefusal(start({ PORT: String(port) }), /Port \d+ is in use/);
  server.close();
});

test('a data folder in use is one clear line, and its user is not disturbed', async () => {
  const { origin } = await startedOne(await elsewhere());
  await expectRefusal(start(), /in use by another Kakou \(process \d+\)/);
  expect((await fetch(`${origin}/trust`)).status).toBe(200);
});

test('a lock of this very moment counts by when its process started', () => {
  expect(startOf(process.pid)).toBe(startOf(process.pid));
  expect(startOf(process.pid)).not.toBe(startOf(process.ppid));
});

test.each([
  [
    'an unreachable database',
    { DATABASE_URL: 'postgresql://kakou:secret@127.0.0.1:1/kakou' },
    /DATABASE_URL cannot be used: .*ECONNREFUSED/,
  ],
  [
    'an address that is no database',
    { DATABASE_URL: 'mysql://secret@host/x' },
    /postgresql:\/\/user/,
  ],
  ['a port that is none', { PORT: '80a' }, /PORT is "80a"/],
  ['a port for metrics that is none', { METRICS_PORT: '-1' }, /METRICS_PORT is "-1"/],
  ['a retention that is none', { RETENTION_DAYS: '0' }, /RETENTION_DAYS is "0"/],
  ['an issuer that is none', { ISSUER: 'kakou' }, /ISSUER is "kakou"/],
  ['an origin with a path', { PUBLIC_ORIGIN: 'https://a.example/x' }, /without a path/],
  ['a data folder below a file', { DATA_DIR: '/dev/null/data' }, /cannot be written \(ENOTDIR\)/],
])('%s is one clear line without a secret', async (_, env, words) => {
  const one = start(env);
  await expectRefusal(one, words);
  expect(one.said.err).not.toContain('secret');
});

test.runIf(process.getuid?.() === 0)(
  'in a folder that the user postgres cannot enter, the database goes elsewhere and is linked',
  async () => {
    chmodSync(folder, 0o700);
    const first = await startedOne();
    const home = realpathSync(join(folder, 'data/postgres'));
    expect(home).toMatch(/^\/var\/lib\/kakou\//);
    expect(first.said.out).toContain(`the database goes to ${home}`);
    const people = await (await fetch(`${first.origin}/demo/people`)).text();
    first.child.kill('SIGTERM');
    await first.exit;
    const second = await startedOne();
    expect(await (await fetch(`${second.origin}/demo/people`)).text()).toBe(people);
    second.child.kill('SIGTERM');
    await second.exit;
    rmSync(home, { recursive: true });
  },
);

test('keys that are not those of the database are refused', async () => {
  const env = await elsewhere();
  const first = await startedOne(env);
  first.child.kill('SIGTERM');
  await first.exit;
  rmSync(join(folder, 'data/keys'), { recursive: true });
  await expectRefusal(start(env), /belongs to the authority with root/);
});

test('a key file that a crash left empty is made anew at the first start, and refused later', async () => {
  const env = await elsewhere();
  const file = join(folder, 'data/keys/code.jwk');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, '', { mode: 0o600 });
  const first = await startedOne(env);
  first.child.kill('SIGTERM');
  await first.exit;
  writeFileSync(file, '', { mode: 0o600 });
  await expectRefusal(start(env), /code\.jwk is not a private P-256 key/);
});

test('a key file that is none is refused', async () => {
  const env = await elsewhere();
  const first = await startedOne(env);
  first.child.kill('SIGTERM');
  await first.exit;
  writeFileSync(join(folder, 'data/keys/code.jwk'), '{"d":"secret"}', { mode: 0o600 });
  const one = start(env);
  await expectRefusal(one, /code\.jwk is not a private P-256 key/);
  expect(one.said.err).not.toContain('secret');
});
