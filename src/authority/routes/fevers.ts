import { Hono } from 'hono';
import { HqFeverRequest } from '../../core/protocol/headquarters.ts';
import { FEVERS_CURSOR, keepOutcome, listFevers } from '../headquarters/fevers.ts';
import { problem } from '../problem.ts';
import { jsonBody } from './body.ts';
import type { GuardDeps, StaffEnv } from './guard.ts';
import { pageBefore } from './page-before.ts';

/** `/hq/fevers`: who had a fever at a post, and what came of it. */
export function feverRoutes({ db, clock }: GuardDeps) {
  const app = new Hono<StaffEnv>();
  app.get('/fevers', pageBefore(FEVERS_CURSOR), async (c) =>
    c.json(await listFevers(db.sql, clock(), c.req.valid('query').before)),
  );
  const FEVER = '/fevers/:device{[\\w-]{43}}/:n{\\d{1,15}}';
  app.put(FEVER, jsonBody(HqFeverRequest, 1024), async (c) => {
    const body = c.req.valid('json');
    const { device, n } = c.req.param();
    const record = { device, n: Number(n) };
    const act = { act: 'fever.settle', target: `${device}/${n}`, facts: body };
    const known = await db.transaction(async (sql) => {
      const kept = await keepOutcome(sql, record, body.outcome, c.var.staff.name);
      await c.var.write(sql, kept ? act : { ...act, refused: 'not-found' });
      return kept;
    });
    return known ? c.body(null, 204) : problem('not-found');
  });
  return app;
}
