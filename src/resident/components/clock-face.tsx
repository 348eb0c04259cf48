import { clockTime } from '../../page/china-time.ts';
import { day } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';

/** The time, seen to tick: a screenshot stands still. @param now epoch seconds. */
export function ClockFace({ now }: { now: number }) {
  return (
    <div class="clock">
      <time dateTime={new Date(now * 1000).toISOString()}>{clockTime(now)}</time>
      <span>{day(words.value, now)}</span>
      <span class="pendulum" aria-hidden="true" />
    </div>
  );
}
