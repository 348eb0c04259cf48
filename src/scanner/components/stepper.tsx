import { useState } from 'preact/hooks';
import { celsiusTenths, type TemperatureUnit } from '../../core/thermometer/celsius-tenths.ts';
import { work } from '../i18n/work/index.ts';

interface StepperProps {
  /** Where it begins, tenths of a degree Celsius. */
  start: number;
  unit: TemperatureUnit;
  /** Told tenths of a degree Celsius. */
  onConfirm: (tenths: number) => void;
}

/** For one reading after another that is nearly the same: one tap takes it as it stands. */
export function Stepper({ start, unit, onConfirm }: StepperProps) {
  const { measure } = work.value;
  const [shown, setShown] = useState(unit === 'celsius' ? start : fahrenheitTenths(start));
  return (
    <div class="stepper">
      <button type="button" aria-label={measure.less} onClick={() => setShown(shown - 1)}>
        −
      </button>
      <button
        type="button"
        class="chosen"
        onClick={() => onConfirm(celsiusTenths({ mantissa: shown, exponent: -1 }, unit))}
      >
        {measure.confirm} {(shown / 10).toFixed(1)} {SIGN[unit]}
      </button>
      <button type="button" aria-label={measure.more} onClick={() => setShown(shown + 1)}>
        +
      </button>
    </div>
  );
}

export const SIGN: Readonly<Record<TemperatureUnit, string>> = { celsius: '℃', fahrenheit: '℉' };

function fahrenheitTenths(celsius: number): number {
  return Math.round((celsius * 9) / 5) + 320;
}
