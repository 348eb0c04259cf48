import type { ComponentChildren } from 'preact';
import { counterWords } from '../i18n/counter.ts';
import type { Bound } from './use-fields.ts';

/** A line to type into, with its hint and what is wrong said where it is. */
export function TextField(props: {
  readonly field: Bound<string>;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly inputMode?: 'numeric' | 'decimal';
  readonly maxLength?: number;
  /** Of what is typed, where it is not the page's. */
  readonly lang?: string;
}) {
  const { field, label, hint, inputMode, maxLength, lang } = props;
  return (
    <Frame field={field} label={label} hint={hint}>
      <input
        {...described(field, hint)}
        {...{ inputMode, maxLength, lang }}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={field.value}
        onInput={({ currentTarget }) => field.onChange(currentTarget.value)}
        onBlur={field.onLeave}
      />
    </Frame>
  );
}

/** A day, `YYYY-MM-DD`, by the browser's own picker. */
export function DayField({ field, label }: { field: Bound<string>; label: string }) {
  return (
    <Frame field={field} label={label} hint={undefined}>
      <input
        {...described(field, undefined)}
        type="date"
        value={field.value}
        onInput={({ currentTarget }) => field.onChange(currentTarget.value)}
        onBlur={field.onLeave}
      />
    </Frame>
  );
}

/** One of many. */
export function SelectField<Value extends string>(props: {
  readonly field: Bound<Value | ''>;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly choices: readonly (readonly [value: Value, label: string])[];
  /** What stands there before anything is chosen. */
  readonly placeholder?: string;
}) {
  const { field, label, hint, choices, placeholder = counterWords.value.choose } = props;
  const chosen = (value: string) => choices.find(([one]) => one === value)?.[0] ?? '';
  return (
    <Frame field={field} label={label} hint={hint}>
      <select
        {...described(field, hint)}
        value={field.value}
        onChange={({ currentTarget }) => field.onChange(chosen(currentTarget.value))}
        onBlur={field.onLeave}
      >
        <option value="">{placeholder}</option>
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** One of a few, none of which is chosen for anybody. */
export function RadioField<Value extends string>(props: {
  readonly field: Bound<Value | ''>;
  readonly label: string;
  readonly choices: readonly (readonly [value: Value, label: string])[];
  /** Two fit beside each other on a phone. */
  readonly short?: boolean;
}) {
  const { field, label, choices, short = false } = props;
  return (
    <Group field={field} label={label} short={short}>
      {choices.map(([value, text]) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name={field.name}
            value={value}
            checked={field.value === value}
            onChange={() => field.onChange(value)}
          />
          {text}
        </label>
      ))}
    </Group>
  );
}

/** Any of a few. */
export function TicksField<Value extends string>(props: {
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
    <Group field={field} label={label} short>
      {choices.map(([value, text]) => (
        <label key={value} class="choice">
          <input
            type="checkbox"
            name={field.name}
            value={value}
            checked={field.value.includes(value)}
            onChange={() => field.onChange(toggled(value))}
          />
          {text}
        </label>
      ))}
    </Group>
  );
}

/** A promise: one box, ticked or not. */
export function TickField({ field, label }: { field: Bound<boolean>; label: string }) {
  return (
    <div class="field">
      <label class="choice">
        <input
          {...described(field, undefined)}
          type="checkbox"
          checked={field.value}
          onChange={({ currentTarget }) => field.onChange(currentTarget.checked)}
        />
        {label}
      </label>
      <Fault field={field} />
    </div>
  );
}

type Named = Pick<Bound<unknown>, 'name' | 'fault'>;

function Frame(props: {
  readonly field: Named;
  readonly label: string;
  readonly hint: string | undefined;
  readonly children: ComponentChildren;
}) {
  const { field, label, hint, children } = props;
  return (
    <div class="field">
      <label for={idOf(field)}>{label}</label>
      {children}
      {hint && <small id={`${idOf(field)}-hint`}>{hint}</small>}
      <Fault field={field} />
    </div>
  );
}

function Group(props: {
  readonly field: Named;
  readonly label: string;
  readonly short: boolean;
  readonly children: ComponentChildren;
}) {
  const { field, label, short, children } = props;
  return (
    <fieldset
      class="field"
      data-fault={field.fault !== undefined}
      aria-describedby={`${idOf(field)}-fault`}
    >
      <legend>{label}</legend>
      <div class={short ? 'choices short' : 'choices'}>{children}</div>
      <Fault field={field} />
    </fieldset>
  );
}

/** The sentence has its place before it is needed, so that it is read out when it comes. */
function Fault({ field }: { field: Named }) {
  return (
    <p class="fault" id={`${idOf(field)}-fault`} aria-live="polite">
      {field.fault}
    </p>
  );
}

const idOf = ({ name }: Named) => `field-${name}`;

function described(field: Named, hint: string | undefined) {
  const id = idOf(field);
  return {
    id,
    name: field.name,
    'aria-invalid': field.fault !== undefined,
    'aria-describedby': `${hint ? `${id}-hint ` : ''}${id}-fault`,
  };
}
