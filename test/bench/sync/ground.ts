import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { startCluster } from '../../../src/authority/database/cluster.ts';
import { execute, openDatabase } from '../../../src/authority/database/sql.ts';
import { makeFolder } from '../../support/postgres.ts';

/** Below node_modules, so that the bundle finds its dependencies. */
const OUT = resolve('node_modules/.cache/kakou-bench-sync');

/** A PostgreSQL as an authority has it, which waits for the disk at every commit. */
export interface Ground {
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startGround(): Promise<Ground> {
  const given = process.env['DATABASE_URL'];
  const folder = makeFolder('bench');
  const cluster = given ? undefined : await startCluster(join(folder, 'postgres'), () => {});
  const server = given ?? cluster?.url ?? '';
  const admin = openDatabase(server, () => {});
  const made: string[] = [];
  return {
    async createDatabase(name) {
      await execute(admin.sql, `create database kakou_bench_${name}`);
      made.push(name);
      const url = new URL(server);
      url.pathname = `/kakou_bench_${name}`;
      return url.href;
    },
    async stop() {
      for (const name of made) {
        await execute(admin.sql, `drop database kakou_bench_${name} with (force)`);
      }
      await admin.end();
      await cluster?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The ingest front in a process of its own, as `npm start -- front` runs it. */
export async function startFront(databaseUrl: string): Promise<{
  readonly origin: string;
  stop(): Promise<void>;
}> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'src/authority/main.ts', outDir: OUT, target: 'node20', copyPublicDir: false },
  });
  const folder = makeFolder('bench-front');
  const child = spawn(process.execPath, [join(OUT, 'main.js'), 'front'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: folder, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await originOf(child);
  return {
    origin,
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function originOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((done, fail) => {
    child.once('exit', () => fail(new Error(`the front ended: ${said}`)));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, origin] = /records at (http:\S+)\. /.exec(said) ?? [];
      if (origin) done(origin);
    });
  });
}
