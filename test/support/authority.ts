import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import * as v from 'valibot';
import type { Policy } from '../../src/core/documents/policy.ts';
import { HqEnrolmentResponse, HqNotice } from '../../src/core/protocol/headquarters.ts';
import { makeFolder, startPostgres } from './postgres.ts';

/** The authority as `npm start` runs it, with a real PostgreSQL that the test can ask too. */
export interface RunningAuthority {
  readonly port: number;
  /** As printed in the terminal. */
  readonly enrolmentLink: string;
  readonly headquartersLink: string;
  /** Where its private keys are. */
  readonly keys: string;
  /** Another one, made by headquarters. */
  enrolmentLinkFor(post: string): Promise<string>;
  /** Posts to headquarters' endpoints as its page does. @returns what they answer. */
  post(path: string, body?: unknown): Promise<unknown>;
  /** Publishes at once, and not by and by, what a test has changed, and these parts of the policy. */
  publish(changes?: Partial<Policy>): Promise<void>;
  /** The newest one-time code for a telephone, as the log says it. */
  signInCode(phone: string): string;
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>;
  stop(): Promise<void>;
}

/** @param publicPort of the wire through which browsers come: links name it. */
export async function startAuthority(port: number, publicPort: number): Promise<RunningAuthority> {
  const folder = makeFolder('authority');
  const postgres = await startPostgres();
  const url = await postgres.createDatabase();
  const { child, output } = await spawnAuthority({
    PORT: String(port),
    PUBLIC_ORIGIN: `http://localhost:${publicPort}`,
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: url,
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk;
  });
  const pool = new pg.Pool({ connectionString: url });
  // The database goes away under the pool when a test is over.
  pool.on('error', () => {});

  const headquartersLink = linkIn(output, '/headquarters/#');
  const hqKey = new URL(headquartersLink).hash.slice('#key='.length);
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { authorization: `Bearer ${hqKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  }
  const post = (path: string, body: unknown = {}) => ask('POST', path, body);
  const notice = async () => v.parse(HqNotice, await ask('GET', '/hq/notice'));
  return {
    port,
    enrolmentLink: linkIn(output, '/enrol#'),
    headquartersLink,
    keys: join(folder, 'data/keys'),
    async enrolmentLinkFor(name) {
      const asked = { post: name, area: '420606', role: 'checkpoint' };
      return v.parse(HqEnrolmentResponse, await post('/hq/enrolments', asked)).link;
    },
    post,
    async publish(changes = {}) {
      const { policy, digest } = await notice();
      await ask('PUT', '/hq/notice', { policy: { ...policy, ...changes }, replaces: digest });
      while ((await notice()).bulletinAt === null) await pause(50);
    },
    signInCode(phone) {
      const sent = [...log.matchAll(/sign-in-code phone=…(\d\d) code=(\d{6})/g)];
      const [, , code] = sent.filter(([, end = '']) => phone.endsWith(end)).at(-1) ?? [];
      if (!code) throw new Error(`no code was sent to ${phone}:\n${log}`);
      return code;
    },
    query: async <Row extends pg.QueryResultRow>(sql: string) => (await pool.query<Row>(sql)).rows,
    async stop() {
      await pool.end();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The built authority in a process of its own, once it answers. */
export async function spawnAuthority(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['dist/authority/main.js'], {
    env: { ...process.env, ...env },
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('Ctrl-C')) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', (code) => reject(new Error(`the authority ended with ${code}:\n${output}`)));
  });
  return { child, output };
}

/** The link to this path that the authority printed. */
export function linkIn(output: string, path: string): string {
  const link = output.match(new RegExp(`http\\S+${path}\\S+`))?.[0];
  if (!link) throw new Error(`no link to ${path} in:\n${output}`);
  return link;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  // Below those that systems give out by themselves: nobody is given it before it is used.
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return freePort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
