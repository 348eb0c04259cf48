import type { HqCharts } from '../../core/protocol/headquarters.ts';

/** Words of the charts, which load with their page. */
export const chartsZh = {
  heading: '判定',
  none: '这段时间没有记录。',
  span: '时间',
  spans: { 1: '一天，按小时', 7: '7 天', 14: '14 天', 30: '30 天' } satisfies Record<
    HqCharts['days'],
    string
  >,
  day: '日期',
  area: '行政区划',
  everywhere: '全部',
  until: (first: string, last: string) => `${first}至${last}`,
  verdicts: (when: string, area: string) => `${when}，${area}：判定数`,
  feverCount: (when: string, area: string) => `${when}，${area}：发热数`,
  hour: '时段',
  total: '合计',
  fevers: '发热',
  table: '用表格查看',
  areas: '各地区对比',
  areasCaption: (when: string) => `${when}，判定多的地区在前。每一列的条形各按本列最大的数。`,
  share: (percent: string) => `占 ${percent}%`,
};

export type ChartWords = typeof chartsZh;
