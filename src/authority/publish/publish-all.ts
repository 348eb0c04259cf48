import { digest } from '../../core/bytes.ts';
import { BULLETIN } from '../../core/documents/bulletin.ts';
import type { Trust } from '../../core/documents/trust.ts';
import type { Database, Sql } from '../database/sql.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { signDocument } from '../keys/sign-document.ts';
import type { Clock } from '../log.ts';
import { readPolicy } from '../settings.ts';
import { publishIfDue } from './publish.ts';
import { statusDue } from './status.ts';
import { trustDue } from './trust.ts';

export interface PublisherDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly issuer: string;
  readonly keys: Pick<KeyRing, 'root' | 'bulletin' | 'status'>;
  /** What the trust says: the root, and the public half of every key. */
  readonly trusted: Pick<Trust, 'root' | 'keys'>;
}

const HOUR = 3600;
/** Any number that no other program takes for an advisory lock. */
const PUBLISH_LOCK = 0x6b616b6f76;
/** The one shard in use; a second follows when its 2^20 places run short. */
const SHARDS = [0];

/**
 * Publishes what is due: trust, status lists, and then the bulletin with their digests,
 * in one transaction, so that nobody finds a bulletin before the lists that it names.
 */
export async function publishAll(deps: PublisherDeps): Promise<void> {
  const { db, clock, issuer, keys, trusted } = deps;
  await db.transaction(async (sql) => {
    await sql`select pg_advisory_xact_lock(${PUBLISH_LOCK})`;
    const now = clock();
    const policy = await readPolicy(sql);
    await publishIfDue(sql, await trustDue({ iss: issuer, ...trusted }, keys.root, policy), now);

    const status = [];
    for (const shard of SHARDS) {
      const list = await publishIfDue(sql, await statusDue(sql, shard, issuer, keys.status), now);
      status.push({ shard, version: list.version, digest: list.digest });
    }
    const notice = { policy, status, retired: [] };
    await publishIfDue(
      sql,
      {
        name: 'bulletin',
        covers: await digest(JSON.stringify(notice)),
        maxAge: HOUR,
        write: (version, iat) =>
          signDocument({ iss: issuer, version, iat, ...notice }, BULLETIN, keys.bulletin),
      },
      now,
    );
  });
}

/** Whether anyone can have seen a trust of this authority. */
export async function hasPublished(sql: Sql): Promise<boolean> {
  const trust = await sql`select from documents where name = 'trust'`;
  return trust.length > 0;
}
