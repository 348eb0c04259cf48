import { DAY, HOUR, MINUTE } from '../../core/time.ts';
import { inWords } from '../../page/china-time.ts';
import type { Words } from './zh.ts';

/** `3月10日周二`. @param at epoch seconds. */
export function day(words: Words, at: number): string {
  return inWords(words, at, { month: 'short', day: 'numeric', weekday: 'short' });
}

/**
 * A span in its two largest units, rounded down so that nobody counts on time that is
 * not there: `2 天 3 小时`, `3 小时`, `59 分钟`, `20 秒`.
 *
 * @param seconds not negative.
 */
export function spanInWords({ span }: Words, seconds: number): string {
  const days = Math.floor(seconds / DAY);
  const hours = Math.floor((seconds % DAY) / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  const parts =
    days > 0
      ? [span.days(days), hours > 0 && span.hours(hours)]
      : hours > 0
        ? [span.hours(hours), minutes > 0 && span.minutes(minutes)]
        : [minutes > 0 ? span.minutes(minutes) : span.seconds(Math.floor(seconds))];
  return parts.filter(Boolean).join(' ');
}
