import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { type Announcer, createAnnouncer } from '../../../src/scanner/feedback/announcer.ts';
import { SIGNALS } from '../../../src/scanner/feedback/signals.ts';
import { play } from '../../../src/scanner/feedback/sound.ts';

const VERDICTS = ['pass', 'stop', 'measure', 'unverified'] as const;
const RATE = 44_100;
const SECONDS = 1.5;

let announcer: Announcer | undefined;
afterEach(() => {
  announcer?.close();
  vi.restoreAllMocks();
});

async function hear(verdict: (typeof VERDICTS)[number]): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, RATE * SECONDS, RATE);
  play(context, SIGNALS[verdict].notes);
  return (await context.startRendering()).getChannelData(0);
}

test('every verdict is heard, is short, and begins and ends without a click', async () => {
  for (const verdict of VERDICTS) {
    const sound = await hear(verdict);
    const loudest = sound.reduce((most, level) => Math.max(most, Math.abs(level)), 0);
    expect(loudest).toBeGreaterThan(0.3);
    expect(loudest).toBeLessThanOrEqual(1);
    expect(Math.abs(sound[0] ?? 1)).toBeLessThan(0.01);
    expect(sound.subarray(RATE).every((level) => level === 0)).toBe(true);
  }
});

test('no two verdicts sound or feel alike', async () => {
  const sounds = await Promise.all(VERDICTS.map(async (verdict) => (await hear(verdict)).join()));
  expect(new Set(sounds).size).toBe(VERDICTS.length);
  const vibrations = VERDICTS.map((verdict) => SIGNALS[verdict].vibration.join());
  expect(new Set(vibrations).size).toBe(VERDICTS.length);
});

test('before the first touch it is silent and throws nothing; after it, it sounds', async () => {
  const tones = vi.spyOn(OscillatorNode.prototype, 'start');
  announcer = createAnnouncer();
  announcer.announce('stop');
  expect(tones).not.toHaveBeenCalled();
  await userEvent.click(document.body);
  await vi.waitFor(() => {
    announcer?.announce('stop');
    expect(tones).toHaveBeenCalledTimes(SIGNALS.stop.notes.length);
  }, 10_000);
});

test('a closed announcer opens no sound again', async () => {
  const opened = vi.spyOn(globalThis, 'AudioContext');
  announcer = createAnnouncer();
  announcer.close();
  await userEvent.click(document.body);
  announcer.announce('pass');
  expect(opened).not.toHaveBeenCalled();
});

test('the device vibrates as the verdict says', () => {
  const vibrate = vi.spyOn(navigator, 'vibrate').mockReturnValue(false);
  announcer = createAnnouncer();
  for (const verdict of VERDICTS) {
    announcer.announce(verdict);
    expect(vibrate).toHaveBeenLastCalledWith([...SIGNALS[verdict].vibration]);
  }
});
