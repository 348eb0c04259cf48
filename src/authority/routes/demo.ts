import { Hono } from 'hono';
import type { Sql } from '../database/sql.ts';
import { listTown } from '../demo/town.ts';

/** `GET /demo/people`, where there is a demo town. */
export function demoRoutes({ sql }: { readonly sql: Sql }): Hono {
  return new Hono().get('/demo/people', async (c) => {
    c.header('Cache-Control', 'no-store');
    return c.json(await listTown(sql));
  });
}
