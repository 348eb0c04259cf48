import { computed, signal } from '@preact/signals';
import { en } from './en.ts';
import { type Words, zh } from './zh.ts';

/** Another language is one file and one line here. */
export const LANGUAGES = { zh, en } satisfies Record<string, Words>;
export type Language = keyof typeof LANGUAGES;

/** Chinese first: any device that does not ask for English gets it. */
export const language = signal<Language>(navigator.language.startsWith('en') ? 'en' : 'zh');
export const words = computed<Words>(() => LANGUAGES[language.value]);
