import type { Policy } from '../../core/documents/policy.ts';
import { KEY_ROLES, type Trust } from '../../core/documents/trust.ts';
import { DAY } from '../../core/time.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Log } from '../log.ts';
import { isOld } from './trust.ts';

type Facts = Readonly<Record<string, string | number>>;

/** People need so long to plan a rotation, or to bring the holders of the root together. */
const NOTICE = 30 * DAY;

/** Says in the log what people have to do about the keys: the same thing once a day. */
export class TrustWatch {
  readonly #log: Log;
  /** When each thing was said last, epoch seconds. */
  readonly #said = new Map<string, number>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** An installed trust is one that devices would not take. @param now epoch seconds. */
  refused(version: number, reason: string, now: number): void {
    this.#say('trust-refused', { version, reason }, now);
  }

  look(trust: Trust, ring: KeyRing, { freshness }: Policy, now: number): void {
    if (isOld(trust, freshness, now)) {
      this.#say('trust-old', { days: Math.floor((now - trust.iat) / DAY) }, now);
    }
    if (isBehind(trust.keys, ring.keysToTrust(trust.keys), now)) {
      this.#say('trust-waits-for-signatures', { version: trust.version }, now);
    }
    for (const role of KEY_ROLES) {
      const ends = trust.keys.filter((key) => key.role === role).map((key) => key.notAfter);
      const days = Math.floor((Math.max(...ends) - now) / DAY);
      if (days * DAY < NOTICE) this.#say('key-ends', { role, days }, now);
    }
  }

  #say(event: string, facts: Facts, now: number): void {
    const key = JSON.stringify([event, facts['role'], facts['version']]);
    if (now - (this.#said.get(key) ?? Number.NEGATIVE_INFINITY) < DAY) return;
    this.#said.set(key, now);
    this.#log(event, facts);
  }
}

/** Whether the trust should say something else; that it still names what is over is no matter. */
function isBehind(named: Trust['keys'], wanted: Trust['keys'], now: number): boolean {
  const spell = (keys: Trust['keys']) => new Set(keys.map((key) => JSON.stringify(key)));
  const counting = spell(named.filter(({ notAfter }) => now <= notAfter));
  const [all, next] = [spell(named), spell(wanted)];
  return [...next].some((key) => !all.has(key)) || [...counting].some((key) => !next.has(key));
}
