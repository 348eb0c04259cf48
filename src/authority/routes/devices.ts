import { Hono } from 'hono';
import { EnrolmentRequest } from '../../core/protocol/station.ts';
import { type EnrolDeps, enrolDevice } from '../enrolment/enrol-device.ts';
import { problem } from '../problem.ts';
import { jsonBody } from './body.ts';

/** `POST /devices`: enrolment. */
export function deviceRoutes(deps: EnrolDeps): Hono {
  return new Hono().post('/devices', jsonBody(EnrolmentRequest, 8 * 1024), async (c) => {
    const body = c.req.valid('json');
    const enrolled = await enrolDevice(body.request, deps);
    return enrolled.ok ? c.json(enrolled.value) : problem(enrolled.reason);
  });
}
