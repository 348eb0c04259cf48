import type { Words } from './zh.ts';

/** Posts and headquarters keep China's time, however this computer is set. */
const TIME_ZONE = 'Asia/Shanghai';

/** `08:15:30`. @param at epoch seconds. */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: TIME_ZONE,
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(at * 1000);
}

/** `3月10日 08:15`. @param at epoch seconds. */
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

/** `2020年3月10日`. @param at epoch seconds. */
export function day({ locale }: Words, at: number): string {
  return new Intl.DateTimeFormat(locale, { timeZone: TIME_ZONE, dateStyle: 'medium' }).format(
    at * 1000,
  );
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

/** A span in its largest whole unit: `12 分钟`, `3 hours`. A span below zero is none. */
export function spanInWords({ span }: Words, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return span.seconds(whole);
  if (whole < 3600) return span.minutes(Math.floor(whole / 60));
  if (whole < 2 * 86_400) return span.hours(Math.floor(whole / 3600));
  return span.days(Math.floor(whole / 86_400));
}

/** 365 is `36.5 °C`. */
export function celsius(tenths: number): string {
  return `${(tenths / 10).toFixed(1)} °C`;
}

/** A reason of a newer device, which has no words here, stands as it was sent. */
export function reasonInWords({ reason }: Words, code: string): string {
  return wordFor(reason, code);
}

/** `pass`, `stop`, …; what is none of them stands as it is. */
export function verdictInWords({ verdict, preview }: Words, code: string): string {
  return wordFor({ ...verdict, measure: preview.measure }, code);
}

/** A member of headquarters; whoever had its key is called so. */
export function staffInWords({ acts }: Words, name: string): string {
  return name === 'headquarters-key' ? acts.key : name;
}

/** What headquarters did; what is not named here stands as its address. */
export function actInWords({ acts }: Words, act: string): string {
  return wordFor(acts.act, act);
}

/** Why a record was set aside. */
export function quarantineInWords({ attention }: Words, code: string): string {
  return wordFor(attention.reason, code);
}

/** The word for a code; one of a newer authority, which has none here, stands as it was sent. */
export function wordFor(named: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(named, code) ? (named[code] ?? code) : code;
}
