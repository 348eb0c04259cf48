import { computed, effect, signal } from '@preact/signals';
import { DAY, HOUR, MINUTE } from '../../core/time.ts';
import type { Knowledge } from '../../core/verdict/decide.ts';
import type { LazyWords } from './lazy/zh.ts';
import { type Words, zh } from './zh.ts';

interface Translation {
  /** As those who speak it call it. */
  readonly name: string;
  /** BCP 47, for the page, for times and for the voice. */
  readonly tag: string;
  readonly words: () => Promise<Words>;
  /** Words of the pages that the camera does not wait for. */
  readonly lazyWords: () => Promise<LazyWords>;
}

/**
 * Another language is one entry here, and one file with its words; these have two, so that
 * the camera waits for as few as can be. Chinese is always there.
 */
export const LANGUAGES = {
  zh: {
    name: '中文',
    tag: 'zh-CN',
    words: async () => zh,
    lazyWords: async () => (await import('./lazy/zh.ts')).zh,
  },
  en: {
    name: 'English',
    tag: 'en',
    words: async () => (await import('./en.ts')).en,
    lazyWords: async () => (await import('./lazy/en.ts')).en,
  },
} as const satisfies Record<string, Translation>;
export type Language = keyof typeof LANGUAGES;

const loaded = signal<Partial<Record<Language, Words>>>({ zh });
/** Chinese first: any device that does not ask for English gets it. */
export const language = signal<Language>(navigator.language.startsWith('en') ? 'en' : 'zh');
export const words = computed<Words>(() => loaded.value[language.value] ?? zh);
effect(() => void loadLanguage(language.value).catch(() => {}));

export async function loadLanguage(name: Language): Promise<void> {
  const texts = await LANGUAGES[name].words();
  loaded.value = { ...loaded.peek(), [name]: texts };
}

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && value in LANGUAGES;
}

/** What is wrong with this device's clock, in a few words; undefined: nothing that is known. */
export function clockInWords(
  words: Words,
  { now, clockAhead }: Pick<Knowledge, 'now' | 'clockAhead'>,
  seen: { readonly current: boolean } | undefined,
): string | undefined {
  const { clock } = words;
  // What is behind the floor now says more than what was heard before.
  const heard = now.ok || seen?.current;
  if (clockAhead === undefined || !heard) return now.ok ? undefined : clock.wrong;
  const off = ageInWords(words, Math.abs(clockAhead));
  const line = clockAhead > 0 ? clock.ahead(off) : clock.behind(off);
  return seen?.current ? line : clock.before(line);
}

/** A span of time in its largest whole unit, such as "12 分钟" or "3 h". */
export function ageInWords({ age }: Words, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE) return age.seconds(whole);
  if (whole < HOUR) return age.minutes(Math.floor(whole / MINUTE));
  if (whole < 2 * DAY) return age.hours(Math.floor(whole / HOUR));
  return age.days(Math.floor(whole / DAY));
}
