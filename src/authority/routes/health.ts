import { Hono } from 'hono';
import type { Sql } from '../database/sql.ts';
import type { Clock } from '../log.ts';

/**
 * `GET /healthz`: 200 while the database answers. `waiting` counts records that are safe
 * and not yet opened; `bulletinAge` is in seconds.
 */
export function healthRoutes(deps: { readonly sql: Sql; readonly clock: Clock }): Hono {
  return new Hono().get('/healthz', async (c) => {
    const [row] = await deps.sql<{ waiting: number; issuedAt: number | null }>`
      select (select count(*) from sealed where opened_at is null) as waiting,
        (select issued_at from documents where name = 'bulletin') as "issuedAt"`;
    const bulletinAge = row?.issuedAt ? deps.clock() - row.issuedAt : null;
    c.header('Cache-Control', 'no-store');
    return c.json({ waiting: row?.waiting ?? 0, bulletinAge });
  });
}
