import { computed, effect, signal } from '@preact/signals';
import { LANGUAGES, type Language, language } from '../index.ts';
import { type WordsBesides, zh } from './zh.ts';

const loaded = signal<Partial<Record<Language, WordsBesides>>>({ zh });
/** The words of all that the camera does not wait for: they come with these pages. */
export const wordsBesides = computed<WordsBesides>(() => loaded.value[language.value] ?? zh);
effect(() => void loadWordsBesides(language.value).catch(() => {}));

export async function loadWordsBesides(name: Language): Promise<void> {
  const texts = await LANGUAGES[name].besides();
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
