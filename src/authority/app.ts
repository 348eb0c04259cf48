import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { type Database, isUnavailable } from './database/sql.ts';
import type { KeyRing } from './keys/key-ring.ts';
import { type Clock, errorFacts, type Log } from './log.ts';
import { problem } from './problem.ts';
import { batchRoutes } from './routes/batches.ts';
import { codeRoutes } from './routes/codes.ts';
import { demoRoutes } from './routes/demo.ts';
import { deviceRoutes } from './routes/devices.ts';
import { documentRoutes } from './routes/documents.ts';
import { headquartersRoutes } from './routes/headquarters.ts';
import { healthRoutes } from './routes/health.ts';
import { siteRoutes } from './routes/site.ts';
import { securityHeaders } from './security-headers.ts';
import type { Identity } from './settings.ts';
import type { Site } from './site/site.ts';

export interface AppDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly identity: Identity;
  /** Where devices reach this authority. */
  readonly publicOrigin: string;
  /** What is answered online is signed with these two; the others stay with their users. */
  readonly keys: Pick<KeyRing, 'code' | 'receipt'>;
  readonly hqKey: string;
  readonly demo: boolean;
  /** Undefined: not built. */
  readonly site: Site | undefined;
  /** Records were stored: the opener has work. */
  readonly onSealed: () => void;
  /** An entry of the status list changed: the publisher has work. */
  readonly onStatusChange: () => void;
}

/** Request to Response, with no port and no globals. */
export function createApp(deps: AppDeps): Hono {
  const { db, clock, log, identity, keys, demo, onSealed, onStatusChange } = deps;
  const { sql } = db;
  const { issuer } = identity;
  const app = new Hono();
  app.use(securityHeaders);
  app.route('/', documentRoutes({ sql }));
  app.route('/', deviceRoutes({ db, clock }));
  app.route('/', batchRoutes({ db, clock, issuer, receiptKey: keys.receipt, onSealed }));
  app.route('/', codeRoutes({ db, clock, issuer, codeKey: keys.code, demo, onStatusChange }));
  app.route('/', healthRoutes({ sql, clock }));
  app.route('/', headquartersRoutes({ sql, ...deps }));
  if (demo) app.route('/', demoRoutes({ sql }));
  app.route('/', siteRoutes(deps.site));
  app.notFound(() => problem('not-found'));
  app.onError((error) => {
    if (isUnavailable(error)) {
      log('unavailable', errorFacts(error));
      return problem('busy', { retryAfter: 5 });
    }
    const id = randomUUID();
    log('internal', { id, ...errorFacts(error) });
    return problem('internal', { detail: `The log has more under ${id}.` });
  });
  return app;
}
