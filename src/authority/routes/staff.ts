import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { HqInvitationRequest, HqStaffRequest } from '../../core/protocol/headquarters.ts';
import { ACTS_CURSOR, actsAsCsv, listActs } from '../headquarters/acts.ts';
import { diceFor, withoutKey } from '../headquarters/once.ts';
import { addStaff, barStaff, invite, listStaff, STAFF_CURSOR } from '../headquarters/staff.ts';
import { problem } from '../problem.ts';
import { jsonBody } from './body.ts';
import { type GuardDeps, only, type StaffEnv } from './guard.ts';
import { pageBefore } from './page-before.ts';

export interface StaffRouteDeps extends GuardDeps {
  readonly publicOrigin: string;
}

/** `/hq/staff` and `/hq/acts`: who is who, and who did what; for admins. */
export function staffRoutes({ db, clock, publicOrigin, hqKey }: StaffRouteDeps) {
  const app = new Hono<StaffEnv>();
  const STAFF = '/staff/:staff{[\\w-]{22}}';
  for (const path of ['/staff', '/staff/*', '/acts', '/acts.csv']) app.use(path, only('admin', db));
  app.get('/staff', pageBefore(STAFF_CURSOR), async (c) =>
    c.json(await listStaff(db.sql, c.req.valid('query').before)),
  );
  app.post('/staff', jsonBody(HqStaffRequest, 4 * 1024), async (c) => {
    const body = c.req.valid('json');
    const dice = diceFor(body, c.var.staff.staff, hqKey);
    const invitation = await db.transaction(async (sql) => {
      const { staff, fresh } = await addStaff(sql, body, clock(), dice);
      const made = await invite(sql, staff, publicOrigin, clock(), dice);
      const name = fresh ? 'staff.add' : 'staff.invite';
      const act = { act: name, target: staff, facts: withoutKey(body) };
      await c.var.write(sql, made ? act : { ...act, refused: 'staff-unknown' });
      return made;
    });
    return invitation ? c.json(invitation, 201) : problem('staff-unknown');
  });
  app.post(`${STAFF}/invitation` as const, jsonBody(HqInvitationRequest, 1024), async (c) => {
    const staff = c.req.param('staff');
    const asked = { ...c.req.valid('json'), staff };
    const dice = diceFor(asked, c.var.staff.staff, hqKey);
    const invitation = await db.transaction(async (sql) => {
      const made = await invite(sql, staff, publicOrigin, clock(), dice);
      const act = { act: 'staff.invite', target: staff };
      await c.var.write(sql, made ? act : { ...act, refused: 'staff-unknown' });
      return made;
    });
    return invitation ? c.json(invitation, 201) : problem('staff-unknown');
  });
  app.post(`${STAFF}/bar` as const, async (c) => {
    const act = { act: 'staff.bar', target: c.req.param('staff') };
    const known = await db.transaction(async (sql) => {
      const barred = await barStaff(sql, act.target, clock());
      await c.var.write(sql, barred ? act : { ...act, refused: 'staff-unknown' });
      return barred;
    });
    return known ? c.body(null, 204) : problem('staff-unknown');
  });
  app.get('/acts', pageBefore(ACTS_CURSOR), async (c) =>
    c.json(await listActs(db.sql, c.req.valid('query').before)),
  );
  app.get('/acts.csv', (c) => {
    c.header('Content-Type', 'text/csv; charset=utf-8');
    c.header('Content-Disposition', 'attachment; filename="kakou-acts.csv"');
    return stream(c, async (out) => {
      for await (const part of actsAsCsv(db.sql)) await out.write(part);
    });
  });
  return app;
}
