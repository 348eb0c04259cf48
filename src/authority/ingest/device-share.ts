import { BY_DEVICE } from '../limits.ts';
import { TokenBuckets } from '../rate-limit.ts';

/** Of a batch, besides one for each of its records. */
const BATCH = 10;

/** What each device may send: see {@link BY_DEVICE}. */
export class DeviceShares {
  readonly #records = new TokenBuckets(BY_DEVICE);

  /** @param now epoch seconds. @returns seconds until the device may send, 0: now. */
  wait(device: string, now: number): number {
    return this.#records.wait(device, now);
  }

  /** Called for what the device itself signed, so that nobody else uses up its share. */
  spend(device: string, records: number, now: number): void {
    this.#records.spend(device, now, BATCH + records);
  }
}
