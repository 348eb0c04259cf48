import type { ComponentChildren } from 'preact';
import { idOf, Mistake } from './field.tsx';
import type { Bound } from './use-form.ts';

/** One of a few, each a target for a thumb. */
export function Choices<Value extends string>(props: {
  readonly field: Bound<Value | ''>;
  readonly label: string;
  readonly choices: readonly (readonly [value: Value, label: string])[];
  /** Two fit beside each other. */
  readonly short?: boolean;
}) {
  const { field, label, choices, short = false } = props;
  return (
    <ChoiceFrame field={field} label={label} short={short}>
      {choices.map(([value, text]) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name={field.name}
            value={value}
            checked={field.value === value}
            onChange={() => field.onChange(value)}
          />
          <span>{text}</span>
        </label>
      ))}
    </ChoiceFrame>
  );
}

/** Any of a few. */
export function Ticks<Value extends string>(props: {
  readonly field: Bound<readonly Value[]>;
  readonly label: string;
  readonly choices: readonly (readonly [value: Value, label: string])[];
}) {
  const { field, label, choices } = props;
  const toggled = (value: Value) =>
    field.value.includes(value)
      ? field.value.filter((one) => one !== value)
      : [...field.value, value];
  return (
    <ChoiceFrame field={field} label={label} short>
      {choices.map(([value, text]) => (
        <label key={value} class="choice">
          <input
            type="checkbox"
            name={field.name}
            value={value}
            checked={field.value.includes(value)}
            onChange={() => field.onChange(toggled(value))}
          />
          <span>{text}</span>
        </label>
      ))}
    </ChoiceFrame>
  );
}

/** A promise or a consent: one box, ticked or not. */
export function Tick({ field, label }: { field: Bound<boolean>; label: string }) {
  const id = idOf(field.name);
  return (
    <div class="field">
      <label class="choice">
        <input
          type="checkbox"
          id={id}
          name={field.name}
          checked={field.value}
          aria-invalid={field.problem !== undefined}
          aria-describedby={`${id}-mistake`}
          onChange={(event) => field.onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      <Mistake name={field.name} problem={field.problem} />
    </div>
  );
}

function ChoiceFrame(props: {
  readonly field: Pick<Bound<unknown>, 'name' | 'problem'>;
  readonly label: string;
  readonly short: boolean;
  readonly children: ComponentChildren;
}) {
  const { field, label, short, children } = props;
  const id = idOf(field.name);
  return (
    <fieldset
      class="field"
      data-mistaken={field.problem !== undefined}
      aria-describedby={`${id}-mistake`}
    >
      <legend>{label}</legend>
      <div class={short ? 'choices short' : 'choices'}>{children}</div>
      <Mistake name={field.name} problem={field.problem} />
    </fieldset>
  );
}
