import { Hono } from 'hono';
import type { Health } from '../../core/protocol/common.ts';
import type { Sql } from '../database/sql.ts';
import type { Clock } from '../log.ts';
import { readState } from '../metrics/state.ts';

/** `GET /healthz`: 200 while the database answers. */
export function healthRoutes({ sql, clock }: { readonly sql: Sql; readonly clock: Clock }): Hono {
  return new Hono().get('/healthz', async (c) => {
    const { waiting, bulletinAge } = await readState(sql, clock());
    c.header('Cache-Control', 'no-store');
    return c.json({ waiting, bulletinAge } satisfies Health);
  });
}
