import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StationRole } from '../../../src/core/protocol/station.ts';
import type { Reason } from '../../../src/core/verdict/reasons.ts';
import type { App } from '../../../src/scanner/state/app.ts';
import type { Notice } from '../../../src/scanner/state/intake.ts';
import type { Post } from '../../../src/scanner/state/post.ts';
import { createReadings, type Readings } from '../../../src/scanner/state/readings.ts';
import { takeReadings } from '../../../src/scanner/state/take-readings.ts';
import { measurementBytes } from '../../core/thermometer/measurement.ts';
import { FakeDevice } from '../capture/fake-thermometer.ts';
import { makePost } from './make-post.ts';

let readings: Readings;
let post: Post;
let thermometer: FakeDevice;
let reason: Reason;
const role = signal<StationRole>('checkpoint');
const notices: Notice[] = [];

beforeEach(async () => {
  role.value = 'checkpoint';
  notices.length = 0;
  readings = createReadings();
  post = makePost(() => reason, { role: () => role.value });
  thermometer = new FakeDevice();
  const bluetooth = { getAvailability: async () => true, getDevices: async () => [thermometer] };
  Object.defineProperty(navigator, 'bluetooth', { value: bluetooth, configurable: true });
  const intake = { notify: (notice: Notice) => notices.push(notice) };
  takeReadings({ readings, post, intake } as unknown as App);
  await vi.waitUntil(() => readings.thermometerState.value === 'ready');
});
afterEach(() => Reflect.deleteProperty(navigator, 'bluetooth'));

const measure = (tenths: number, stamp?: readonly number[]) =>
  thermometer.measurement.tell(measurementBytes({ value: [tenths, -1], ...(stamp && { stamp }) }));

test.each(['green', 'red', 'unknown-key'] as const)(
  'behind %s a reading at a checkpoint is not used, and that is said',
  async (found) => {
    reason = found;
    await post.scanned('code');
    measure(381);
    await vi.waitFor(() => expect(notices).toEqual(['readingUnused']));
  },
);

test('a fever behind a pass at a temperature station is held for whoever comes next', async () => {
  role.value = 'temperature';
  reason = 'green';
  await post.scanned('code');
  measure(381);
  await vi.waitFor(() => expect(post.firstReading.value?.tenths).toBe(381));
  expect(notices).toEqual([]);
});

test('what somebody did not confirm is not where the next person begins', async () => {
  reason = 'needs-reading';
  await post.scanned('code a');
  reason = 'green';
  await post.measured(368);
  expect(readings.likely.value).toBe(368);
  post.next();

  reason = 'needs-reading';
  await post.scanned('code b');
  measure(385, [2020, 3, 10, 8, 0, 0]);
  expect(notices).toEqual(['oldReading']);
  expect(readings.likely.value).toBe(385);
  post.next();
  await post.scanned('code c');
  expect(readings.likely.value).toBe(368);
});
