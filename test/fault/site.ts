import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import * as v from 'valibot';
import { sealGuardian } from '../../src/authority/residents/identity/guardian.ts';
import { Vault } from '../../src/authority/residents/identity/vault.ts';
import { CodeResponse } from '../../src/core/protocol/station.ts';
import { freePort, linkIn, spawnAuthority } from '../support/authority.ts';
import { makeFolder } from '../support/postgres.ts';
import { layWire } from '../support/wire.ts';
import type { Disk } from './disk.ts';
import { type FaultyNetwork, layFaultyNetwork } from './faulty-network.ts';
import { ownServer, startServer } from './server.ts';

/** An authority and a PostgreSQL that syncs to its disk, both to be killed, behind a bad network. */
export interface Site {
  readonly origin: string;
  readonly enrolmentLink: string;
  readonly network: FaultyNetwork;
  /** For the profiles of browsers. */
  readonly folder: string;
  readonly people: Readonly<Record<Crowd, readonly Person[]>>;
  /** `kill -9`, and started again on the same data. */
  killAuthority(): Promise<void>;
  killPostgres(): Promise<void>;
  /** Of both at once, with what their disk had in memory only; and started again on the rest. */
  cutPower(): Promise<void>;
  /** Resolves as soon as a batch is on its way; after a while without one, too. */
  nextBatch(): Promise<void>;
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** Somebody with a printed code. */
export interface Person {
  readonly sub: string;
  readonly text: string;
}

/** Who is stopped at once; who passes, once measured; and who has a fever, as it turns out. */
type Crowd = 'red' | 'green' | 'fevered';
const CROWDS = {
  red: { count: 30, colour: 'red', cause: 'confirmed' },
  green: { count: 30, colour: 'green', cause: 'declared' },
  fevered: { count: 10, colour: 'green', cause: 'declared' },
} as const;
/** A courier that was refused a few times waits for so long, milliseconds. */
const LULL = 15_000;

/** @param disk that it is all on, with a PostgreSQL of our own, whatever `DATABASE_URL` says. */
export async function openSite(seed: number, disk?: Disk): Promise<Site> {
  const folder = disk?.folder ?? makeFolder('fault');
  const server = disk ? await ownServer(join(folder, 'postgres')) : await startServer(folder);
  const line = { port: portOf(server.url) };
  const databaseWire = await layWire(line);
  const port = await freePort();
  const network = await layFaultyNetwork(port, seed);
  const url = new URL(server.url);
  url.port = String(databaseWire.port);
  const env = {
    PORT: String(port),
    PUBLIC_ORIGIN: `http://localhost:${network.port}`,
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: url.href,
  };
  const first = await spawnAuthority(env);
  let child: ChildProcess = first.child;

  async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: server.url.href });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  return {
    origin: env.PUBLIC_ORIGIN,
    enrolmentLink: linkIn(first.output, '/enrol#'),
    network,
    folder,
    people: await settleCrowds(query, port, join(env.DATA_DIR, 'residents-key')),
    query,
    async killAuthority() {
      await end(child, 'SIGKILL');
      child = (await spawnAuthority(env)).child;
    },
    async killPostgres() {
      await server.kill();
      line.port = portOf(server.url);
    },
    async cutPower() {
      disk?.cut();
      await end(child, 'SIGKILL');
      await server.kill(disk?.plugIn);
      line.port = portOf(server.url);
      child = (await spawnAuthority(env)).child;
    },
    nextBatch: () => Promise.race([network.nextUpload(), pause(LULL)]),
    async close() {
      await end(child, 'SIGTERM');
      await network.close();
      await databaseWire.cut();
      await server.stop();
      if (!disk) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function settleCrowds(
  query: Site['query'],
  port: number,
  residentsKey: string,
): Promise<Record<Crowd, Person[]>> {
  const vault = new Vault(readFileSync(residentsKey, 'utf8').trim());
  const people: Record<Crowd, Person[]> = { red: [], green: [], fevered: [] };
  let index = 1000;
  for (const crowd of ['red', 'green', 'fevered'] as const) {
    const { count, colour, cause } = CROWDS[crowd];
    for (let i = 0; i < count; i++) people[crowd].push(await settle(colour, cause, index++));
  }
  return people;

  async function settle(colour: string, cause: string, statusIndex: number): Promise<Person> {
    const sub = randomBytes(8).toString('base64url');
    const guardian = sealGuardian(vault, sub, '周小敏').toString('hex');
    await query(`
      insert into status_indices (status_index, sub) values (${statusIndex}, '${sub}');
      insert into residents (sub, name, area, kind, colour, cause, checked_in_at, status_index,
        guardian, guardian_relationship, ticket)
      values ('${sub}', '周*', '420606', 'printed', '${colour}', '${cause}',
        extract(epoch from now())::bigint, ${statusIndex}, '\\x${guardian}', 'daughter', '${sub}')`);
    const answer = await fetch(`http://127.0.0.1:${port}/codes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket: sub }),
    });
    return { sub, text: v.parse(CodeResponse, await answer.json()).text };
  }
}

function portOf({ port }: URL): number {
  return Number(port || 5432);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
