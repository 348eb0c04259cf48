import { Hono } from 'hono';
import { HqNoticeRequest, HqPreviewRequest } from '../../core/protocol/headquarters.ts';
import { publishNotice, readNotice } from '../headquarters/notice.ts';
import { previewPolicy } from '../headquarters/preview.ts';
import { problem } from '../problem.ts';
import { jsonBody } from './body.ts';
import { type GuardDeps, only, type StaffEnv } from './guard.ts';

export interface NoticeRouteDeps extends GuardDeps {
  /** Something that the next bulletin says was changed: the publisher has work. */
  readonly onNotice: () => void;
}

/** `/hq/notice`: the rules that the bulletin carries. */
export function noticeRoutes({ db, clock, onNotice }: NoticeRouteDeps) {
  const app = new Hono<StaffEnv>();
  app.get('/notice', async (c) => c.json(await readNotice(db.sql)));
  app.put('/notice', only('admin', db), jsonBody(HqNoticeRequest, 64 * 1024), async (c) => {
    const body = c.req.valid('json');
    const act = { act: 'notice.publish', facts: { policy: body.policy } };
    const published = await db.transaction(async (sql) => {
      const done = await publishNotice(sql, body);
      await c.var.write(sql, done ? act : { ...act, refused: 'notice-changed' });
      return done;
    });
    if (!published) return problem('notice-changed');
    onNotice();
    return c.json(await readNotice(db.sql));
  });
  app.post('/notice/preview', jsonBody(HqPreviewRequest, 64 * 1024), async (c) => {
    const body = c.req.valid('json');
    await c.var.write(db.sql, { act: 'notice.preview' });
    return c.json(await previewPolicy(db.sql, body.policy, clock()));
  });
  return app;
}
