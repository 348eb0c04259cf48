import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../../core/result.ts';
import { migrate } from '../../database/migrate.ts';
import { APPLICATION, openDatabase, type Sql } from '../../database/sql.ts';
import { readSecret, writeSecret } from '../../keys/secret-file.ts';
import { logToStderr } from '../../log.ts';
import { endRotation, readProgress, rotateVault } from '../../residents/identity/rotate-vault.ts';
import { Vault } from '../../residents/identity/vault.ts';
import { databaseUrl, reach } from '../../start/authority.ts';
import { Closers } from '../../start/closers.ts';
import { readConfig } from '../../start/config.ts';
import { takeDataFolder } from '../../start/data-folder.ts';

/**
 * Puts a new residents-key in the place of the one that there is, and brings the database over,
 * with Kakou stopped. Killed at any moment, the same command goes on, and nothing starts before
 * it is through.
 *
 * @throws Fault `data-folder-in-use`, `database-in-use`, `no-key`, and those of rotateVault
 */
export async function rotateResidents(): Promise<void> {
  const config = readConfig(process.env);
  const closers = new Closers();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopping.abort());
  }
  const progress = (step: string) => console.log(`${step} …`);
  try {
    const folder = takeDataFolder(config.dataDir);
    closers.add(folder.release);
    const files = {
      held: join(folder.path, 'residents-key'),
      next: join(folder.path, 'residents-key.next'),
    };
    const text = readSecret(files.held)?.trim();
    if (!text) throw new Fault('no-key', `There is no ${files.held}: the first start makes it.`);
    const around = { progress, signal: stopping.signal, onForce: () => {} };
    const db = openDatabase(await databaseUrl(config, closers, around), logToStderr);
    closers.add(db.end);
    await reach(db, config, progress);
    await refuseUsed(db.sql);
    await migrate(db);

    const held = new Vault(text);
    // Killed after the file was put in its place, and before that was written down.
    if ((await readProgress(db.sql))?.to !== held.mark) {
      if (!readSecret(files.next)) writeSecret(files.next, `${held.successor}\n`);
      const next = readSecret(files.next)?.trim() ?? '';
      progress('Sealing with the new key');
      await rotateVault(db, held, new Vault(next), stopping.signal);
      writeSecret(files.held, `${next}\n`);
    }
    rmSync(files.next, { force: true });
    await endRotation(db.sql);
  } finally {
    await closers.closeAll();
  }
  console.log('residents-key is a new one: back it up. The old one opens old backups only.');
  console.log('An opener that runs elsewhere needs a new copy of documents-key.');
}

/** A front or an opener elsewhere would go on by the old key. @throws Fault `database-in-use` */
async function refuseUsed(sql: Sql): Promise<void> {
  const [other] = await sql`select from pg_stat_activity
    where datname = current_database() and application_name = ${APPLICATION}
      and pid <> pg_backend_pid() limit 1`;
  if (!other) return;
  throw new Fault(
    'database-in-use',
    'Another Kakou works on this database. Stop every front and opener first.',
  );
}
