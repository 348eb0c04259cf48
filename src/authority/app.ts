import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { Fault } from '../core/result.ts';
import { type Database, isUnavailable } from './database/sql.ts';
import { stayGreen } from './demo/stay-green.ts';
import { appendTogether } from './ingest/append-together.ts';
import { DeviceKeys } from './ingest/device-keys.ts';
import { DeviceShares } from './ingest/device-share.ts';
import type { CurrentKey } from './keys/key-ring.ts';
import { BY_ADDRESS } from './limits.ts';
import { type Clock, errorFacts, type Log } from './log.ts';
import { frontMetrics } from './metrics/front-metrics.ts';
import type { Metrics } from './metrics/metrics.ts';
import { problem } from './problem.ts';
import { limitRate } from './rate-limit.ts';
import type { SendCode } from './residents/account/send-code.ts';
import type { Vault } from './residents/identity/vault.ts';
import { batchRoutes } from './routes/batches.ts';
import { clientAddress } from './routes/client-address.ts';
import { codeRoutes } from './routes/codes.ts';
import { demoRoutes } from './routes/demo.ts';
import { deviceRoutes } from './routes/devices.ts';
import { documentRoutes } from './routes/documents.ts';
import { headquartersRoutes } from './routes/headquarters.ts';
import { healthRoutes } from './routes/health.ts';
import { openApiRoutes } from './routes/openapi.ts';
import { residentSignInRoutes } from './routes/resident-sign-in.ts';
import { residentRoutes } from './routes/residents.ts';
import { siteRoutes } from './routes/site.ts';
import { securityHeaders } from './security-headers.ts';
import type { Site } from './site/site.ts';

export interface AppDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** `iss` of everything that is signed. */
  readonly issuer: string;
  /** Where devices reach this authority. */
  readonly publicOrigin: string;
  /** What is answered online is signed with these; the others stay with their users. */
  readonly keys: { readonly [Role in 'code' | 'receipt' | 'badge']: CurrentKey<Role> };
  readonly hqKey: string;
  /** What hides who the residents are. */
  readonly vault: Vault;
  /** Brings one-time codes to residents' telephones. */
  readonly sendCode: SendCode;
  readonly demo: boolean;
  /** Undefined: not built. */
  readonly site: Site | undefined;
  /** Records were stored: the opener has work. */
  readonly onSealed: () => void;
  /** An entry of the status list changed: the publisher has work. */
  readonly onStatusChange: () => void;
  /** The policy or the badges that the bulletin names changed: the publisher has work. */
  readonly onNotice: () => void;
}

/** Request to Response, with no port and no globals. */
export function createApp(deps: AppDeps): Hono {
  const { db, clock, log, issuer, keys, demo, onSealed } = deps;
  const { sql } = db;
  const deviceKeys = new DeviceKeys(sql);
  const append = appendTogether(db.prepared);
  const ingest = { db, append, clock, issuer, receiptKey: keys.receipt, deviceKeys, onSealed };
  const counters = frontMetrics(deps.metrics, sql, clock);
  const app = new Hono();
  app.use(securityHeaders);
  for (const [path, allowance] of Object.entries(BY_ADDRESS)) {
    app.use(path, limitRate(allowance, clock, clientAddress));
  }
  app.route('/', documentRoutes({ sql }));
  app.route('/', deviceRoutes({ db, clock }));
  app.route('/', batchRoutes({ ...ingest, ...counters, shares: new DeviceShares() }));
  const onAsked = demo ? (ticket: string) => stayGreen(db, ticket, clock()) : undefined;
  app.route('/', codeRoutes({ ...deps, codeKey: keys.code, onAsked }));
  app.route('/', healthRoutes({ sql, clock }));
  app.route('/', openApiRoutes());
  app.route('/', headquartersRoutes({ ...deps, badgeKey: keys.badge }));
  // Before the others: these let people in.
  app.route('/', residentSignInRoutes(deps));
  app.route('/', residentRoutes(deps));
  if (demo) app.route('/', demoRoutes({ sql }));
  app.route('/', siteRoutes(deps.site));
  app.notFound(() => problem('not-found'));
  app.onError((error) => {
    // Without a key, people have to hold a ceremony first: everybody else can only wait.
    if (isUnavailable(error) || (error instanceof Fault && error.code === 'no-key')) {
      log('unavailable', errorFacts(error));
      return problem('busy', { retryAfter: 5 });
    }
    const id = randomUUID();
    log('internal', { id, ...errorFacts(error) });
    return problem('internal', { detail: `The log has more under ${id}.` });
  });
  return app;
}
