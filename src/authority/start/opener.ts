import { join } from 'node:path';
import { Fault } from '../../core/result.ts';
import { runInBackground } from '../background.ts';
import { openDatabase } from '../database/sql.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { readSecret } from '../keys/secret-file.ts';
import { Metrics } from '../metrics/metrics.ts';
import { serveMetrics } from '../metrics/serve-metrics.ts';
import { startOpening } from '../opener/start-opening.ts';
import { DocumentHash } from '../residents/identity/document-hash.ts';
import { reach, type Surroundings } from './authority.ts';
import type { Closers } from './closers.ts';
import type { Config } from './config.ts';

/** New keys are made days before they are used. */
const RELOAD_EVERY = 600;

/**
 * The opener alone, beside a front that runs elsewhere on the same database. It needs no key
 * but the sealing ones and the one by which documents are compared, and no port; there may be
 * several.
 *
 * @throws Fault with a message for whoever typed the command.
 */
export async function startOpener(
  config: Config,
  closers: Closers,
  around: Surroundings,
): Promise<void> {
  const { log, progress, warn, clock } = around;
  if (!config.databaseUrl) {
    throw new Fault(
      'bad-setting',
      'The opener works on the database of a front: name it with DATABASE_URL.',
    );
  }
  const ring = await KeyRing.open(join(config.dataDir, 'keys'), { clock, warn });
  if (ring.keysOf('sealing').length === 0) {
    throw new Fault(
      'no-key',
      `There is no sealing key in ${ring.folder}. Move sealing-*.jwk of the front there.`,
    );
  }
  const text = readSecret(join(config.dataDir, 'documents-key'))?.trim();
  if (!text) {
    throw new Fault(
      'no-key',
      `There is no documents-key in ${config.dataDir}. Copy it from the front, which makes it at its start.`,
    );
  }
  const hashes = DocumentHash.read(text);
  const db = openDatabase(config.databaseUrl, log);
  closers.add(db.end);
  await reach(db, config, progress);
  const [ready] = await db.sql`select where to_regclass('openings') is not null`;
  if (!ready) {
    throw new Fault(
      'no-tables',
      'This database has no tables yet. Start the front first: it makes them.',
    );
  }
  await hashes.claim(db.sql);
  closers.add(runInBackground('keys', RELOAD_EVERY, () => ring.reload(), log).stop);
  const metrics = new Metrics();
  closers.add(startOpening(db, ring, hashes, metrics, () => {}, around).stop);
  if (config.metricsPort !== undefined) {
    closers.add((await serveMetrics(metrics, config.metricsPort, log)).close);
  }
}
