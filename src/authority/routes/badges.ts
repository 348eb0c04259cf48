import { Hono } from 'hono';
import { HqBadgeRequest } from '../../core/protocol/headquarters.ts';
import { BADGES_CURSOR, barBadge, issueBadge, listBadges } from '../headquarters/badges.ts';
import { diceFor } from '../headquarters/once.ts';
import type { CurrentKey } from '../keys/key-ring.ts';
import { problem } from '../problem.ts';
import { jsonBody } from './body.ts';
import type { GuardDeps, StaffEnv } from './guard.ts';
import { pageBefore } from './page-before.ts';

export interface BadgeRouteDeps extends GuardDeps {
  readonly issuer: string;
  readonly badgeKey: CurrentKey<'badge'>;
  /** Something that the next bulletin says was changed: the publisher has work. */
  readonly onNotice: () => void;
}

/** `/hq/badges`: issue, list, bar. */
export function badgeRoutes({ db, clock, hqKey, issuer, badgeKey, onNotice }: BadgeRouteDeps) {
  const app = new Hono<StaffEnv>();
  app.get('/badges', pageBefore(BADGES_CURSOR), async (c) =>
    c.json(await listBadges(db.sql, c.req.valid('query').before)),
  );
  app.post('/badges', jsonBody(HqBadgeRequest, 4 * 1024), async (c) => {
    const body = c.req.valid('json');
    const issued = await db.transaction(async (sql) => {
      const dice = diceFor(body, c.var.staff.staff, hqKey);
      const signer = { issuer, key: badgeKey() };
      const { fresh, ...made } = await issueBadge(sql, body, signer, clock(), dice);
      const { badge, name, role, expiresAt } = made;
      await c.var.write(sql, {
        act: 'badge.issue',
        target: badge,
        facts: { name, role, expiresAt, ...(!fresh && { again: true }) },
      });
      return made;
    });
    return c.json(issued, 201);
  });
  app.post('/badges/:badge{[A-Z0-9-]{1,17}}/bar', async (c) => {
    const act = { act: 'badge.bar', target: c.req.param('badge') };
    const known = await db.transaction(async (sql) => {
      const barred = await barBadge(sql, act.target, clock());
      await c.var.write(sql, barred ? act : { ...act, refused: 'badge-unknown' });
      return barred;
    });
    if (!known) return problem('badge-unknown');
    onNotice();
    return c.body(null, 204);
  });
  return app;
}
