import { expect, test, vi } from 'vitest';
import { controlsOf, followPicture } from '../../../src/scanner/capture/camera-controls.ts';

/** No camera of a test machine has a torch: a track that says it has, and keeps what it is told. */
function trackWith(capabilities: object, refuses: readonly string[] = []) {
  const [track] = document.createElement('canvas').captureStream().getVideoTracks();
  if (!track) throw new Error('No track');
  const told: object[] = [];
  track.getCapabilities = () => capabilities;
  track.applyConstraints = async (constraints) => {
    const [settings = {}] = constraints?.advanced ?? [];
    if (Object.keys(settings).some((name) => refuses.includes(name))) {
      throw new DOMException('Not this one', 'OverconstrainedError');
    }
    told.push(settings);
  };
  return { track, told };
}

test('a camera that promises nothing has no controls', () => {
  expect(controlsOf(trackWith({}).track)).toEqual({});
  expect(controlsOf(trackWith({ torch: false, zoom: { min: 1, max: 1 } }).track)).toEqual({});
});

test('torch and zoom are set, and zoom is kept to where it helps', async () => {
  const { track, told } = trackWith({ torch: true, zoom: { min: 1, max: 30, step: 0.5 } });
  const { torch, zoom } = controlsOf(track);
  expect([zoom?.min, zoom?.max, zoom?.step, zoom?.now]).toEqual([1, 5, 0.5, 1]);
  expect(await torch?.set(true)).toBe(true);
  await zoom?.set(2);
  expect(told).toEqual([{ torch: true }, { zoom: 2 }]);
});

test('a torch that does not light says so, and zoom begins where the camera is', async () => {
  const { track } = trackWith({ torch: true, zoom: { min: 0.5, max: 4 } }, ['torch']);
  track.getSettings = () => ({ zoom: 1.5 }) as MediaTrackSettings;
  const { torch, zoom } = controlsOf(track);
  expect(await torch?.set(true)).toBe(false);
  expect(await torch?.set(false)).toBe(true);
  expect(zoom?.now).toBe(1.5);
});

test('a point is focused on once', async () => {
  const { track, told } = trackWith({ focusMode: ['continuous', 'single-shot'] });
  await controlsOf(track).focus?.at(0.25, 0.75);
  expect(told).toEqual([{ pointsOfInterest: [{ x: 0.25, y: 0.75 }], focusMode: 'single-shot' }]);
});

test('focus follows the picture again some time after the last point that was touched', async () => {
  vi.useFakeTimers();
  const { track, told } = trackWith({ focusMode: ['continuous', 'single-shot'] });
  const { focus } = controlsOf(track);
  const modes = () => told.map((settings) => Reflect.get(settings, 'focusMode'));
  try {
    await focus?.at(0.25, 0.75);
    await vi.advanceTimersByTimeAsync(2_000);
    await Promise.all([focus?.at(0.5, 0.5), focus?.at(0.6, 0.5)]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(modes()).toEqual(['single-shot', 'single-shot', 'single-shot']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(modes()).toEqual(['single-shot', 'single-shot', 'single-shot', 'continuous']);
  } finally {
    vi.useRealTimers();
  }
});

test('what can follow the picture does, and a refusal does not keep the rest from it', async () => {
  const { track, told } = trackWith(
    {
      focusMode: ['manual', 'continuous'],
      exposureMode: ['continuous'],
      whiteBalanceMode: ['none'],
    },
    ['focusMode'],
  );
  await followPicture(track);
  expect(told).toEqual([{ exposureMode: 'continuous' }]);
});
