import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../log.ts';
import { problem } from '../problem.ts';
import { type Allowance, Buckets } from '../residents/buckets.ts';
import { clientAddress } from './client-address.ts';

/**
 * What one address may ask for. Thousands of phones may stand behind one address of a mobile
 * network, and a whole headquarters behind another: these are far above what people do, and
 * below what harms anybody.
 */
export const CLIENTS = {
  '/codes': { most: 600, rate: 20 },
  '/devices': { most: 300, rate: 2 },
  '/healthz': { most: 120, rate: 10 },
  '/hq/*': { most: 600, rate: 20 },
} as const satisfies Readonly<Record<string, Allowance>>;

/** 429 `busy`, with `Retry-After`, to whoever asks more than {@link CLIENTS} says. */
export function limitClients(allowance: Allowance, clock: Clock): MiddlewareHandler {
  const asking = new Buckets(allowance);
  return async (c, next) => {
    const client = clientAddress(c);
    const wait = asking.wait(client, clock());
    if (wait > 0) return problem('busy', { status: 429, retryAfter: wait });
    asking.spend(client, clock());
    await next();
    return undefined;
  };
}
