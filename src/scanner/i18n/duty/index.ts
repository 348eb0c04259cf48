import { computed } from '@preact/signals';
import { type Language, language } from '../index.ts';
import { en } from './en.ts';
import { type Duty, zh } from './zh.ts';

const ALL: Readonly<Record<Language, Duty>> = { zh, en };

/** The words of shifts, supervisors and counts. */
export const duty = computed(() => ALL[language.value]);

/** @param at epoch seconds. */
export function timeOfDay(at: number): string {
  return new Date(at * 1000).toLocaleTimeString(language.value === 'zh' ? 'zh-CN' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
  });
}
