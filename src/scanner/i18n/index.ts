import { computed, effect, signal } from '@preact/signals';
import type { Knowledge } from '../../core/verdict/decide.ts';
import { type Words, zh } from './zh.ts';

/**
 * Another language is one file, and one line in each of these two. Chinese is always there;
 * the others come when they are wanted.
 */
const LOADERS = {
  zh: async () => zh,
  en: async () => (await import('./en.ts')).en,
} satisfies Record<string, () => Promise<Words>>;
export type Language = keyof typeof LOADERS;
export const LANGUAGES: Readonly<Record<Language, string>> = { zh: '中文', en: 'English' };

const loaded = signal<Partial<Record<Language, Words>>>({ zh });
/** Chinese first: any device that does not ask for English gets it. */
export const language = signal<Language>(navigator.language.startsWith('en') ? 'en' : 'zh');
export const words = computed<Words>(() => loaded.value[language.value] ?? zh);
effect(() => void loadLanguage(language.value).catch(() => {}));

export async function loadLanguage(name: Language): Promise<void> {
  const texts = await LOADERS[name]();
  loaded.value = { ...loaded.peek(), [name]: texts };
}

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && value in LOADERS;
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
