import { computed } from '@preact/signals';
import { counterEn } from './en-counter.ts';
import { type Language, language } from './language.ts';
import { type CounterWords, counterZh } from './zh-counter.ts';

/** The words of the counter, which load with its page. */
export const COUNTER_WORDS: Readonly<Record<Language, CounterWords>> = {
  zh: counterZh,
  en: counterEn,
};
export const counterWords = computed<CounterWords>(() => COUNTER_WORDS[language.value]);

/** For paper, which has no switch: Chinese first. */
export function inBoth(say: (words: CounterWords) => string): string {
  return Object.values(COUNTER_WORDS).map(say).join(' ');
}
