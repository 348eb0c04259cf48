import { computed, signal } from '@preact/signals';
import type { Knowledge } from '../../core/verdict/decide.ts';
import { en } from './en.ts';
import { type Words, zh } from './zh.ts';

/** Another language is one file and one line here. */
export const LANGUAGES = { zh, en } satisfies Record<string, Words>;
export type Language = keyof typeof LANGUAGES;

/** Chinese first: any device that does not ask for English gets it. */
export const language = signal<Language>(navigator.language.startsWith('en') ? 'en' : 'zh');
export const words = computed<Words>(() => LANGUAGES[language.value]);

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
  if (whole < 60) return age.seconds(whole);
  if (whole < 3600) return age.minutes(Math.floor(whole / 60));
  if (whole < 86_400 * 2) return age.hours(Math.floor(whole / 3600));
  return age.days(Math.floor(whole / 86_400));
}
