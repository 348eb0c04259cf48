import {
  type FreshnessLevel,
  freshnessOf,
  SOURCES,
  type Source,
} from '../../core/documents/freshness.ts';
import { DEFAULT_POLICY } from '../../core/documents/policy.ts';
import type { Knowledge } from '../../core/verdict/decide.ts';
import { ageInWords, clockInWords, words } from '../i18n/index.ts';
import type { App } from './app.ts';

/** As it should be; somebody has to see to it soon; now. */
export type Standing = 'good' | 'care' | 'bad';

/** How one thing about this device stands, in a few words. */
export interface Claim {
  readonly standing: Standing;
  readonly text: string;
}

/** Seconds that records may wait before anybody is asked to care. */
const OVERDUE = 600;
/** Percent of a battery that is not being charged. */
const LOW = 20;
const EMPTY = 10;
const LEVELS: readonly FreshnessLevel[] = ['fresh', 'ageing', 'amber', 'expired'];

export function networkClaim({ station }: App): Claim {
  const { header } = words.value;
  return station.online.value
    ? { standing: 'good', text: header.online }
    : { standing: 'care', text: header.offline };
}

export function waitingClaim({ station }: App): Claim {
  const { header } = words.value;
  const { count, oldestAt } = station.waiting.value;
  const isHalted = station.outbox.value.phase === 'halted';
  if (count === 0) return { standing: isHalted ? 'bad' : 'good', text: header.nothingWaiting };
  const age = station.now.value - (oldestAt ?? station.now.value);
  const standing = isHalted ? 'bad' : age < OVERDUE ? 'good' : 'care';
  return { standing, text: header.waiting(count, ageInWords(words.value, age)) };
}

/** What this device holds of one source. */
export function sourceClaim({ ages, policy }: Knowledge, source: Source): Claim {
  const { level, header } = words.value;
  const age = ages[source];
  const state = freshnessOf(ages, policy)[source];
  const old = age === undefined ? header.missing : ageInWords(words.value, age);
  return {
    standing: state === 'expired' ? 'bad' : state === 'amber' ? 'care' : 'good',
    text: state === 'fresh' || age === undefined ? old : `${level[state]} · ${old}`,
  };
}

/** The one of the three that will limit a verdict first. */
export function worstSource({ ages, policy }: Knowledge): Source {
  const levels = freshnessOf(ages, policy);
  const { freshness } = policy ?? DEFAULT_POLICY;
  const rank = (source: Source) =>
    LEVELS.indexOf(levels[source]) + (ages[source] ?? 0) / (1 + freshness[source].refuse);
  return SOURCES.reduce((worst, next) => (rank(next) > rank(worst) ? next : worst));
}

/** Undefined: nothing is known to be wrong with it. */
export function clockClaim({ station }: App): Claim | undefined {
  const known = station.known.value;
  const text = clockInWords(words.value, known, station.clock.offset());
  return text === undefined ? undefined : { standing: known.now.ok ? 'care' : 'bad', text };
}

/** Undefined: the browser does not tell. */
export function batteryClaim({ battery }: App): Claim | undefined {
  if (!battery.value) return undefined;
  const { percent, charging } = battery.value;
  const standing = charging || percent > LOW ? 'good' : percent > EMPTY ? 'care' : 'bad';
  return { standing, text: `${percent} %` };
}
