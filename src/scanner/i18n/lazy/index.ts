import { computed, effect, signal } from '@preact/signals';
import { LANGUAGES, type Language, language } from '../index.ts';
import { type LazyWords, zh } from './zh.ts';

const loaded = signal<Partial<Record<Language, LazyWords>>>({ zh });
/** The words of all that the camera does not wait for: they come with these pages. */
export const lazyWords = computed<LazyWords>(() => loaded.value[language.value] ?? zh);
effect(() => void loadLazyWords(language.value).catch(() => {}));

export async function loadLazyWords(name: Language): Promise<void> {
  const texts = await LANGUAGES[name].lazyWords();
  loaded.value = { ...loaded.peek(), [name]: texts };
}

/** @param at epoch seconds. */
export function timeOfDay(at: number): string {
  return new Date(at * 1000).toLocaleTimeString(LANGUAGES[language.value].tag, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}
