import type { Sql } from '../database/sql.ts';
import type { Clock } from '../log.ts';
import type { Counter, Histogram, Metrics } from './metrics.ts';
import { readState } from './state.ts';

/** What the ingest front counts. */
export interface FrontMetrics {
  readonly batches: Counter<'outcome'>;
  readonly records: Counter;
  readonly uploads: Histogram;
}

export function frontMetrics(metrics: Metrics, sql: Sql, clock: Clock): FrontMetrics {
  metrics.gauges(
    {
      kakou_records_waiting: 'Records that are safe and not opened yet.',
      kakou_records_quarantined: 'Records that could not be opened or made no sense.',
      kakou_alarms: 'Conflicts, breaks and losses that were raised.',
      kakou_bulletin_age_seconds: 'Age of the newest bulletin.',
    },
    async () => {
      const { waiting, quarantined, alarms, bulletinAge } = await readState(sql, clock());
      return {
        kakou_records_waiting: waiting,
        kakou_records_quarantined: quarantined,
        kakou_alarms: alarms,
        ...(bulletinAge !== null && { kakou_bulletin_age_seconds: bulletinAge }),
      };
    },
  );
  return {
    batches: metrics.counter('kakou_batches_total', 'Batches by what came of them.'),
    records: metrics.counter('kakou_records_stored_total', 'Records that were stored.'),
    uploads: metrics.histogram('kakou_upload_seconds', 'From the head of an upload to its answer.'),
  };
}
