import { Hono } from 'hono';
import {
  SessionRequest,
  type SessionResponse,
  SignInCodeRequest,
  type SignInCodeResponse,
} from '../../core/protocol/residents.ts';
import { Fault } from '../../core/result.ts';
import { SIGN_IN_BY_ADDRESS } from '../limits.ts';
import { errorFacts, type Log } from '../log.ts';
import { problem } from '../problem.ts';
import { limitRate, tooOften } from '../rate-limit.ts';
import { askForCode, openSession, type SignInDeps } from '../residents/account/sign-in.ts';
import { listAreas } from '../residents/declare/areas.ts';
import { jsonBody } from './body.ts';
import { clientAddress } from './client-address.ts';

export interface ResidentSignInDeps extends SignInDeps {
  readonly log: Log;
}

/** Of `code-wrong`. */
const WRONG = 403;

/** What residents do before they are signed in. */
export function residentSignInRoutes(deps: ResidentSignInDeps): Hono {
  const { db, clock, log } = deps;
  const limits = SIGN_IN_BY_ADDRESS;
  const asking = limitRate(limits['/residents/sign-in/codes'], clock, clientAddress);
  const guessing = limitRate(
    limits['/residents/sessions'],
    clock,
    clientAddress,
    ({ status }) => status === WRONG,
  );
  const app = new Hono().basePath('/residents');
  app.post('/sign-in/codes', jsonBody(SignInCodeRequest, 1024), asking, async (c) => {
    try {
      const asked = await askForCode(c.req.valid('json').phone, deps);
      if ('wait' in asked) return tooOften(asked.wait);
      return c.json(asked satisfies SignInCodeResponse, 202);
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'gateway-failed')) throw error;
      log('sign-in-code-not-sent', errorFacts(error));
      return problem('busy', { retryAfter: 60 });
    }
  });
  app.post('/sessions', jsonBody(SessionRequest, 1024), guessing, async (c) => {
    const { phone, code } = c.req.valid('json');
    const session = await openSession(phone, code, deps);
    if (!session.ok) return problem(session.reason);
    return c.json(session.value satisfies SessionResponse, 201);
  });
  app.get('/areas', async (c) => c.json(await listAreas(db.sql)));
  return app;
}
