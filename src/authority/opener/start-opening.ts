import { type Background, runInBackground } from '../background.ts';
import type { Database } from '../database/sql.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Clock, Log } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { DocumentHash } from '../residents/identity/document-hash.ts';
import { importSealingKey } from './decrypt.ts';
import { openerResults, openWaiting } from './open-waiting.ts';
import { reopen } from './reopen.ts';

/**
 * Seconds between two looks at the database. Polling rather than LISTEN: it costs one small
 * query, finds what a crash left, and works through every kind of connection pooler.
 */
const OPEN_EVERY = 1;

/**
 * @param onOpened called when records were opened: a code may have turned yellow.
 */
export function startOpening(
  db: Database,
  ring: KeyRing,
  hashes: DocumentHash,
  metrics: Metrics,
  onOpened: () => void,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Background {
  const sealingKeys = new Map<string, ReturnType<typeof importSealingKey>>();
  const results = openerResults(metrics);
  /** What was set aside for want of a key was tried with all keys that are here. */
  let isTried = true;
  const open = async (signal: AbortSignal) => {
    // The replaced ones too: records wait for weeks on devices without a network.
    for (const { kid, privateKey } of ring.keysOf('sealing')) {
      if (sealingKeys.has(kid)) continue;
      sealingKeys.set(kid, importSealingKey(privateKey));
      isTried = false;
    }
    const deps = { db, clock, sealingKeys, hashes, results };
    if ((await openWaiting(deps, signal)) > 0) onOpened();
    if (isTried) return;
    if ((await reopen(deps, signal)) > 0) onOpened();
    isTried = !signal.aborted;
  };
  return runInBackground('opener', OPEN_EVERY, open, log);
}
