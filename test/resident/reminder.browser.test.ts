import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  askForReminder,
  remindBefore,
  reminder,
  stopReminding,
} from '../../src/resident/account/reminder.ts';
import { NOW } from '../core/make.ts';

const HOUR = 3600;
const TEXT = { title: '快过期了', body: '3月13日' };
const asked = vi.fn();
const shown: string[] = [];

/** Nobody can grant a permission to a headless browser: what asks and shows is ours. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  shown.length = 0;
  class Notification {
    static permission = 'default';
    static async requestPermission() {
      asked();
      Notification.permission = 'granted';
    }
    constructor(title: string) {
      shown.push(title);
    }
  }
  vi.stubGlobal('Notification', Notification);
});
afterEach(() => {
  stopReminding();
  asked.mockReset();
  localStorage.clear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('nobody is asked, and nothing is shown, until somebody wants to be reminded', async () => {
  remindBefore(NOW + HOUR, NOW, TEXT);
  await vi.runAllTimersAsync();
  expect(asked).not.toHaveBeenCalled();
  expect(shown).toEqual([]);
});

test('whoever asked is reminded twelve hours before, and once of each lapse', async () => {
  await askForReminder();
  expect(reminder.value).toBe('on');
  remindBefore(NOW + 20 * HOUR, NOW, TEXT);
  await vi.advanceTimersByTimeAsync(8 * HOUR * 1000 - 1);
  expect(shown).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  vi.useRealTimers();
  await vi.waitFor(() => expect(shown).toEqual([TEXT.title]));

  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  remindBefore(NOW + 20 * HOUR, NOW + 9 * HOUR, TEXT);
  expect(vi.getTimerCount()).toBe(0);
  remindBefore(NOW + 72 * HOUR, NOW + 9 * HOUR, TEXT);
  expect(vi.getTimerCount()).toBe(1);
});

test('a check-in in time calls the reminder off', async () => {
  await askForReminder();
  const callOff = remindBefore(NOW + 20 * HOUR, NOW, TEXT);
  callOff();
  expect(vi.getTimerCount()).toBe(0);
});
