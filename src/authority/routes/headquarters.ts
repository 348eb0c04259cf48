import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { HqEnrolmentRequest } from '../../core/protocol.ts';
import type { Sql } from '../database/sql.ts';
import { makeEnrolmentLink } from '../enrolment/enrolment-token.ts';
import { barDevice, unbarDevice } from '../headquarters/bar-device.ts';
import { overview } from '../headquarters/overview.ts';
import type { Clock } from '../log.ts';
import { problem } from '../problem.ts';
import { limitBody, readBody } from './body.ts';
import { DEVICE_PATH } from './device-path.ts';

export interface HeadquartersDeps {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly issuer: string;
  readonly publicOrigin: string;
  readonly hqKey: string;
}

/** `/hq/*`: for whoever has headquarters' key. */
export function headquartersRoutes(deps: HeadquartersDeps): Hono {
  const { sql, clock, issuer, publicOrigin, hqKey } = deps;
  const app = new Hono().basePath('/hq');
  app.use(async (c, next) => {
    const [, given = ''] = /^Bearer (\S+)$/i.exec(c.req.header('Authorization') ?? '') ?? [];
    if (!isSame(given, hqKey)) return problem('unauthorized');
    await next();
    c.header('Cache-Control', 'no-store');
    return undefined;
  });
  app.get('/overview', async (c) => c.json(await overview(sql, issuer, clock())));
  app.post('/enrolments', limitBody(4 * 1024), async (c) => {
    const body = await readBody(c, HqEnrolmentRequest);
    if (!body) return problem('malformed');
    return c.json(await makeEnrolmentLink(sql, body, publicOrigin, clock()), 201);
  });
  app.post(`${DEVICE_PATH}/bar` as const, async (c) => {
    const known = await barDevice(sql, c.req.param('device'), clock());
    return known ? c.body(null, 204) : problem('device-unknown');
  });
  app.post(`${DEVICE_PATH}/unbar` as const, async (c) => {
    const known = await unbarDevice(sql, c.req.param('device'));
    return known ? c.body(null, 204) : problem('device-unknown');
  });
  return app;
}

/** In constant time, whatever the lengths. */
function isSame(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
