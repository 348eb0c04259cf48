import type { Database } from '../database/sql.ts';
import type { Clock } from '../log.ts';
import type { Vault } from './identity/vault.ts';

/** What everything about residents needs. */
export interface ResidentDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly vault: Vault;
  /** An entry of the status list changed: the publisher has work. */
  readonly onStatusChange: () => void;
}
