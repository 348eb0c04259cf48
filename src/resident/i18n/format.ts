import type { Words } from './zh.ts';

/** The post and the phone may be set to different zones; the code's time is China's. */
const TIME_ZONE = 'Asia/Shanghai';

/** `08:15:30`, the same in every language. @param at epoch seconds. */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: TIME_ZONE,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at * 1000);
}

/** `3月10日周二`. @param at epoch seconds. */
export function day({ locale }: Words, at: number): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: TIME_ZONE,
    month: 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(at * 1000);
}

/** `3月13日 08:15`. @param at epoch seconds. */
export function moment({ locale }: Words, at: number): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: TIME_ZONE,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at * 1000);
}

/** `2020-03-13 08:15`, for paper that is read in both languages. @param at epoch seconds. */
export function paperMoment(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: TIME_ZONE,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at * 1000);
}

/** `2020-03-13`, the day in China. @param at epoch seconds. */
export function dayOf(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(at * 1000);
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

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
