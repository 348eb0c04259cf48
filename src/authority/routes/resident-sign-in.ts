import { Hono } from 'hono';
import {
  SessionRequest,
  type SessionResponse,
  SignInCodeRequest,
  type SignInCodeResponse,
} from '../../core/resident-protocol.ts';
import { Fault } from '../../core/result.ts';
import { errorFacts, type Log } from '../log.ts';
import { problem } from '../problem.ts';
import { listAreas } from '../residents/areas.ts';
import { Buckets } from '../residents/buckets.ts';
import { askForCode, openSession, type SignInDeps } from '../residents/sign-in.ts';
import { limitBody, readBody } from './body.ts';
import { clientAddress } from './client-address.ts';

export interface ResidentSignInDeps extends SignInDeps {
  readonly log: Log;
}

/** A whole village may come from one address; who guesses there is slowed down. */
const ASKING = { most: 30, rate: 0.1 };
const GUESSING = { most: 20, rate: 1 / 60 };

/** What residents do before they are signed in. */
export function residentSignInRoutes(deps: ResidentSignInDeps): Hono {
  const { db, clock, log } = deps;
  const asking = new Buckets(ASKING);
  const guessing = new Buckets(GUESSING);
  const app = new Hono().basePath('/residents');
  app.post('/sign-in/codes', limitBody(1024), async (c) => {
    const body = await readBody(c, SignInCodeRequest);
    if (!body) return problem('malformed');
    const address = clientAddress(c);
    const tooSoon = asking.wait(address, clock());
    if (tooSoon > 0) return problem('busy', { status: 429, retryAfter: tooSoon });
    asking.spend(address, clock());
    try {
      const asked = await askForCode(body.phone, deps);
      if ('wait' in asked) return problem('busy', { status: 429, retryAfter: asked.wait });
      return c.json(asked satisfies SignInCodeResponse, 202);
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'gateway-failed')) throw error;
      log('sign-in-code-not-sent', errorFacts(error));
      return problem('busy', { retryAfter: 60 });
    }
  });
  app.post('/sessions', limitBody(1024), async (c) => {
    const body = await readBody(c, SessionRequest);
    if (!body) return problem('malformed');
    const address = clientAddress(c);
    const tooSoon = guessing.wait(address, clock());
    if (tooSoon > 0) return problem('busy', { status: 429, retryAfter: tooSoon });
    const session = await openSession(body.phone, body.code, deps);
    if (!session.ok) {
      guessing.spend(address, clock());
      return problem(session.reason);
    }
    return c.json(session.value satisfies SessionResponse, 201);
  });
  app.get('/areas', async (c) => c.json(await listAreas(db.sql)));
  return app;
}
