import { Hono } from 'hono';
import { CodeRequest, type CodeResponse } from '../../core/protocol/station.ts';
import { problem } from '../problem.ts';
import { tooOften } from '../rate-limit.ts';
import { type IssueDeps, issueByTicket, MOVE_EVERY } from '../residents/code/issue-code.ts';
import { jsonBody } from './body.ts';

export interface CodeRouteDeps extends IssueDeps {
  /** Called when a code was voided. */
  readonly onStatusChange: () => void;
  /** Before a code is issued: of the demo town alone. */
  readonly onAsked?: ((ticket: string) => Promise<void>) | undefined;
}

/** `POST /codes`: a resident's code. */
export function codeRoutes(deps: CodeRouteDeps): Hono {
  return new Hono().post('/codes', jsonBody(CodeRequest, 4 * 1024), async (c) => {
    const body = c.req.valid('json');
    await deps.onAsked?.(body.ticket);
    const issued = await issueByTicket(body.ticket, body.jwk, deps);
    if (!issued.ok) {
      return issued.reason === 'busy' ? tooOften(MOVE_EVERY) : problem(issued.reason);
    }
    const { text, validity, now, voided } = issued.value;
    if (voided) deps.onStatusChange();
    c.header('Cache-Control', 'no-store');
    return c.json({ text, issuer: deps.issuer, validity, now } satisfies CodeResponse);
  });
}
