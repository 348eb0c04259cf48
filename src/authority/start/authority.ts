import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { rootThumbprint } from '../../core/documents/trust.ts';
import { Fault } from '../../core/result.ts';
import { createApp } from '../app.ts';
import { type Background, runInBackground } from '../background.ts';
import { startCluster } from '../database/cluster.ts';
import type { Progress } from '../database/cluster-folder.ts';
import { keepDays } from '../database/days.ts';
import { migrate } from '../database/migrate.ts';
import { type Database, openDatabase } from '../database/sql.ts';
import { loadTown } from '../demo/town.ts';
import { sumAreas } from '../headquarters/sum-areas.ts';
import { openFirstRing } from '../keys/first-keys.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { loadSecret, writeSecret } from '../keys/secret-file.ts';
import type { Clock, Log } from '../log.ts';
import { Metrics } from '../metrics/metrics.ts';
import { serveMetrics } from '../metrics/serve-metrics.ts';
import { startOpening } from '../opener/start-opening.ts';
import { publishAll } from '../publish/publish-all.ts';
import { StaticFiles } from '../publish/static-files.ts';
import { belongsTo, readPublishedTrust } from '../publish/trust.ts';
import { TrustWatch } from '../publish/trust-watch.ts';
import { forget } from '../residents/account/forget.ts';
import { sendByGateway, sendToLog } from '../residents/account/send-code.ts';
import { sweepLapses } from '../residents/colour/sweep-lapses.ts';
import { sealPlain } from '../residents/identity/seal-plain.ts';
import { newSecret, Vault } from '../residents/identity/vault.ts';
import { settleIssuer } from '../settings.ts';
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
  readonly publicOrigin: string;
  readonly hqKey: string;
  readonly siteBuilt: boolean;
}

const PUBLISH_EVERY = 15;
const KEEP_EVERY = 900;
const SWEEP_EVERY = 60;

/**
 * Starts everything in order; without `opens` all but the opener, which then runs elsewhere.
 * What was started is in `closers`, also when this throws.
 *
 * @throws Fault with a message for whoever typed the command; `interrupted` when the
 *   signal ended the start.
 */
export async function startAuthority(
  config: Config,
  closers: Closers,
  around: Surroundings,
  { opens = true }: { opens?: boolean } = {},
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
  const keep = async () => {
    await keepDays(db, clock(), config.retention);
    await sumAreas(db, clock());
  };
  await keep();
  closers.add(runInBackground('keeper', KEEP_EVERY, keep, log).stop);

  const ring = await openRing(db, join(folder.path, 'keys'), around);
  const randomKey = () => randomBytes(24).toString('base64url');
  const hqKey = loadSecret(join(folder.path, 'headquarters-key'), randomKey, warn);
  const vault = new Vault(loadSecret(join(folder.path, 'residents-key'), newSecret, warn));
  await vault.claim(db.sql);
  await sealPlain(db, vault);
  if (!opens) writeSecret(join(folder.path, 'documents-key'), `${vault.text}\n`);
  const prepared = ring.installed.at(-1)?.trust.iss;
  const issuer = await settleIssuer(db.sql, prepared ?? config.issuer ?? DEFAULT_ISSUER);
  if (config.issuer && config.issuer !== issuer) {
    warn(`ISSUER counts at the first start only; this authority stays ${issuer}.`);
  }
  if (config.demo) await loadTown(db, vault, clock());

  progress('Publishing');
  const metrics = new Metrics();
  const publisher = await startPublisher(db, issuer, ring, config, around);
  closers.add(publisher.stop);
  const opener = opens ? startOpening(db, ring, vault, metrics, publisher.poke, around) : undefined;
  if (opener) closers.add(opener.stop);
  else if (ring.keysOf('sealing').length > 0) {
    warn(`This front needs no sealing key. Move sealing-*.jwk from ${ring.folder} to the opener.`);
  }

  const sweep = (signal: AbortSignal) => sweepLapses({ db, clock }, signal);
  closers.add(runInBackground('lapses', SWEEP_EVERY, sweep, log).stop);
  const forgetOld = (signal: AbortSignal) =>
    forget({ db, clock, onStatusChange: publisher.poke }, config.retention, signal);
  closers.add(runInBackground('forgetting', KEEP_EVERY, forgetOld, log).stop);

  const publicOrigin = config.publicOrigin ?? `http://localhost:${listener.port}`;
  const site = loadSite(join('dist', 'site'));
  const app = createApp({
    ...{ db, clock, log, metrics, issuer, publicOrigin, hqKey, vault, site },
    keys: {
      code: () => ring.current('code'),
      receipt: () => ring.current('receipt'),
      badge: () => ring.current('badge'),
    },
    sendCode: config.smsGateway ? sendByGateway(config.smsGateway) : sendToLog(log),
    demo: config.demo,
    onSealed: () => opener?.poke(),
    onStatusChange: publisher.poke,
    onNotice: publisher.poke,
  });
  if (config.metricsPort !== undefined) {
    closers.add((await serveMetrics(metrics, config.metricsPort, log)).close);
  }
  listener.serve(app.fetch);
  // Added last so that it is closed first: requests that were taken may need all the rest.
  closers.add(listener.close);
  continueUnless(around.signal);
  return { db, publicOrigin, hqKey, siteBuilt: site !== undefined };
}

/** Of the database that is configured, or of one that is started for it. */
export async function databaseUrl(
  { databaseUrl, dataDir }: Config,
  closers: Closers,
  { progress, signal, onForce }: Pick<Surroundings, 'progress' | 'signal' | 'onForce'>,
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
export async function reach(
  db: Database,
  { databaseUrl }: Config,
  progress: Progress,
): Promise<void> {
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

/**
 * @throws Fault `other-authority` when the keys here are not those of this database: every
 *   enrolled device would refuse what they sign.
 */
async function openRing(
  { sql }: Database,
  folder: string,
  { clock, warn }: Surroundings,
): Promise<KeyRing> {
  const published = await readPublishedTrust(sql);
  if (!published) return openFirstRing(folder, { clock, warn });
  const ring = await KeyRing.open(folder, { clock, warn });
  if (await belongsTo(ring, published)) return ring;
  const pin = await rootThumbprint(published.trust.root);
  throw new Fault(
    'other-authority',
    `This database belongs to the authority with root ${pin}, and none of its keys is in ${folder}. Restore its keys, or use another database.`,
  );
}

async function startPublisher(
  db: Database,
  issuer: string,
  ring: KeyRing,
  { staticDir }: Config,
  { clock, log }: Surroundings,
): Promise<Background> {
  const watch = new TrustWatch(log);
  const files = staticDir === undefined ? undefined : new StaticFiles(staticDir);
  const publish = () => publishAll({ db, clock, issuer, ring, watch, files });
  // Once before anyone can ask, and from then on when something is due.
  await publish();
  return runInBackground('publisher', PUBLISH_EVERY, publish, log);
}

function continueUnless(signal: AbortSignal): void {
  if (signal.aborted) throw new Fault('interrupted', 'Stopped before it had started.');
}
