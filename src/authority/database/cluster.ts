import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Fault } from '../../core/result.ts';
import { commandOf, isAlive } from '../start/processes.ts';
import {
  closedFolder,
  copyBinaries,
  findBinaries,
  type PostgresBinaries,
  type PostgresUser,
  postgresUser,
} from './postgres-binaries.ts';

/** A running PostgreSQL of our own. */
export interface Cluster {
  readonly url: string;
  stop(): Promise<void>;
  /** At once and without waiting: for a second Ctrl-C. Nothing committed is lost. */
  kill(): void;
}

/** Says what is being done, for those who wait. */
export type Progress = (step: string) => void;

/** Where the database goes when the user postgres cannot enter the data folder. */
const REACHABLE = '/var/lib/kakou';

/**
 * Starts PostgreSQL in `folder`, on a free port of the loopback interface; makes the
 * cluster when there is none, and first stops one that a killed authority left running.
 *
 * @throws Fault `database-failed` and those of postgres-binaries.ts.
 */
export async function startCluster(folder: string, progress: Progress): Promise<Cluster> {
  const user = postgresUser();
  let binaries = findBinaries();
  if (user && closedFolder(binaries.initdb, user)) {
    progress(`Copying PostgreSQL to ${REACHABLE}, where the user postgres can run it`);
    binaries = copyBinaries(binaries, REACHABLE);
  }
  const home = homeFor(folder, user, progress);
  const cluster = new Files(home);
  if (!existsSync(cluster.data)) {
    progress('Making the database');
    await initialise(cluster, binaries, user);
  }
  await stopOrphan(cluster, progress);

  progress('Starting PostgreSQL');
  const port = await freePort();
  await pgCtl('start', cluster, binaries, user, ['-o', `-p ${port}`, '-l', cluster.log]);
  const password = readFileSync(cluster.password, 'utf8').trim();
  return {
    url: `postgresql://kakou:${password}@127.0.0.1:${port}/postgres`,
    stop: () => pgCtl('stop', cluster, binaries, user, ['-m', 'fast']),
    kill: () => {
      spawnSync(binaries.pgCtl, ['stop', '-D', cluster.data, '-m', 'immediate', '-W'], {
        ...user,
        stdio: 'ignore',
      });
    },
  };
}

class Files {
  readonly data: string;
  readonly password: string;
  readonly log: string;

  constructor(readonly home: string) {
    this.data = join(home, 'data');
    this.password = join(home, 'password');
    this.log = join(home, 'log');
  }
}

/** @returns the real folder, owned by whom PostgreSQL runs as. */
function homeFor(folder: string, user: PostgresUser | undefined, progress: Progress): string {
  if (!existsSync(folder)) {
    const closed = user && closedFolder(folder, user);
    if (closed) {
      // A link, so that the data folder still says where everything is.
      const elsewhere = join(REACHABLE, randomBytes(6).toString('hex'));
      progress(`The user postgres cannot enter ${closed}: the database goes to ${elsewhere}`);
      mkdirSync(elsewhere, { recursive: true });
      rmSync(folder, { force: true });
      symlinkSync(elsewhere, folder);
    } else {
      mkdirSync(folder, { recursive: true });
    }
    if (user) chownSync(realpathSync(folder), user.uid, user.gid);
  }
  const home = realpathSync(folder);
  const closed = user && closedFolder(join(home, 'data'), user);
  if (closed) {
    throw new Fault(
      'database-failed',
      `The user postgres cannot enter ${closed}, so PostgreSQL cannot run in ${folder}. Allow it (chmod o+x ${closed}), or name another folder with DATA_DIR.`,
    );
  }
  return home;
}

async function initialise(
  cluster: Files,
  binaries: PostgresBinaries,
  user: PostgresUser | undefined,
): Promise<void> {
  // Made beside its place and then moved, so that a killed start leaves no half of one.
  const draft = `${cluster.data}.new`;
  rmSync(draft, { recursive: true, force: true });
  writeFileSync(cluster.password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (user) chownSync(cluster.password, user.uid, user.gid);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // A DETAIL line quotes the row that it is about.
    log_error_verbosity: 'terse',
  };
  await run(
    binaries.initdb,
    [
      `--pgdata=${draft}`,
      '--username=kakou',
      `--pwfile=${cluster.password}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
      ...Object.entries(settings).map(([name, value]) => `--set=${name}=${value}`),
    ],
    user,
  );
  renameSync(draft, cluster.data);
}

/** @throws Fault `database-failed` when a PostgreSQL in our folder does not stop. */
async function stopOrphan(cluster: Files, progress: Progress): Promise<void> {
  const file = join(cluster.data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0]);
  const command = isAlive(pid) ? commandOf(pid) : '';
  if (command === '' || (command !== undefined && !command.includes(cluster.data))) {
    // PostgreSQL would refuse to start while any process has the number of the dead one.
    rmSync(file);
    return;
  }
  progress('Stopping the PostgreSQL that a killed Kakou left behind');
  process.kill(pid, 'SIGINT');
  // A process that ended and that nobody asked about has no command any more.
  for (let waited = 0; isAlive(pid) && commandOf(pid) !== ''; waited++) {
    if (waited === 100) process.kill(pid, 'SIGQUIT');
    if (waited > 200) {
      throw new Fault(
        'database-failed',
        `PostgreSQL (process ${pid}) does not stop. Stop it first.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function pgCtl(
  verb: 'start' | 'stop',
  cluster: Files,
  binaries: PostgresBinaries,
  user: PostgresUser | undefined,
  args: readonly string[],
): Promise<void> {
  return run(binaries.pgCtl, [verb, '-D', cluster.data, '-w', '-t', '60', '-s', ...args], user);
}

function run(
  command: string,
  args: readonly string[],
  user: PostgresUser | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Fault('database-failed', `PostgreSQL failed: ${why}`));
    // Detached: a Ctrl-C in the terminal is for the authority, which stops the database last.
    const child = spawn(command, args, {
      ...user,
      cwd: dirname(command),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else fail(said.trim().replaceAll(/\s*\n\s*/g, ' ') || `exit code ${code}`);
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}
