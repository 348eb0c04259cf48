import { computed, signal } from '@preact/signals';
import { en } from './en.ts';
import { type Words, zh } from './zh.ts';

/** Another language is one file and one line here. */
export const LANGUAGES = { zh, en } satisfies Record<string, Words>;
export type Language = keyof typeof LANGUAGES;

const KEPT = 'kakou-resident-language';

/** Chinese first: any phone that does not ask for English, and was not told to, gets it. */
export const language = signal<Language>(keptLanguage() ?? deviceLanguage());
export const words = computed<Words>(() => LANGUAGES[language.value]);

export function chooseLanguage(chosen: Language): void {
  language.value = chosen;
  try {
    localStorage.setItem(KEPT, chosen);
  } catch {
    // Storage is barred: the choice lasts as long as the page.
  }
}

function keptLanguage(): Language | undefined {
  try {
    const kept = localStorage.getItem(KEPT);
    return kept === 'zh' || kept === 'en' ? kept : undefined;
  } catch {
    return undefined;
  }
}

function deviceLanguage(): Language {
  return navigator.language.startsWith('en') ? 'en' : 'zh';
}
