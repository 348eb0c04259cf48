import { Hono } from 'hono';
import { EnrolmentRequest } from '../../core/protocol.ts';
import { type EnrolDeps, enrolDevice } from '../enrolment/enrol-device.ts';
import { problem } from '../problem.ts';
import { limitBody, readBody } from './body.ts';

/** `POST /devices`: enrolment. */
export function deviceRoutes(deps: EnrolDeps): Hono {
  return new Hono().post('/devices', limitBody(8 * 1024), async (c) => {
    const body = await readBody(c, EnrolmentRequest);
    if (!body) return problem('malformed');
    const enrolled = await enrolDevice(body.request, deps);
    return enrolled.ok ? c.json(enrolled.value) : problem(enrolled.reason);
  });
}
