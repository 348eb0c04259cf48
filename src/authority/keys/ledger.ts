import { join } from 'node:path';
import * as v from 'valibot';
import { EpochSeconds } from '../../core/documents/signed.ts';
import { Fault } from '../../core/result.ts';
import { readSecret, writeSecret } from './secret-file.ts';

const Times = v.record(v.string(), EpochSeconds);

/** What was decided about keys after they were made, by kid. Nothing in it is secret. */
const Ledger = v.strictObject({
  /** Rotated: what the key signs counts until then. */
  ended: Times,
  /** Retired at that time: nothing that the key signed counts. */
  retired: Times,
});
export type Ledger = v.InferOutput<typeof Ledger>;

const NAME = 'ledger.json';

/** @throws Fault `bad-ledger`: without it, a key that was retired would count again. */
export function readLedger(folder: string): Ledger {
  const file = join(folder, NAME);
  const text = readSecret(file);
  if (text === undefined) return { ended: {}, retired: {} };
  try {
    return v.parse(Ledger, JSON.parse(text));
  } catch (cause) {
    throw new Fault('bad-ledger', `${file} cannot be read. Restore it.`, { cause });
  }
}

export function writeLedger(folder: string, ledger: Ledger): void {
  writeSecret(join(folder, NAME), `${JSON.stringify(ledger, null, 2)}\n`);
}
