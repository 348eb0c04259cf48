import { expect, test } from 'vitest';
import { celsiusTenths, fahrenheitTenths } from '../../../src/core/thermometer/celsius-tenths.ts';

test.each([
  [365, 977],
  [373, 991],
  [0, 320],
  [-400, -400],
])('%i tenths of a degree Celsius are %i of Fahrenheit', (celsius, fahrenheit) => {
  expect(fahrenheitTenths(celsius)).toBe(fahrenheit);
});

test('what is shown in Fahrenheit and confirmed as it stands is the reading that it was', () => {
  for (let tenths = 340; tenths <= 430; tenths++) {
    const shown = { mantissa: fahrenheitTenths(tenths), exponent: -1 };
    expect(celsiusTenths(shown, 'fahrenheit')).toBe(tenths);
  }
});
