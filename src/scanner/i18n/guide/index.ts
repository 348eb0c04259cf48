import { computed } from '@preact/signals';
import { type Language, language } from '../index.ts';
import { en } from './en.ts';
import { type Guide, zh } from './zh.ts';

/** Another language is one file here too, and a missing text does not compile. */
const GUIDES: Readonly<Record<Language, Guide>> = { zh, en };

/** The words of the state page, the help and the practice: they come with these pages. */
export const guide = computed(() => GUIDES[language.value]);
