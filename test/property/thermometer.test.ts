import fc from 'fast-check';
import { expect, test } from 'vitest';
import { celsiusTenths } from '../../src/core/thermometer/celsius-tenths.ts';
import { parseTemperatureMeasurement } from '../../src/core/thermometer/temperature-measurement.ts';
import { measurementBytes } from '../core/thermometer/measurement.ts';
import { RUNS } from './arbitraries.ts';

const mantissa = fc.integer({ min: -8_388_605, max: 8_388_605 });
const exponent = fc.integer({ min: -128, max: 127 });
const unit = fc.constantFrom('celsius' as const, 'fahrenheit' as const);

test('whatever bytes come, it is a whole number of tenths or a refusal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
      const parsed = parseTemperatureMeasurement(bytes);
      if (parsed.ok) expect(Number.isInteger(parsed.value.tenths)).toBe(true);
      else expect(bytes.length < 13 || parsed.reason !== 'malformed').toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('no other temperature in tenths is nearer to what the thermometer says', () => {
  fc.assert(
    fc.property(mantissa, fc.integer({ min: -4, max: 0 }), unit, (m, e, unit) => {
      const tenths = celsiusTenths({ mantissa: m, exponent: e }, unit);
      // All in ninths of a ten-thousandth, so that nothing is rounded here.
      const degrees = m * 10 ** (4 + e);
      const said = unit === 'celsius' ? degrees * 9 : (degrees - 320_000) * 5;
      const off = tenths * 9000 - said;
      expect(off).toBeGreaterThan(-4500);
      expect(off).toBeLessThanOrEqual(4500);
    }),
    { numRuns: RUNS },
  );
});

test('a thermometer that says more is never read as less', () => {
  fc.assert(
    fc.property(mantissa, mantissa, exponent, unit, (a, b, exponent, unit) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((mantissa) =>
        celsiusTenths({ mantissa, exponent }, unit),
      );
      expect(low).toBeLessThanOrEqual(high ?? Number.NaN);
    }),
    { numRuns: RUNS },
  );
});

test('the same temperature is the same with more decimals', () => {
  fc.assert(
    fc.property(fc.integer({ min: -83_886, max: 83_886 }), unit, (m, unit) => {
      const plain = measurementBytes({ value: [m, -1], fahrenheit: unit === 'fahrenheit' });
      const finer = measurementBytes({ value: [m * 100, -3], fahrenheit: unit === 'fahrenheit' });
      expect(parseTemperatureMeasurement(finer)).toEqual(parseTemperatureMeasurement(plain));
    }),
    { numRuns: RUNS },
  );
});
