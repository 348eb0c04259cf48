import type { ChartWords } from './zh-charts.ts';

export const chartsEn: ChartWords = {
  heading: 'Verdicts',
  none: 'No records in this time.',
  span: 'Time',
  spans: { 1: 'A day, by hour', 7: '7 days', 14: '14 days', 30: '30 days' },
  day: 'Day',
  area: 'Area',
  everywhere: 'All',
  until: (first, last) => `${first} to ${last}`,
  verdicts: (when, area) => `${when}, ${area}: verdicts`,
  feverCount: (when, area) => `${when}, ${area}: fevers`,
  hour: 'Hour',
  total: 'Total',
  fevers: 'Fevers',
  table: 'See it as a table',
  areas: 'Areas side by side',
  areasCaption: (when) =>
    `${when}; areas with the most verdicts come first. The bars of each column follow its largest number.`,
  share: (percent) => `${percent}% of all`,
};
