import { describe, expect, test } from 'vitest';
import {
  parseTemperatureMeasurement,
  siteOfType,
} from '../../../src/core/thermometer/temperature-measurement.ts';
import { measurementBytes, type Told } from './measurement.ts';

const tell = (told: Told) => parseTemperatureMeasurement(measurementBytes(told));
const tenths = (told: Told) => {
  const parsed = tell(told);
  return parsed.ok ? parsed.value.tenths : parsed.reason;
};

test('the plainest measurement: no unit flag is Celsius, and nothing more is said', () => {
  expect(parseTemperatureMeasurement(new Uint8Array([0, 0x6d, 1, 0, 0xff]))).toEqual({
    ok: true,
    value: { tenths: 365, takenAt: undefined, site: undefined },
  });
});

describe('degrees Celsius', () => {
  test.each([
    [[365, -1], 365],
    [[3650, -2], 365],
    [[37, 0], 370],
    [[4, 1], 400],
    // Halves go up, also below zero.
    [[3725, -2], 373],
    [[37_249, -3], 372],
    [[-25, -2], -2],
    [[-26, -2], -3],
    [[8_388_605, -128], 0],
  ] as const)('%j is %d tenths', (value, expected) => {
    expect(tenths({ value })).toBe(expected);
  });
});

describe('degrees Fahrenheit', () => {
  test.each([
    [[979, -1], 366],
    [[986, -1], 370],
    [[991, -1], 373],
    [[990, -1], 372],
    [[1004, -1], 380],
    [[32, 0], 0],
    [[-40, 0], -400],
    [[9905, -2], 373],
  ] as const)('%j is %d tenths Celsius', (value, expected) => {
    expect(tenths({ value, fahrenheit: true })).toBe(expected);
  });
});

test.each([
  [[0x7fffff, 0], 'nan'],
  [[0x800000, 0], 'nres'],
  [[0x7ffffe, 0], 'too-high'],
  [[0x800002, 0], 'too-low'],
  [[0x800001, 0], 'reserved'],
] as const)('%j is no temperature: %s', (value, reason) => {
  expect(tenths({ value })).toBe(reason);
  expect(tenths({ value, fahrenheit: true, stamp: [2020, 3, 10, 8, 0, 0], type: 1 })).toBe(reason);
});

const STAMP = [2020, 3, 10, 8, 5, 59] as const;

test('with every choice of flags each field is found where it then stands', () => {
  for (const fahrenheit of [false, true]) {
    for (const stamp of [undefined, STAMP]) {
      for (const type of [undefined, 9]) {
        const told = { value: [986, -1], fahrenheit, stamp, type } as const;
        expect(tell(told as Told)).toEqual({
          ok: true,
          value: {
            tenths: fahrenheit ? 370 : 986,
            takenAt: stamp && { year: 2020, month: 3, day: 10, hour: 8, minute: 5, second: 59 },
            site: type && 'ear',
          },
        });
      }
    }
  }
});

test.each([
  ['an unknown year', [0, 3, 10, 8, 5, 59]],
  ['a year before there were such', [1581, 3, 10, 8, 5, 59]],
  ['a year past all', [10_000, 3, 10, 8, 5, 59]],
  ['an unknown month', [2020, 0, 10, 8, 5, 59]],
  ['month 13', [2020, 13, 10, 8, 5, 59]],
  ['an unknown day', [2020, 3, 0, 8, 5, 59]],
  ['day 32', [2020, 3, 32, 8, 5, 59]],
  ['hour 24', [2020, 3, 10, 24, 5, 59]],
  ['minute 60', [2020, 3, 10, 8, 60, 59]],
  ['second 60', [2020, 3, 10, 8, 5, 60]],
])('%s is a clock that does not know the time, and the temperature counts', (_, stamp) => {
  const parsed = tell({ value: [365, -1], stamp });
  expect(parsed).toMatchObject({ ok: true, value: { tenths: 365, takenAt: undefined } });
});

test('the type tells the sites that a policy knows: armpit and ear', () => {
  const sites = Array.from({ length: 256 }, (_, type) => siteOfType(type));
  expect(sites.flatMap((site, type) => (site ? [[type, site]] : []))).toEqual([
    [1, 'axilla'],
    [3, 'ear'],
    [9, 'ear'],
  ]);
});

test('cut short anywhere it is malformed, and never another temperature', () => {
  const whole = measurementBytes({ value: [365, -1], stamp: STAMP, type: 1 });
  for (let length = 0; length < whole.length; length++) {
    expect(parseTemperatureMeasurement(whole.subarray(0, length))).toEqual({
      ok: false,
      reason: 'malformed',
    });
  }
});

test('flags that are reserved, and what follows for them, change nothing', () => {
  const plain = measurementBytes({ value: [365, -1], stamp: STAMP, type: 1 });
  const more = new Uint8Array([...plain, 1, 2, 3]);
  more[0] = (more[0] ?? 0) | 0b1111_1000;
  expect(parseTemperatureMeasurement(more)).toEqual(parseTemperatureMeasurement(plain));
});

test('bytes in the middle of a larger buffer are read where they are', () => {
  const bytes = measurementBytes({ value: [365, -1] });
  const larger = new Uint8Array([9, 9, 9, ...bytes, 9]);
  expect(parseTemperatureMeasurement(larger.subarray(3, 8))).toEqual(
    parseTemperatureMeasurement(bytes),
  );
});
