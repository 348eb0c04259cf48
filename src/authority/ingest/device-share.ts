import { Buckets } from '../residents/buckets.ts';

/** Records; see {@link DeviceShares}. */
const SHARE = { most: 20_000, rate: 100 };
/** Of a batch, besides one for each of its records. */
const BATCH = 10;

/**
 * What each device may send: a token bucket of records. Nobody scans a hundred people a
 * second; a post that comes back after days drains at once.
 */
export class DeviceShares {
  readonly #records = new Buckets(SHARE);

  /** @param now epoch seconds. @returns seconds until the device may send, 0: now. */
  wait(device: string, now: number): number {
    return this.#records.wait(device, now);
  }

  /** Called for what the device itself signed, so that nobody else uses up its share. */
  spend(device: string, records: number, now: number): void {
    this.#records.spend(device, now, BATCH + records);
  }
}
