import { Hono } from 'hono';
import { utf8 } from '../../core/bytes.ts';
import {
  HqAppealRequest,
  HqAreaRequest,
  HqCounterRequest,
  HqFindRequest,
  type HqImport,
  HqListRequest,
  HqReleaseRequest,
  HqReviewRequest,
  LISTS,
  MAX_LIST_BYTES,
} from '../../core/protocol/headquarters-residents.ts';
import { CheckIn } from '../../core/protocol/residents.ts';
import type { Sql } from '../database/sql.ts';
import { problem } from '../problem.ts';
import { tooOften } from '../rate-limit.ts';
import {
  findByDocument,
  findForCounter,
  findResident,
} from '../residents/account/find-resident.ts';
import { erase } from '../residents/account/leave.ts';
import { release } from '../residents/account/release.ts';
import { APPEALS_CURSOR, decideAppeal, waitingAppeals } from '../residents/colour/appeals.ts';
import { dueReviews, REVIEWS_CURSOR, review } from '../residents/colour/reviews.ts';
import { nameArea } from '../residents/declare/areas.ts';
import { CHECK_IN_EVERY, checkIn } from '../residents/declare/check-in.ts';
import { correct } from '../residents/declare/correct.ts';
import { declareAtCounter } from '../residents/declare/declare.ts';
import type { ResidentDeps } from '../residents/deps.ts';
import { IMPORTS_CURSOR, importList, listImports } from '../residents/lists/import-list.ts';
import { type ReadEntries, readCsv, readList } from '../residents/lists/read-entries.ts';
import { jsonBody, limitBody, readBody } from './body.ts';
import type { StaffEnv } from './guard.ts';
import { pageBefore } from './page-before.ts';
import { refusedDeclaration } from './refused-declaration.ts';

const BODY = 8 * 1024;
const PERSON = '/residents/:person{[\\w-]{11}}';

/** `/hq/*` about residents: the counter, reviews, appeals and areas. To be mounted behind the guard. */
export function headquartersResidentRoutes(deps: ResidentDeps): Hono<StaffEnv> {
  const { db, clock, vault, onStatusChange } = deps;
  const { sql } = db;
  const app = new Hono<StaffEnv>();
  app.route('/', listRoutes(deps));

  app.post('/residents', jsonBody(HqCounterRequest, BODY), async (c) => {
    const body = c.req.valid('json');
    const { declaration, guardian } = body;
    const declared = await declareAtCounter(declaration, guardian, deps, (tx, made) =>
      c.var.write(tx, {
        act: 'resident.declare',
        ...(made.ok ? { target: made.value.sub } : { refused: made.reason }),
      }),
    );
    if (!declared.ok) return refusedDeclaration(declared.reason, declaration.document);
    const { sub, fresh } = declared.value;
    return c.json(await findForCounter(sql, sub), fresh ? 201 : 200);
  });
  app.post('/residents/find', jsonBody(HqFindRequest, BODY), async (c) => {
    const body = c.req.valid('json');
    const sub = await findByDocument(sql, body, vault);
    await c.var.write(sql, { act: 'resident.find', target: sub ?? '' });
    const found = sub && (await findForCounter(sql, sub));
    return found ? c.json(found) : problem('person-unknown');
  });
  app.delete(PERSON, async (c) => {
    const { person } = c.req.param();
    const resident = await findForCounter(sql, person);
    const ownPhone = resident?.kind === 'live' && resident.phone;
    if (!resident || ownPhone) return problem('person-unknown');
    const act = { act: 'resident.delete', target: person };
    const erased = await erase(person, deps, (tx, done) =>
      c.var.write(tx, done.ok ? act : { ...act, refused: done.reason }),
    );
    return erased.ok ? c.body(null, 204) : problem(erased.reason);
  });
  app.put(`${PERSON}/check-ins/:key{[\\w-]{22}}`, jsonBody(CheckIn, BODY), async (c) => {
    const body = c.req.valid('json');
    const { person, key } = c.req.param();
    const resident = await findResident(sql, person);
    if (resident?.kind !== 'printed') return problem('person-unknown');
    const act = { act: 'resident.check-in', target: person };
    const done = await checkIn(person, key, body, deps, (tx, made) =>
      c.var.write(tx, made.ok ? act : { ...act, refused: made.reason }),
    );
    if (!done.ok) return tooOften(CHECK_IN_EVERY);
    return c.json(await findForCounter(sql, person));
  });

  app.put(`${PERSON}/declaration`, jsonBody(HqCounterRequest, BODY), async (c) => {
    const body = c.req.valid('json');
    const { person } = c.req.param();
    const resident = await findForCounter(sql, person);
    if (!resident?.ticket || resident.phone) return problem('person-unknown');
    const act = { act: 'resident.correct', target: person };
    const corrected = await correct(person, body, deps, (tx, done) =>
      c.var.write(tx, done.ok ? act : { ...act, refused: done.reason }),
    );
    if (!corrected.ok) return refusedDeclaration(corrected.reason, body.declaration.document);
    return c.json(await findForCounter(sql, person));
  });
  app.post(`${PERSON}/release`, jsonBody(HqReleaseRequest, BODY), async (c) => {
    const body = c.req.valid('json');
    const { person } = c.req.param();
    if (!(await findResident(sql, person))) return problem('person-unknown');
    const released = await db.transaction(async (tx) => {
      const done = await release(tx, person, clock());
      await c.var.write(tx, { act: 'resident.release', target: person, facts: { ...body } });
      return done;
    });
    if (released) onStatusChange();
    return c.json(await findForCounter(sql, person));
  });

  app.get('/reviews', pageBefore(REVIEWS_CURSOR), async (c) =>
    c.json(await dueReviews(sql, c.req.valid('query').before, clock())),
  );
  app.post(`${PERSON}/reviews`, jsonBody(HqReviewRequest, BODY), async (c) => {
    const body = c.req.valid('json');
    const { person } = c.req.param();
    const { name } = c.var.staff;
    const reviewed = await db.transaction(async (tx) => {
      const taken = await review(tx, person, body.from, name, clock);
      const act = { act: 'resident.review', target: person, facts: { ...body } };
      await c.var.write(tx, taken.ok ? act : { ...act, refused: taken.reason });
      return taken;
    });
    if (!reviewed.ok) return problem(reviewed.reason);
    if (reviewed.value.listed) onStatusChange();
    return c.json(await findResident(sql, person));
  });
  app.get('/appeals', pageBefore(APPEALS_CURSOR), async (c) =>
    c.json(await waitingAppeals(sql, c.req.valid('query').before, vault)),
  );
  app.post(`${PERSON}/appeals/:appeal{\\d{1,15}}`, jsonBody(HqAppealRequest, BODY), async (c) => {
    const body = c.req.valid('json');
    const { person, appeal } = c.req.param();
    const { name } = c.var.staff;
    const decided = await db.transaction(async (tx) => {
      const made = await decideAppeal(tx, person, Number(appeal), body.decision, name, clock);
      const act = { act: 'resident.appeal', target: person, facts: { ...body } };
      await c.var.write(tx, made.ok ? act : { ...act, refused: made.reason });
      return made;
    });
    if (!decided.ok) return problem(decided.reason);
    if (decided.value.listed) onStatusChange();
    return c.json(await findResident(sql, person));
  });

  app.put('/areas/:code{[1-9]\\d{5}}', jsonBody(HqAreaRequest, BODY), async (c) => {
    const body = c.req.valid('json');
    const { code } = c.req.param();
    await db.transaction(async (tx) => {
      await nameArea(tx, code, body);
      await c.var.write(tx, { act: 'area.name', target: code, facts: { ...body } });
    });
    return c.body(null, 204);
  });
  return app;
}

function listRoutes(deps: ResidentDeps): Hono<StaffEnv> {
  const { db, clock, vault } = deps;
  const app = new Hono<StaffEnv>();
  app.get('/lists', pageBefore(IMPORTS_CURSOR), async (c) =>
    c.json(await listImports(db.sql, c.req.valid('query').before)),
  );
  app.post(`/lists/:kind{${LISTS.join('|')}}`, limitBody(MAX_LIST_BYTES), async (c) => {
    const kind = LISTS.find((one) => one === c.req.param('kind')) ?? 'contact';
    const type = c.req.header('Content-Type') ?? '';
    let source: Uint8Array;
    let read: ReadEntries;
    if (/^text\/csv\b/i.test(type)) {
      source = new Uint8Array(await c.req.arrayBuffer());
      read = await readCsv(source, vault, clock());
    } else {
      const body = await readBody(c, HqListRequest);
      if (!body) return problem('malformed');
      source = utf8(JSON.stringify(body));
      read = await readList(body.entries, vault, clock());
    }
    const { entries, errors, errorCount } = read;
    const act = { act: 'list.import', target: kind };
    if (errorCount > 0) {
      await c.var.write(db.sql, { ...act, facts: { errorCount }, refused: 'list-invalid' });
      return problem('list-invalid', { extensions: { errors, errorCount } });
    }
    const note = (tx: Sql, { entries, matched }: HqImport) =>
      c.var.write(tx, { ...act, facts: { entries, matched } });
    return c.json(await importList(kind, entries, source, c.var.staff.name, deps, note));
  });
  return app;
}
