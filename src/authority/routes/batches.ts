import { Hono } from 'hono';
import * as v from 'valibot';
import { importVerifyKey } from '../../core/code/jws.ts';
import { BatchBody, MAX_BATCH_LENGTH } from '../../core/record/batch.ts';
import { type BatchAddress, type IngestDeps, ingestBatch } from '../ingest/ingest-batch.ts';
import { problem } from '../problem.ts';
import { limitBody, readBody } from './body.ts';
import { DEVICE_PATH } from './device-path.ts';

export interface BatchRouteDeps extends IngestDeps {
  /** Called when records were stored. */
  readonly onSealed: () => void;
}

/** Without U+0000, the one character that PostgreSQL cannot hold. */
const StorableBatch = v.pipe(
  BatchBody,
  v.check(({ records }) => !records.some((record) => record.includes('\0'))),
);

/** `PUT /devices/{id}/batches/{first}-{last}`: upload. */
export function batchRoutes(deps: BatchRouteDeps): Hono {
  const app = new Hono();
  const path = `${DEVICE_PATH}/batches/:run{\\d{1,16}-\\d{1,16}}` as const;
  app.put(path, limitBody(MAX_BATCH_LENGTH), async (c) => {
    const address = addressOf(c.req.param('device'), c.req.param('run'));
    // Asked before the body is read: strangers cost one look at an index.
    const [device] = await deps.db.sql<{ x: string; y: string; barred: boolean }>`
      select x, y, barred_at is not null as barred from devices
      where device = ${address.device}`;
    if (!device) return problem('device-unknown');
    if (device.barred) return problem('device-barred');
    const body = await readBody(c, StorableBatch);
    if (!body) return problem('batch-invalid', { detail: 'malformed' });

    const result = await ingestBatch(address, body, await importVerifyKey(device), deps);
    switch (result.outcome) {
      case 'stored':
        deps.onSealed();
        return c.json({ receipt: result.receipt });
      case 'missing':
        return c.json({ missing: { first: result.first, last: result.last } }, 202);
      case 'conflict':
        return problem('batch-conflict');
      case 'invalid':
        return problem('batch-invalid', { detail: result.reason });
    }
  });
  return app;
}

function addressOf(device: string, run: string): BatchAddress {
  const [first = 0, last = 0] = run.split('-').map(Number);
  return { device, first, last };
}
