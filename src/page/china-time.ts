/** Posts, headquarters and codes keep China's time, however the phone or computer is set. */
const TIME_ZONE = 'Asia/Shanghai';

/** `08:15:30`, the same in every language. @param at epoch seconds. */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: TIME_ZONE,
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(at * 1000);
}

/** `3月10日 08:15`. @param at epoch seconds. */
export function moment(words: { readonly locale: string }, at: number): string {
  return inWords(words, at, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** By the rules of a language, in China's time. @param at epoch seconds. */
export function inWords(
  { locale }: { readonly locale: string },
  at: number,
  options: Intl.DateTimeFormatOptions,
): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: TIME_ZONE }).format(at * 1000);
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
export function isoDay(at: number): string {
  return paperMoment(at).slice(0, 'YYYY-MM-DD'.length);
}
