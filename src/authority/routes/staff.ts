import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { HqStaffRequest } from '../../core/headquarters-protocol.ts';
import { ACTS_CURSOR, actsAsCsv, listActs } from '../headquarters/acts.ts';
import { diceFor, withoutKey } from '../headquarters/once.ts';
import { addStaff, barStaff, invite, listStaff } from '../headquarters/staff.ts';
import { problem } from '../problem.ts';
import { limitBody, readBody } from './body.ts';
import { type GuardDeps, only, type StaffEnv } from './guard.ts';

export interface StaffRouteDeps extends GuardDeps {
  readonly publicOrigin: string;
}

/** `/hq/staff` and `/hq/acts`: who is who, and who did what; for admins. */
export function staffRoutes({ db, clock, publicOrigin, hqKey }: StaffRouteDeps) {
  const app = new Hono<StaffEnv>();
  const STAFF = '/staff/:staff{[\\w-]{22}}';
  for (const path of ['/staff', '/staff/*', '/acts', '/acts.csv']) app.use(path, only('admin', db));
  app.get('/staff', async (c) => c.json(await listStaff(db.sql)));
  app.post('/staff', limitBody(4 * 1024), async (c) => {
    const body = await readBody(c, HqStaffRequest);
    if (!body) return problem('malformed');
    const invitation = await db.transaction(async (sql) => {
      const dice = diceFor(body, c.var.staff.staff, hqKey);
      const { staff, fresh } = await addStaff(sql, body, clock(), dice);
      const act = fresh ? 'staff.add' : 'staff.invite';
      await c.var.write(sql, { act, target: staff, facts: withoutKey(body) });
      return invite(sql, staff, publicOrigin, clock(), dice);
    });
    return invitation ? c.json(invitation, 201) : problem('staff-unknown');
  });
  app.post(`${STAFF}/invitation` as const, async (c) => {
    const staff = c.req.param('staff');
    const invitation = await db.transaction(async (sql) => {
      await c.var.write(sql, { act: 'staff.invite', target: staff });
      return invite(sql, staff, publicOrigin, clock());
    });
    return invitation ? c.json(invitation, 201) : problem('staff-unknown');
  });
  app.post(`${STAFF}/bar` as const, async (c) => {
    const staff = c.req.param('staff');
    const known = await db.transaction(async (sql) => {
      if (!(await barStaff(sql, staff, clock()))) return false;
      await c.var.write(sql, { act: 'staff.bar', target: staff });
      return true;
    });
    return known ? c.body(null, 204) : problem('staff-unknown');
  });
  app.get('/acts', async (c) => {
    const before = c.req.query('before');
    if (before !== undefined && !ACTS_CURSOR.test(before)) return problem('malformed');
    return c.json(await listActs(db.sql, before === undefined ? undefined : Number(before)));
  });
  app.get('/acts.csv', (c) => {
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', 'attachment; filename="kakou-acts.csv"');
    return stream(c, async (out) => {
      for await (const part of actsAsCsv(db.sql)) await out.write(part);
    });
  });
  return app;
}
