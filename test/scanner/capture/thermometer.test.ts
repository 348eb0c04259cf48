import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Result } from '../../../src/core/result.ts';
import { openThermometer } from '../../../src/scanner/capture/thermometer.ts';
import { measurementBytes } from '../../core/thermometer/measurement.ts';
import { FakeDevice } from './fake-thermometer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp({ device = new FakeDevice(), known = false, available = true } = {}) {
  const states: string[] = [];
  const told: Result<{ tenths: number; site: string | undefined }, string>[] = [];
  const bluetooth = {
    next: device as FakeDevice | undefined,
    getAvailability: async () => available,
    getDevices: async () => (known ? [device] : []),
    async requestDevice() {
      if (!this.next) throw new DOMException('User cancelled', 'NotFoundError');
      return this.next;
    },
  };
  const thermometer = openThermometer(
    { onState: (state) => states.push(state), onMeasurement: (one) => told.push(one) },
    bluetooth as unknown as Bluetooth,
  );
  return { device, bluetooth, thermometer, states, told };
}

const ready = (states: readonly string[]) =>
  vi.waitFor(() => expect(states.at(-1)).toBe('ready'), { interval: 1 });

test('what it measures comes by itself, once it was chosen', async () => {
  const { device, thermometer, states, told } = setUp();
  await thermometer.choose();
  await ready(states);
  expect(states).toEqual(['away', 'ready']);
  expect(device.measurement.notifying).toBe(1);
  device.measurement.tell(measurementBytes({ value: [365, -1], type: 1 }));
  expect(told).toEqual([{ ok: true, value: { tenths: 365, takenAt: undefined, site: 'axilla' } }]);
});

test('one that was chosen in an earlier run comes back without a tap', async () => {
  const { states } = setUp({ known: true });
  await ready(states);
});

test('a thermometer for one site says so once, for all that it measures', async () => {
  const { device, thermometer, states, told } = setUp({ device: new FakeDevice('a', 3) });
  await thermometer.choose();
  await ready(states);
  device.measurement.tell(measurementBytes({ value: [365, -1] }));
  expect(told[0]).toMatchObject({ value: { site: 'ear' } });
});

test('what it could not measure is told as that', async () => {
  const { device, thermometer, states, told } = setUp();
  await thermometer.choose();
  await ready(states);
  device.measurement.tell(measurementBytes({ value: [0x7fffff, 0] }));
  expect(told).toEqual([{ ok: false, reason: 'nan' }]);
});

test('it falls asleep between two people, and is back as soon as it is heard', async () => {
  const { device, thermometer, states, told } = setUp();
  await thermometer.choose();
  await ready(states);
  const old = device.measurement;
  device.fallAsleep();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(states.at(-1)).toBe('away');
  const { calls } = device;
  device.wake();
  await ready(states);
  expect(device.calls).toBe(calls + 1);
  old.tell(measurementBytes({ value: [399, -1] }));
  device.measurement.tell(measurementBytes({ value: [366, -1] }));
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ value: { tenths: 366 } });
});

test('where advertisements cannot be heard it is called again, ever more seldom', async () => {
  const { device, thermometer, states } = setUp();
  Object.defineProperty(device, 'watchAdvertisements', { value: undefined });
  device.awake = false;
  await thermometer.choose();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(device.calls).toBeGreaterThan(10);
  expect(device.calls).toBeLessThan(20);
  device.awake = true;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(states.at(-1)).toBe('ready');
});

test('another one takes its place, and the first is given back', async () => {
  const { device, bluetooth, thermometer, states, told } = setUp();
  await thermometer.choose();
  await ready(states);
  const other = new FakeDevice('b');
  bluetooth.next = other;
  await thermometer.choose();
  await ready(states);
  expect(device.forgotten).toBe(true);
  device.measurement.tell(measurementBytes({ value: [399, -1] }));
  other.measurement.tell(measurementBytes({ value: [366, -1] }));
  expect(told).toHaveLength(1);
});

test('one that is forgotten is called no more', async () => {
  const { device, thermometer, states } = setUp();
  await thermometer.choose();
  await ready(states);
  await thermometer.forget();
  expect(device.forgotten).toBe(true);
  const { calls } = device;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(device.calls).toBe(calls);
  expect(states.at(-1)).toBe('none');
});

test('who thinks better of choosing changes nothing', async () => {
  const { bluetooth, thermometer, states } = setUp();
  await thermometer.choose();
  await ready(states);
  bluetooth.next = undefined;
  await thermometer.choose();
  expect(states.at(-1)).toBe('ready');
});

test('with Bluetooth switched off it says so, and asks for no device', async () => {
  const { thermometer, states } = setUp({ available: false });
  await thermometer.choose();
  expect(states).toEqual(['off']);
});
