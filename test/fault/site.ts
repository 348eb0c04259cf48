import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import * as v from 'valibot';
import { sealGuardian } from '../../src/authority/residents/identity/guardian.ts';
import { Vault } from '../../src/authority/residents/identity/vault.ts';
import { CodeResponse } from '../../src/core/protocol/station.ts';
import { freePort, linkIn, spawnAuthority } from '../support/authority.ts';
import { makeFolder } from '../support/postgres.ts';
import { layWire } from '../support/wire.ts';
import { type FaultyNetwork, layFaultyNetwork } from './faulty-network.ts';
import { startServer } from './server.ts';

/** An authority and a PostgreSQL that syncs to its disk, both to be killed, behind a bad network. */
export interface Site {
  readonly origin: string;
  readonly enrolmentLink: string;
  readonly network: FaultyNetwork;
  /** For the profiles of browsers. */
  readonly folder: string;
  readonly people: readonly Person[];
  /** `kill -9`, and started again on the same data. */
  killAuthority(): Promise<void>;
  killPostgres(): Promise<void>;
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** Somebody who is stopped at once: their printed code is red. */
export interface Person {
  readonly sub: string;
  readonly text: string;
}

const CROWD = 30;

export async function openSite(seed: number): Promise<Site> {
  const folder = makeFolder('fault');
  const server = await startServer(folder);
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
    people: await settleCrowd(query, port, join(env.DATA_DIR, 'residents-key')),
    query,
    async killAuthority() {
      await end(child, 'SIGKILL');
      child = (await spawnAuthority(env)).child;
    },
    async killPostgres() {
      await server.kill();
      line.port = portOf(server.url);
    },
    async close() {
      await end(child, 'SIGTERM');
      await network.close();
      await databaseWire.cut();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function settleCrowd(
  query: Site['query'],
  port: number,
  residentsKey: string,
): Promise<Person[]> {
  const vault = new Vault(readFileSync(residentsKey, 'utf8').trim());
  const people: Person[] = [];
  for (let i = 0; i < CROWD; i++) {
    const sub = randomBytes(8).toString('base64url');
    const guardian = sealGuardian(vault, sub, '周小敏').toString('hex');
    await query(`
      insert into status_indices (status_index, sub) values (${1000 + i}, '${sub}');
      insert into residents (sub, name, area, kind, colour, cause, checked_in_at, status_index,
        guardian, guardian_relationship, ticket)
      values ('${sub}', '周*', '420606', 'printed', 'red', 'confirmed',
        extract(epoch from now())::bigint, ${1000 + i}, '\\x${guardian}', 'daughter', '${sub}')`);
    const answer = await fetch(`http://127.0.0.1:${port}/codes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket: sub }),
    });
    people.push({ sub, text: v.parse(CodeResponse, await answer.json()).text });
  }
  return people;
}

function portOf({ port }: URL): number {
  return Number(port || 5432);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
