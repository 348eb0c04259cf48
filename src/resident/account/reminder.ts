import { signal } from '@preact/signals';

/**
 * A reminder before green lapses, for whoever asked for it. A page can remind only while it is
 * open somewhere, in front or not: there is no push service behind it, and no one learns of it.
 */
export const HOURS_AHEAD = 12;
const AHEAD = HOURS_AHEAD * 3600;

const ASKED = 'kakou-remind';
const REMINDED = 'kakou-reminded';
/** Browsers count timers in 32 bits of milliseconds. */
const LONGEST_TIMER = 2_147_483_647;

export type ReminderState = 'off' | 'on' | 'barred' | 'unknown-here';

export const reminder = signal<ReminderState>(stateNow());

function stateNow(): ReminderState {
  if (!('Notification' in window)) return 'unknown-here';
  if (read(ASKED) !== 'yes') return 'off';
  return Notification.permission === 'granted' ? 'on' : 'barred';
}

/** The browser asks the person, once, and only when they tapped for it. */
export async function askForReminder(): Promise<void> {
  write(ASKED, 'yes');
  await Notification.requestPermission();
  reminder.value = stateNow();
}

export function stopReminding(): void {
  write(ASKED, '');
  reminder.value = stateNow();
}

/**
 * Reminds once of each time at which green lapses.
 *
 * @param lapsesAt, now epoch seconds.
 * @returns calls it off.
 */
export function remindBefore(
  lapsesAt: number,
  now: number,
  text: { readonly title: string; readonly body: string },
): () => void {
  if (reminder.value !== 'on' || now >= lapsesAt || read(REMINDED) === String(lapsesAt)) {
    return () => {};
  }
  const wait = Math.max(0, lapsesAt - AHEAD - now) * 1000;
  if (wait > LONGEST_TIMER) return () => {};
  const timer = window.setTimeout(() => {
    write(REMINDED, String(lapsesAt));
    void show(text.title, { body: text.body, tag: 'kakou-lapse' });
  }, wait);
  return () => window.clearTimeout(timer);
}

/** Android shows those of a service worker alone. */
async function show(title: string, options: NotificationOptions): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (registration) await registration.showNotification(title, options);
  else new Notification(title, options);
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Storage is barred: the choice lasts no longer than the page.
  }
}
