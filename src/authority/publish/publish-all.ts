import { digest } from '../../core/bytes.ts';
import { BULLETIN } from '../../core/documents/bulletin.ts';
import { HOUR } from '../../core/time.ts';
import { lockAlone } from '../database/locks.ts';
import type { Database } from '../database/sql.ts';
import { barredBadges } from '../headquarters/badges.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { signDocument } from '../keys/sign-document.ts';
import type { Clock } from '../log.ts';
import { readPolicy } from '../settings.ts';
import { publishIfDue } from './publish.ts';
import type { StaticFiles } from './static-files.ts';
import { publishShards } from './status.ts';
import { publishTrust } from './trust.ts';
import type { TrustWatch } from './trust-watch.ts';

export interface PublisherDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly issuer: string;
  readonly ring: KeyRing;
  readonly watch: TrustWatch;
  /** Where the documents are written as files; left out: nowhere. */
  readonly files?: StaticFiles | undefined;
}

/**
 * Publishes what is due: trust, status lists, and then the bulletin with their digests,
 * in one transaction, so that nobody finds a bulletin before the lists that it names.
 */
export async function publishAll(deps: PublisherDeps): Promise<void> {
  const { db, clock, issuer, ring, watch } = deps;
  await ring.reload();
  const published = await db.transaction(async (sql) => {
    await lockAlone(sql, 'publish');
    const now = clock();
    const policy = await readPolicy(sql);
    const trust = await publishTrust(sql, { ring, issuer, watch }, policy, now);
    ring.use(trust.trust);
    watch.look(trust.trust, ring, policy, now);
    const keys = { bulletin: ring.current('bulletin'), status: ring.current('status') };

    const status = await publishShards(sql, { issuer, key: keys.status }, now);
    const notice = {
      policy,
      status,
      retired: ring.retired,
      barredBadges: await barredBadges(sql, now),
    };
    await publishIfDue(
      sql,
      {
        name: 'bulletin',
        covers: await digest(JSON.stringify([notice, keys.bulletin.kid])),
        maxAge: HOUR,
        write: (version, iat) =>
          signDocument({ iss: issuer, version, iat, ...notice }, BULLETIN, keys.bulletin),
      },
      now,
    );
    return trust;
  });
  ring.keep(published.text, published.trust.version);
  await deps.files?.write(db.sql);
}
