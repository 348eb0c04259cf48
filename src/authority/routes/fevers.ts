import { Hono } from 'hono';
import { HqFeverRequest } from '../../core/headquarters-protocol.ts';
import { keepOutcome, listFevers } from '../headquarters/fevers.ts';
import { problem } from '../problem.ts';
import { limitBody, readBody } from './body.ts';
import type { GuardDeps, StaffEnv } from './guard.ts';

/** `/hq/fevers`: who had a fever at a post, and what came of it. */
export function feverRoutes({ db, clock }: GuardDeps) {
  const app = new Hono<StaffEnv>();
  app.get('/fevers', async (c) => c.json(await listFevers(db.sql, clock())));
  const FEVER = '/fevers/:device{[\\w-]{43}}/:n{\\d{1,15}}';
  app.put(FEVER, limitBody(1024), async (c) => {
    const body = await readBody(c, HqFeverRequest);
    if (!body) return problem('malformed');
    const { device, n } = c.req.param();
    const record = { device, n: Number(n) };
    const known = await db.transaction(async (sql) => {
      const { name } = c.var.staff;
      if (!(await keepOutcome(sql, record, body.outcome, name, clock()))) return false;
      await c.var.write(sql, { act: 'fever.settle', target: `${device}/${n}`, facts: body });
      return true;
    });
    return known ? c.body(null, 204) : problem('not-found');
  });
  return app;
}
