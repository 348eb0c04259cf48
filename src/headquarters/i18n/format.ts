import { DAY, HOUR, MINUTE } from '../../core/time.ts';
import { inWords } from '../../page/china-time.ts';
import type { Words } from './zh.ts';

/** `2020年3月10日`. @param at epoch seconds. */
export function day(words: Words, at: number): string {
  return inWords(words, at, { dateStyle: 'medium' });
}

/** A span in its largest whole unit: `12 分钟`, `3 hours`. A span below zero is none. */
export function spanInWords({ span }: Words, seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < MINUTE) return span.seconds(whole);
  if (whole < HOUR) return span.minutes(Math.floor(whole / MINUTE));
  if (whole < 2 * DAY) return span.hours(Math.floor(whole / HOUR));
  return span.days(Math.floor(whole / DAY));
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
