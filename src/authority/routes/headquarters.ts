import { Hono } from 'hono';
import {
  CHART_DAYS,
  HqEnrolmentRequest,
  type HqEnrolmentResponse,
  HqRoleRequest,
} from '../../core/protocol/headquarters.ts';
import type { Sql } from '../database/sql.ts';
import { makeEnrolmentLink } from '../enrolment/enrolment-token.ts';
import type { Act } from '../headquarters/acts.ts';
import { AWAY_CURSOR, listAway } from '../headquarters/away.ts';
import { barDevice, unbarDevice } from '../headquarters/bar-device.ts';
import { Challenges } from '../headquarters/challenges.ts';
import { CHARTS_QUERY, charts } from '../headquarters/charts.ts';
import { FORKS_CURSOR, listForks } from '../headquarters/forks.ts';
import { diceFor, withoutKey } from '../headquarters/once.ts';
import { overview } from '../headquarters/overview.ts';
import { reRole } from '../headquarters/re-role.ts';
import { problem } from '../problem.ts';
import type { ResidentDeps } from '../residents/deps.ts';
import { type BadgeRouteDeps, badgeRoutes } from './badges.ts';
import { jsonBody } from './body.ts';
import { DEVICE_PATH } from './device-path.ts';
import { feverRoutes } from './fevers.ts';
import { guardHeadquarters, type StaffEnv } from './guard.ts';
import { headquartersResidentRoutes } from './headquarters-residents.ts';
import { noticeRoutes } from './notice.ts';
import { pageBefore } from './page-before.ts';
import { signInRoutes } from './sign-in.ts';
import { type StaffRouteDeps, staffRoutes } from './staff.ts';

export type HeadquartersDeps = BadgeRouteDeps & StaffRouteDeps & ResidentDeps;

/** `/hq/*`: what headquarters sees and does, behind one door. */
export function headquartersRoutes(deps: HeadquartersDeps): Hono<StaffEnv> {
  const app = new Hono<StaffEnv>();
  // Before the guard: these let people in.
  app.route('/', signInRoutes({ ...deps, challenges: new Challenges(deps.hqKey) }));
  app.use('/hq/*', guardHeadquarters(deps));
  app.route('/hq', boardRoutes(deps));
  app.route('/hq', badgeRoutes(deps));
  app.route('/hq', noticeRoutes(deps));
  app.route('/hq', staffRoutes(deps));
  app.route('/hq', feverRoutes(deps));
  app.route('/hq', headquartersResidentRoutes(deps));
  return app;
}

function boardRoutes({ db, clock, issuer, publicOrigin, hqKey }: HeadquartersDeps) {
  const { sql } = db;
  const app = new Hono<StaffEnv>();
  app.get('/overview', async (c) => c.json(await overview(sql, issuer, c.var.staff, clock())));
  app.get('/charts', async (c) => {
    const { at = `${clock()}`, days = '1', area } = c.req.query();
    const isClear =
      CHARTS_QUERY.at.test(at) && (area === undefined || CHARTS_QUERY.area.test(area));
    const known = CHART_DAYS.find((one) => String(one) === days);
    if (!isClear || !known) return problem('malformed');
    return c.json(await charts(sql, { at: Number(at), days: known, area }));
  });
  app.get('/forks', pageBefore(FORKS_CURSOR), async (c) =>
    c.json(await listForks(sql, c.req.valid('query').before)),
  );
  app.get('/devices/away', pageBefore(AWAY_CURSOR), async (c) =>
    c.json(await listAway(sql, clock(), c.req.valid('query').before)),
  );
  app.post('/enrolments', jsonBody(HqEnrolmentRequest, 4 * 1024), async (c) => {
    const body = c.req.valid('json');
    const dice = diceFor(body, c.var.staff.staff, hqKey);
    const { link, expiresAt } = await db.transaction(async (tx) => {
      const made = await makeEnrolmentLink(tx, body, publicOrigin, clock(), dice);
      const facts = { ...withoutKey(body), ...(!made.fresh && { again: true }) };
      await c.var.write(tx, { act: 'device.invite', facts });
      return made;
    });
    return c.json({ link, expiresAt } satisfies HqEnrolmentResponse, 201);
  });

  /** Does something to one device, and writes it down, in one transaction. */
  const change = (
    write: StaffEnv['Variables']['write'],
    act: Act & { readonly target: string },
    work: (sql: Sql, device: string) => Promise<boolean>,
  ) =>
    db.transaction(async (tx) => {
      const known = await work(tx, act.target);
      await write(tx, known ? act : { ...act, refused: 'device-unknown' });
      return known ? new Response(null, { status: 204 }) : problem('device-unknown');
    });
  app.post(`${DEVICE_PATH}/bar` as const, (c) =>
    change(c.var.write, { act: 'device.bar', target: c.req.param('device') }, (tx, device) =>
      barDevice(tx, device, clock()),
    ),
  );
  app.post(`${DEVICE_PATH}/unbar` as const, (c) =>
    change(c.var.write, { act: 'device.unbar', target: c.req.param('device') }, unbarDevice),
  );
  app.post(`${DEVICE_PATH}/role` as const, jsonBody(HqRoleRequest, 1024), async (c) => {
    const body = c.req.valid('json');
    const act = { act: 'device.role', target: c.req.param('device'), facts: body };
    return change(c.var.write, act, (tx, device) => reRole(tx, device, body.role));
  });
  return app;
}
