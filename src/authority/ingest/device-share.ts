/** Tokens that a device may save up, and that it gets every second. */
const MOST = 20_000;
const RATE = 100;
/** Tokens of a batch, besides one for each of its records. */
const BATCH = 10;

interface Bucket {
  readonly level: number;
  /** Epoch seconds. */
  readonly at: number;
}

/**
 * What each device may send: a token bucket of records. Nobody scans a hundred people a
 * second; a post that comes back after days drains at once. In memory, since it protects
 * this process: a bucket in the database would cost what it saves. There is one for each
 * device that was enrolled, at most.
 */
export class DeviceShares {
  readonly #buckets = new Map<string, Bucket>();

  /** @param now epoch seconds. @returns seconds until the device may send, 0: now. */
  wait(device: string, now: number): number {
    const level = this.#level(device, now);
    return level > 0 ? 0 : Math.ceil((1 - level) / RATE);
  }

  /** Called for what the device itself signed, so that nobody else uses up its share. */
  spend(device: string, records: number, now: number): void {
    const level = this.#level(device, now) - BATCH - records;
    this.#buckets.set(device, { level, at: now });
  }

  #level(device: string, now: number): number {
    const bucket = this.#buckets.get(device);
    if (!bucket) return MOST;
    const gained = Math.max(0, now - bucket.at) * RATE;
    return Math.min(MOST, bucket.level + gained);
  }
}
