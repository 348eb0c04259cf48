import type { PrintedClaims } from '../core/code/claims.ts';
import { greenUntil } from '../core/code/green-until.ts';
import { paperMoment } from '../page/china-time.ts';
import { areaName } from './i18n/areas.ts';
import { en } from './i18n/en.ts';
import { type Words, zh } from './i18n/zh.ts';

/** One line of a printed code, in both languages: paper has no switch. */
export interface PaperLine {
  readonly label: string;
  readonly value: string;
  /** What staff have to read and confirm. */
  readonly large: boolean;
}

/** @param validity seconds that green lasts from the last check-in. */
export function paperLines(claims: PrintedClaims, validity: number): PaperLine[] {
  const { name, area, guardian } = claims;
  const { relationship } = guardian;
  const line = (
    label: 'name' | 'guardian' | 'relationship' | 'area' | 'until',
    value: string,
    large = false,
  ): PaperLine => ({ label: both((words) => words.paper[label]), value, large });
  return [
    line('name', name, true),
    line('guardian', guardian.name, true),
    line(
      'relationship',
      both((words) => words.relationship[relationship]),
      true,
    ),
    line('area', `${areaName(area, 'zh')} ${areaName(area, 'en')}`),
    line('until', paperMoment(greenUntil(claims, validity))),
  ];
}

export const paperTitle = both((words) => words.paper.title);
export const paperInstructions = [zh, en].map((words) => words.paper.instructions);

function both(say: (words: Words) => string): string {
  return `${say(zh)} ${say(en)}`;
}
