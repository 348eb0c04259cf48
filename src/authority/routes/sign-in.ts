import { Hono } from 'hono';
import {
  HqPasskeyOptionsRequest,
  HqPasskeyRequest,
  type HqSignInOptions,
  HqSignInRequest,
} from '../../core/protocol/headquarters.ts';
import {
  type PasskeyDeps,
  passkeyOptions,
  registerPasskey,
  signIn,
} from '../headquarters/passkeys.ts';
import { closeSession } from '../headquarters/sessions.ts';
import { problem } from '../problem.ts';
import { jsonBody } from './body.ts';
import { bearerOf } from './guard.ts';

/** What is open to who is not in yet: passkeys by invitation, signing in and out. */
export function signInRoutes(deps: PasskeyDeps): Hono {
  const { db, clock, publicOrigin, challenges } = deps;
  const app = new Hono().basePath('/hq');
  app.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  app.post('/passkeys/options', jsonBody(HqPasskeyOptionsRequest, 1024), async (c) => {
    const body = c.req.valid('json');
    const options = await passkeyOptions(body.invitation, deps);
    return options ? c.json(options) : problem('invitation-unknown');
  });
  app.post('/passkeys', jsonBody(HqPasskeyRequest, 32 * 1024), async (c) => {
    const body = c.req.valid('json');
    const session = await registerPasskey(body, deps);
    return session.ok ? c.json(session.value, 201) : problem(session.reason);
  });
  app.post('/sign-in/options', (c) => {
    const rpId = new URL(publicOrigin).hostname;
    return c.json({ challenge: challenges.make(clock()), rpId } satisfies HqSignInOptions);
  });
  app.post('/sign-in', jsonBody(HqSignInRequest, 32 * 1024), async (c) => {
    const body = c.req.valid('json');
    const session = await signIn(body, deps);
    return session.ok ? c.json(session.value, 201) : problem(session.reason);
  });
  app.post('/sign-out', async (c) => {
    await closeSession(db.sql, bearerOf(c));
    return c.body(null, 204);
  });
  return app;
}
