import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';

/** What the thermometer speaks: its unit, and Bluetooth where the browser has it. */
export function ThermometerChoice({ app: { readings, choices } }: { app: App }) {
  const { thermometer: text } = lazyWords.value;
  const thermometer = readings.thermometer.value;
  const state = readings.thermometerState.value;
  const isChosen = state === 'away' || state === 'ready';
  return (
    <>
      <h2>{text.title}</h2>
      {thermometer ? (
        <>
          <p class={state === 'off' ? 'warning' : ''} role="status" data-thermometer={state}>
            {text.state[state]}
          </p>
          <button type="button" onClick={thermometer.choose}>
            {isChosen ? text.change : text.connect}
          </button>
          {isChosen && (
            <button type="button" class="quiet" onClick={thermometer.forget}>
              {text.forget}
            </button>
          )}
        </>
      ) : (
        <p class="hint">{text.unsupported}</p>
      )}
      <span class="title">{text.unit}</span>
      <div class="tabs">
        {(['celsius', 'fahrenheit'] as const).map((unit) => (
          <button
            type="button"
            key={unit}
            data-unit={unit}
            aria-pressed={unit === choices.unit.value}
            onClick={() => choices.chooseUnit(unit)}
          >
            {text[unit]}
          </button>
        ))}
      </div>
      <p class="hint">{lazyWords.value.measure.range}</p>
    </>
  );
}
