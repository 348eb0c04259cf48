import { described, Fault, GroupFrame } from './frame.tsx';
import type { Bound } from './use-form.ts';

type Choices<Value> = readonly (readonly [value: Value, label: string])[];

/** One of a few, none of which is chosen for anybody. */
export function RadioGroup<Value extends string>(props: {
  readonly field: Bound<Value | ''>;
  readonly label: string;
  readonly choices: Choices<Value>;
  readonly short?: boolean;
}) {
  const { field, label, choices, short = false } = props;
  return (
    <GroupFrame field={field} label={label} short={short}>
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
    </GroupFrame>
  );
}

/** Any of a few. */
export function CheckboxGroup<Value extends string>(props: {
  readonly field: Bound<readonly Value[]>;
  readonly label: string;
  readonly choices: Choices<Value>;
}) {
  const { field, label, choices } = props;
  const toggled = (value: Value) =>
    field.value.includes(value)
      ? field.value.filter((one) => one !== value)
      : [...field.value, value];
  return (
    <GroupFrame field={field} label={label} short>
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
    </GroupFrame>
  );
}

/** A promise or a consent: one box, ticked or not. */
export function Checkbox({ field, label }: { field: Bound<boolean>; label: string }) {
  return (
    <div class="field">
      <label class="choice">
        <input
          {...described(field)}
          type="checkbox"
          checked={field.value}
          onChange={({ currentTarget }) => field.onChange(currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      <Fault field={field} />
    </div>
  );
}
