import { useState } from 'preact/hooks';
import {
  celsiusTenths,
  fahrenheitTenths,
  type TemperatureUnit,
} from '../../core/thermometer/celsius-tenths.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import { degrees } from './degrees.ts';

interface StepperProps {
  /** Where it begins, tenths of a degree Celsius. */
  start: number;
  unit: TemperatureUnit;
  /** Told tenths of a degree Celsius. */
  onConfirm: (tenths: number) => void;
}

/** For one reading after another that is nearly the same: one tap takes it as it stands. */
export function Stepper({ start, unit, onConfirm }: StepperProps) {
  const { measure } = lazyWords.value;
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
        {measure.confirm} {degrees(shown, unit)}
      </button>
      <button type="button" aria-label={measure.more} onClick={() => setShown(shown + 1)}>
        +
      </button>
    </div>
  );
}
