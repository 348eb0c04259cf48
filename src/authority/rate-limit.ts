import type { Context, Env, MiddlewareHandler } from 'hono';
import type { Clock } from './log.ts';
import { problem } from './problem.ts';

export interface Allowance {
  /** What can be saved up. */
  readonly most: number;
  readonly perMinute: number;
}

interface Bucket {
  readonly level: number;
  /** Epoch seconds. */
  readonly at: number;
}

/** Clients beyond so many push out whoever came first. */
const CLIENTS = 100_000;

/**
 * Token buckets by client, in memory: they protect this process and slow down guessing, and may
 * be forgotten when it starts anew. What has to outlast that is counted in the database.
 */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();
  readonly #allowance: Allowance;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** @param now epoch seconds. @returns seconds until the client may do it again, 0: now. */
  wait(client: string, now: number): number {
    const missing = 1 - this.#level(client, now);
    return Math.max(0, Math.ceil((missing * 60) / this.#allowance.perMinute));
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
    const { most, perMinute } = this.#allowance;
    const bucket = this.#buckets.get(client);
    if (!bucket) return most;
    return Math.min(most, bucket.level + (Math.max(0, now - bucket.at) * perMinute) / 60);
  }
}

/**
 * 429 `busy`, with `Retry-After`.
 *
 * @param allowance that was used up; left out: something that is done once in a while only.
 */
export function tooOften(seconds: number, allowance?: Allowance): Response {
  const detail = allowance
    ? `At most ${allowance.most} at once, and ${allowance.perMinute} a minute from then on.`
    : `Not before ${seconds} seconds are over.`;
  return problem('busy', { status: 429, retryAfter: seconds, detail });
}

/**
 * {@link tooOften} to whoever asks more often than they may.
 *
 * @param clientOf whose request it is.
 * @param counts of what was answered, whether it counts; left out: each request does, before
 *   anything is done for it.
 */
export function limitRate<E extends Env>(
  allowance: Allowance,
  clock: Clock,
  clientOf: (c: Context<E>) => string,
  counts?: (answer: Response) => boolean,
): MiddlewareHandler<E> {
  const buckets = new TokenBuckets(allowance);
  return async (c, next) => {
    const client = clientOf(c);
    const wait = buckets.wait(client, clock());
    if (wait > 0) return tooOften(wait, allowance);
    if (!counts) buckets.spend(client, clock());
    await next();
    if (counts?.(c.res)) buckets.spend(client, clock());
    return undefined;
  };
}
