/** When calendars remind, on the clock of whoever reads them: `HHMMSS`. */
const AT = '080000';
/** The same every time: a calendar that has it already takes the newer one, and not a second. */
const UID = 'daily-check-in@kakou';
/** Octets of a line, without its end (RFC 5545 section 3.1). */
const LINE = 75;

interface Reminder {
  /** What to do. */
  readonly summary: string;
  /** Where to do it. */
  readonly url: string;
  /** Epoch seconds: the first time is on the day after. */
  readonly now: number;
}

/**
 * A calendar of one event, every morning (iCalendar, RFC 5545), which reminds also when the page
 * is closed and no server knows of it. There is nobody in it: neither whose code it is, nor when
 * it lapses.
 */
export function dailyReminder({ summary, url, now }: Reminder): string {
  const text = escaped(summary);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Kakou//Kakou//ZH',
    'BEGIN:VEVENT',
    `UID:${UID}`,
    `DTSTAMP:${new Date(now * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`,
    // Without a zone: the time of the place where its reader is.
    `DTSTART:${dayAfter(now)}T${AT}`,
    'DURATION:PT5M',
    'RRULE:FREQ=DAILY',
    'TRANSP:TRANSPARENT',
    `SUMMARY:${text}`,
    `URL:${url}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${text}`,
    'TRIGGER:PT0S',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function dayAfter(now: number): string {
  const day = new Date(now * 1000);
  day.setDate(day.getDate() + 1);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('');
}

/** Section 3.3.11. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}

/** A space begins what goes on with the line before, and no character is cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  const parts = [''];
  for (const character of line) {
    const part = parts.at(-1) ?? '';
    const room = parts.length === 1 ? LINE : LINE - 1;
    if (encoder.encode(part + character).length <= room) parts[parts.length - 1] = part + character;
    else parts.push(character);
  }
  return parts.join('\r\n ');
}
