import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Fault } from '../../core/result.ts';
import { createApp } from '../app.ts';
import { type Background, runInBackground } from '../background.ts';
import { startCluster } from '../database/cluster.ts';
import type { Progress } from '../database/cluster-folder.ts';
import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/sql.ts';
import { loadTown } from '../demo/town.ts';
import { type KeyRing, loadKeyRing, pinOf, publicKeysOf, rootOf } from '../keys/key-ring.ts';
import { loadSecret } from '../keys/secret-file.ts';
import type { Clock, Log } from '../log.ts';
import { openWaiting } from '../opener/open-waiting.ts';
import { hasPublished, publishAll } from '../publish/publish-all.ts';
import { type Identity, settleIdentity } from '../settings.ts';
import { loadSite } from '../site/site.ts';
import type { Closers } from './closers.ts';
import { type Config, DEFAULT_ISSUER } from './config.ts';
import { takeDataFolder } from './data-folder.ts';
import { listen } from './listen.ts';

export interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
  readonly progress: Progress;
  readonly warn: (text: string) => void;
  /** Aborted when the start is no longer wanted. */
  readonly signal: AbortSignal;
  /** What a second Ctrl-C calls. */
  readonly onForce: (kill: () => void) => void;
}

/** A running authority, for whoever announces it. */
export interface Authority {
  readonly db: Database;
  readonly identity: Identity;
  readonly publicOrigin: string;
  readonly hqKey: string;
  readonly siteBuilt: boolean;
}

const OPEN_EVERY = 5;
const PUBLISH_EVERY = 15;

/**
 * Starts everything in order. What was started is in `closers`, also when this throws.
 *
 * @throws Fault with a message for whoever typed the command; `interrupted` when the
 *   signal ended the start.
 */
export async function startAuthority(
  config: Config,
  closers: Closers,
  around: Surroundings,
): Promise<Authority> {
  const { clock, log, progress, warn } = around;
  const folder = takeDataFolder(config.dataDir);
  closers.add(folder.release);
  const listener = await listen(config.port);
  closers.add(listener.close);

  const db = openDatabase(await databaseUrl(config, closers, around), log);
  closers.add(db.end);
  await reach(db, config, progress);
  progress('Preparing the tables');
  await migrate(db);

  const isFirstStart = !(await hasPublished(db.sql));
  const keys = await loadKeyRing(join(folder.path, 'keys'), { clock, warn, isFirstStart });
  const randomKey = () => randomBytes(24).toString('base64url');
  const hqKey = loadSecret(join(folder.path, 'headquarters-key'), randomKey, warn);
  const identity = await settleIdentity(db.sql, {
    issuer: config.issuer ?? DEFAULT_ISSUER,
    root: await pinOf(keys),
  });
  if (config.issuer && config.issuer !== identity.issuer) {
    warn(`ISSUER counts at the first start only; this authority stays ${identity.issuer}.`);
  }
  if (config.demo) await loadTown(db, clock());

  progress('Publishing');
  const { opener, publisher } = await startWorkers(db, identity, keys, around);
  closers.add(publisher.stop);
  closers.add(opener.stop);

  const publicOrigin = config.publicOrigin ?? `http://localhost:${listener.port}`;
  const site = loadSite(join('dist', 'site'));
  const app = createApp({
    ...{ db, clock, log, identity, publicOrigin, keys, hqKey, site },
    demo: config.demo,
    onSealed: opener.poke,
    onStatusChange: publisher.poke,
  });
  listener.serve(app.fetch);
  // Added last so that it is closed first: requests that were taken may need all the rest.
  closers.add(listener.close);
  continueUnless(around.signal);
  return { db, identity, publicOrigin, hqKey, siteBuilt: site !== undefined };
}

async function databaseUrl(
  { databaseUrl, dataDir }: Config,
  closers: Closers,
  { progress, signal, onForce }: Surroundings,
): Promise<string> {
  continueUnless(signal);
  if (databaseUrl) return databaseUrl;
  const cluster = await startCluster(join(dataDir, 'postgres'), progress);
  closers.add(cluster.stop);
  onForce(cluster.kill);
  continueUnless(signal);
  return cluster.url;
}

/** @throws Fault `database-unreachable`, which never quotes the address: it may hold a password. */
async function reach(db: Database, { databaseUrl }: Config, progress: Progress): Promise<void> {
  if (databaseUrl) progress('Connecting to PostgreSQL');
  try {
    await db.sql`select 1`;
  } catch (cause) {
    const name = databaseUrl ? 'The PostgreSQL of DATABASE_URL' : 'The PostgreSQL that was started';
    throw new Fault('database-unreachable', `${name} cannot be used: ${wordsOf(cause)}.`, {
      cause,
    });
  }
}

/** A refusal on several addresses of one name has a code and no message. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return error.message || ('code' in error ? String(error.code) : error.name);
}

async function startWorkers(
  db: Database,
  { issuer }: Identity,
  keys: KeyRing,
  { clock, log }: Surroundings,
): Promise<{ opener: Background; publisher: Background }> {
  const trusted = { root: rootOf(keys), keys: publicKeysOf(keys) };
  const publish = () => publishAll({ db, clock, issuer, keys, trusted });
  // Once before anyone can ask, and from then on when something is due.
  await publish();
  const publisher = runInBackground('publisher', PUBLISH_EVERY, publish, log);
  const sealingKeys = new Map([[keys.sealing.kid, keys.sealing.privateKey]]);
  const open = async (signal: AbortSignal) => {
    if ((await openWaiting({ db, clock, sealingKeys }, signal)) > 0) publisher.poke();
  };
  return { publisher, opener: runInBackground('opener', OPEN_EVERY, open, log) };
}

function continueUnless(signal: AbortSignal): void {
  if (signal.aborted) throw new Fault('interrupted', 'Stopped before it had started.');
}
