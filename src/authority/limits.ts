import type { Allowance } from './rate-limit.ts';

type Allowances = Readonly<Record<string, Allowance>>;

/**
 * What one address may ask for. Thousands of phones may stand behind one address of a mobile
 * network, and a whole headquarters behind another: these are far above what people do, and
 * below what harms anybody.
 */
export const BY_ADDRESS = {
  '/codes': { most: 600, perMinute: 1200 },
  '/devices': { most: 300, perMinute: 120 },
  '/healthz': { most: 120, perMinute: 600 },
  '/hq/*': { most: 600, perMinute: 1200 },
  /** Before it is looked up whose session it is. */
  '/residents/*': { most: 3000, perMinute: 6000 },
} as const satisfies Allowances;

/** The same while residents sign in. A whole village may come from one; who guesses is slowed down. */
export const SIGN_IN_BY_ADDRESS = {
  '/residents/sign-in/codes': { most: 30, perMinute: 6 },
  /** Of these only wrong guesses count. */
  '/residents/sessions': { most: 20, perMinute: 1 },
} as const satisfies Allowances;

/** What an account may ask for. A page of a person asks five times: a family of ten in a hurry. */
export const BY_ACCOUNT = { most: 300, perMinute: 300 } as const satisfies Allowance;

/**
 * Records that a device may send. Nobody scans a hundred people a second; a post that comes back
 * after days drains at once.
 */
export const BY_DEVICE = { most: 20_000, perMinute: 6000 } as const satisfies Allowance;
