import { type Context, Hono, type MiddlewareHandler } from 'hono';
import {
  AppealRequest,
  CheckIn,
  Declaration,
  DeclarationRequest,
  type Me,
  type Person,
} from '../../core/protocol/residents.ts';
import { BY_ACCOUNT } from '../limits.ts';
import { problem } from '../problem.ts';
import { limitRate, tooOften } from '../rate-limit.ts';
import { exportAccount, phoneOf } from '../residents/account/export-account.ts';
import {
  CHECK_INS_CURSOR,
  checkInsOf,
  EVENTS_CURSOR,
  eventsOf,
  LOOKS_CURSOR,
  looksOf,
} from '../residents/account/history.ts';
import { erase, moveCode, withdraw } from '../residents/account/leave.ts';
import { detailsOf, peopleOf, personOfAccount } from '../residents/account/people.ts';
import { closeSession, whoseSession } from '../residents/account/sign-in.ts';
import { appeal } from '../residents/colour/appeals.ts';
import { CHECK_IN_EVERY, checkIn } from '../residents/declare/check-in.ts';
import { correct } from '../residents/declare/correct.ts';
import { declareOnAccount } from '../residents/declare/declare.ts';
import type { ResidentDeps } from '../residents/deps.ts';
import { maskNumber } from '../residents/identity/mask.ts';
import { readPolicy } from '../settings.ts';
import { jsonBody } from './body.ts';
import { bearerOf } from './guard.ts';
import { pageBefore } from './page-before.ts';
import { refusedDeclaration } from './refused-declaration.ts';

interface AccountEnv {
  readonly Variables: { readonly account: string; readonly session: string };
}

const BODY = 8 * 1024;
const PERSON = '/people/:person{[\\w-]{11}}';

/** `/residents/*`: what residents say, see and do; each account by itself. */
export function residentRoutes(deps: ResidentDeps): Hono<AccountEnv> {
  const { db, clock, vault } = deps;
  const { sql } = db;
  const app = new Hono<AccountEnv>().basePath('/residents');
  app.use(
    guardAccount(deps),
    limitRate(BY_ACCOUNT, clock, (c) => c.var.account),
  );

  const personNow = async (c: Context<AccountEnv>, sub: string): Promise<Person | undefined> =>
    personOfAccount(sql, c.var.account, sub, vault, await readPolicy(sql), clock());
  /** Nobody finds out whether somebody else's person exists. */
  const guardPerson: MiddlewareHandler<AccountEnv> = async (c, next) => {
    const [own] = await sql`select from residents join declarations using (sub)
      where sub = ${c.req.param('person')} and account = ${c.var.account} limit 1`;
    return own ? next() : problem('person-unknown');
  };
  const answerWith = async (c: Context<AccountEnv>, sub: string, status: 200 | 201 = 200) => {
    const person = await personNow(c, sub);
    return person ? c.json(person, status) : problem('person-unknown');
  };
  const answerWithDetails = async (c: Context<AccountEnv>, sub: string) => {
    const person = await personNow(c, sub);
    return person ? c.json(await detailsOf(sql, person, vault)) : problem('person-unknown');
  };

  app.delete('/sessions/current', async (c) => {
    await closeSession(sql, c.var.session);
    return c.body(null, 204);
  });
  app.get('/me', async (c) => {
    const { account } = c.var;
    const now = clock();
    const people = await peopleOf(sql, account, vault, await readPolicy(sql), now);
    const phone = maskNumber(await phoneOf(sql, account, vault));
    return c.json({ phone, people, now } satisfies Me);
  });
  app.get('/export', async (c) => {
    c.header('Content-Disposition', 'attachment; filename="kakou-export.json"');
    const policy = await readPolicy(sql);
    return c.json(await exportAccount(sql, c.var.account, vault, policy, clock()));
  });
  app.post('/people', jsonBody(DeclarationRequest, BODY), async (c) => {
    const body = c.req.valid('json');
    const { relationship, ...declaration } = body;
    const declared = await declareOnAccount(c.var.account, declaration, relationship, deps);
    if (!declared.ok) return refusedDeclaration(declared.reason, declaration.document);
    return answerWith(c, declared.value.sub, declared.value.fresh ? 201 : 200);
  });

  app.use(PERSON, guardPerson);
  app.use(`${PERSON}/*`, guardPerson);
  app.get(PERSON, (c) => answerWithDetails(c, c.req.param('person')));
  app.delete(PERSON, async (c) => {
    const erased = await erase(c.req.param('person'), deps);
    return erased.ok ? c.body(null, 204) : problem(erased.reason);
  });
  app.put(`${PERSON}/declaration`, jsonBody(Declaration, BODY), async (c) => {
    const body = c.req.valid('json');
    const corrected = await correct(c.req.param('person'), { declaration: body }, deps);
    if (!corrected.ok) return refusedDeclaration(corrected.reason, body.document);
    return answerWithDetails(c, c.req.param('person'));
  });
  app.put(`${PERSON}/check-ins/:key{[\\w-]{22}}`, jsonBody(CheckIn, BODY), async (c) => {
    const body = c.req.valid('json');
    const { person, key } = c.req.param();
    const done = await checkIn(person, key, body, deps);
    return done.ok ? answerWith(c, person) : tooOften(CHECK_IN_EVERY);
  });
  app.get(`${PERSON}/events` as const, pageBefore(EVENTS_CURSOR), async (c) =>
    c.json(await eventsOf(sql, c.req.param('person'), c.req.valid('query').before)),
  );
  app.get(`${PERSON}/check-ins` as const, pageBefore(CHECK_INS_CURSOR), async (c) =>
    c.json(await checkInsOf(sql, c.req.param('person'), c.req.valid('query').before)),
  );
  app.get(`${PERSON}/looks` as const, pageBefore(LOOKS_CURSOR), async (c) =>
    c.json(await looksOf(sql, c.req.param('person'), c.req.valid('query').before)),
  );
  app.post(`${PERSON}/move`, async (c) => {
    const { account, session } = c.var;
    await moveCode(c.req.param('person'), account, session, deps);
    return answerWith(c, c.req.param('person'));
  });
  app.post(`${PERSON}/withdraw`, async (c) => {
    await withdraw(c.req.param('person'), deps);
    return c.body(null, 204);
  });
  app.post(`${PERSON}/appeals`, jsonBody(AppealRequest, BODY), async (c) => {
    const body = c.req.valid('json');
    const appealed = await appeal(c.req.param('person'), body.text, deps);
    if (!appealed.ok) return problem(appealed.reason);
    return answerWith(c, c.req.param('person'), 201);
  });
  return app;
}

/** Whose session it is decides what is seen. */
function guardAccount({
  db,
  clock,
}: Pick<ResidentDeps, 'db' | 'clock'>): MiddlewareHandler<AccountEnv> {
  return async (c, next) => {
    const session = bearerOf(c);
    const account = await whoseSession(db.sql, session, clock());
    if (!account) return problem('signed-out');
    c.set('account', account);
    c.set('session', session);
    await next();
    c.header('Cache-Control', 'no-store');
    return undefined;
  };
}
