import { Hono, type MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { type BatchReceipt, DeviceHint, HINT_HEADER } from '../../core/protocol/station.ts';
import { BatchBody, MAX_BATCH_LENGTH } from '../../core/record/batch.ts';
import type { DeviceShares } from '../ingest/device-share.ts';
import { type BatchAddress, type IngestDeps, ingestBatch } from '../ingest/ingest-batch.ts';
import type { IngestOutcome } from '../ingest/settle-batch.ts';
import { BY_DEVICE } from '../limits.ts';
import type { FrontMetrics } from '../metrics/front-metrics.ts';
import type { Histogram } from '../metrics/metrics.ts';
import { problem } from '../problem.ts';
import { tooOften } from '../rate-limit.ts';
import { limitBody, readBody } from './body.ts';
import { DEVICE_PATH } from './device-path.ts';

export interface BatchRouteDeps extends IngestDeps, FrontMetrics {
  readonly shares: DeviceShares;
  /** Called when records were stored. */
  readonly onSealed: () => void;
}

const MAX_HINT = 256;

/** Without U+0000, the one character that PostgreSQL cannot hold. */
const StorableBatch = v.pipe(
  BatchBody,
  v.check(({ records }) => !records.some((record) => record.includes('\0'))),
);

/** `PUT /devices/{id}/batches/{first}-{last}`: upload. */
export function batchRoutes(deps: BatchRouteDeps): Hono {
  const { clock, shares, batches, records, uploads, onSealed } = deps;
  const app = new Hono();
  const path = `${DEVICE_PATH}/batches/:run{\\d{1,16}-\\d{1,16}}` as const;
  app.put(path, timeUploads(uploads), limitBody(MAX_BATCH_LENGTH), async (c) => {
    const address = addressOf(c.req.param('device'), c.req.param('run'));
    // Asked before the body is read: strangers cost one look at an index.
    if (!(await deps.deviceKeys.get(address.device))) return problem('device-unknown');
    const wait = shares.wait(address.device, clock());
    if (wait > 0) return tooOften(wait, BY_DEVICE);
    const body = await readBody(c, StorableBatch);
    if (!body) return problem('batch-invalid', { detail: 'malformed' });

    const result = await ingestBatch(address, body, deps, hintIn(c.req.header(HINT_HEADER)));
    batches.add(1, { outcome: result.outcome });
    if (result.outcome !== 'invalid') shares.spend(address.device, body.records.length, clock());
    switch (result.outcome) {
      case 'stored':
        records.add(result.fresh, {});
        if (result.fresh > 0) onSealed();
        return c.json(receiptOf(result));
      case 'missing':
        return c.json({ missing: { first: result.first, last: result.last } }, 202);
      case 'conflict':
        return problem('batch-conflict', { detail: result.kept ? 'set-aside' : 'not-kept' });
      case 'unknown':
        return problem('device-unknown');
      case 'barred':
        return problem('device-barred');
      case 'invalid':
        return problem('batch-invalid', { detail: result.reason });
    }
  });
  return app;
}

function receiptOf({
  receipt,
  station,
}: Extract<IngestOutcome, { outcome: 'stored' }>): v.InferOutput<typeof BatchReceipt> {
  if (!station) return { receipt };
  const { name, area, role } = station;
  return { receipt, station: { post: { name, area }, role } };
}

/** What is no hint is none: nothing hangs on it. */
function hintIn(header: string | undefined): DeviceHint | undefined {
  if (header === undefined || header.length > MAX_HINT) return undefined;
  try {
    const parsed = v.safeParse(DeviceHint, JSON.parse(header));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function timeUploads(uploads: Histogram): MiddlewareHandler {
  return async (_, next) => {
    const began = performance.now();
    await next();
    uploads.observe((performance.now() - began) / 1000);
  };
}

function addressOf(device: string, run: string): BatchAddress {
  const [first = 0, last = 0] = run.split('-').map(Number);
  return { device, first, last };
}
