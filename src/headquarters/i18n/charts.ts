import { computed } from '@preact/signals';
import { chartsEn } from './en-charts.ts';
import { type Language, language } from './language.ts';
import { type ChartWords, chartsZh } from './zh-charts.ts';

const CHART_WORDS: Readonly<Record<Language, ChartWords>> = { zh: chartsZh, en: chartsEn };

/** The words of the charts, which load with their page. */
export const chartWords = computed<ChartWords>(() => CHART_WORDS[language.value]);
