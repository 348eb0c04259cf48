import { described, Frame } from './frame.tsx';
import type { Bound } from './use-form.ts';

/** A line to type into. */
export function TextField(props: {
  readonly field: Bound<string>;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly inputMode?: 'numeric' | 'decimal' | 'tel';
  readonly autoComplete?: string;
  readonly maxLength?: number;
  /** Of what is typed, where it is not the page's. */
  readonly lang?: string;
}) {
  const { field, label, hint, inputMode, autoComplete = 'off', maxLength, lang } = props;
  return (
    <Frame field={field} label={label} hint={hint}>
      <input
        {...described(field, hint)}
        type="text"
        inputMode={inputMode}
        autoComplete={autoComplete}
        maxLength={maxLength}
        lang={lang}
        spellcheck={false}
        value={field.value}
        onInput={({ currentTarget }) => field.onChange(currentTarget.value)}
        onBlur={field.onLeave}
      />
    </Frame>
  );
}

/** A day, `YYYY-MM-DD`, by the browser's own picker. */
export function DateField(props: {
  readonly field: Bound<string>;
  readonly label: string;
  readonly autoComplete?: string;
}) {
  const { field, label, autoComplete = 'off' } = props;
  return (
    <Frame field={field} label={label}>
      <input
        {...described(field)}
        type="date"
        autoComplete={autoComplete}
        value={field.value}
        onInput={({ currentTarget }) => field.onChange(currentTarget.value)}
        onBlur={field.onLeave}
      />
    </Frame>
  );
}

/** More than a line. */
export function TextArea(props: {
  readonly field: Bound<string>;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly maxLength: number;
}) {
  const { field, label, hint, maxLength } = props;
  return (
    <Frame field={field} label={label} hint={hint}>
      <textarea
        {...described(field, hint)}
        rows={3}
        maxLength={maxLength}
        value={field.value}
        onInput={({ currentTarget }) => field.onChange(currentTarget.value)}
        onBlur={field.onLeave}
      />
    </Frame>
  );
}

/** One of many: the browser's own list, which every reader and every thumb knows. */
export function SelectField<Value extends string>(props: {
  readonly field: Bound<Value | ''>;
  readonly label: string;
  readonly hint?: string | undefined;
  /** What stands there before anything is chosen. */
  readonly placeholder: string;
  readonly choices: readonly (readonly [value: Value, label: string])[];
}) {
  const { field, label, hint, placeholder, choices } = props;
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
