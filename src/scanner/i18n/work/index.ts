import { computed } from '@preact/signals';
import { type Language, language } from '../index.ts';
import { en } from './en.ts';
import { type Work, zh } from './zh.ts';

/** Another language is one file here too, and a missing text does not compile. */
const ALL: Readonly<Record<Language, Work>> = { zh, en };

/** The words of pages that come behind the camera: measuring, fevers, vehicles. */
export const work = computed(() => ALL[language.value]);
