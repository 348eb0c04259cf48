interface Bucket {
  readonly level: number;
  /** Epoch seconds. */
  readonly at: number;
}

export interface Allowance {
  /** What can be saved up. */
  readonly most: number;
  /** What is gained every second. */
  readonly rate: number;
}

/** Clients beyond so many push out whoever came first. */
const CLIENTS = 100_000;

/**
 * Token buckets by client, in memory: they protect this process and slow down guessing, and may
 * be forgotten when it starts anew. What has to outlast that is counted in the database.
 */
export class Buckets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #allowance: Allowance;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** @param now epoch seconds. @returns seconds until the client may do it again, 0: now. */
  wait(client: string, now: number): number {
    return Math.max(0, Math.ceil((1 - this.#level(client, now)) / this.#allowance.rate));
  }

  /** @param tokens may be more than there are: the client waits the longer. */
  spend(client: string, now: number, tokens = 1): void {
    const level = this.#level(client, now) - tokens;
    this.#buckets.delete(client);
    this.#buckets.set(client, { level, at: now });
    if (this.#buckets.size <= CLIENTS) return;
    const [first] = this.#buckets.keys();
    if (first !== undefined) this.#buckets.delete(first);
  }

  #level(client: string, now: number): number {
    const { most, rate } = this.#allowance;
    const bucket = this.#buckets.get(client);
    return bucket ? Math.min(most, bucket.level + Math.max(0, now - bucket.at) * rate) : most;
  }
}
