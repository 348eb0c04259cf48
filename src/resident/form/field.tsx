import type { ComponentChildren } from 'preact';
import type { Bound } from './use-form.ts';

/** A line to type into, with its hint and its mistake said where it is. */
export function TextField(props: {
  readonly field: Bound<string>;
  readonly label: string;
  /** Always there: what is wanted, or how far it has come. */
  readonly hint?: string | undefined;
  readonly inputMode?: 'numeric' | 'decimal' | 'tel';
  readonly autoComplete?: string;
  readonly maxLength?: number;
}) {
  const { field, label, hint, inputMode, autoComplete = 'off', maxLength } = props;
  return (
    <FieldFrame name={field.name} label={label} hint={hint} problem={field.problem}>
      <input
        {...described(field, hint)}
        type="text"
        inputMode={inputMode}
        autoComplete={autoComplete}
        maxLength={maxLength}
        value={field.value}
        onInput={(event) => field.onChange(event.currentTarget.value)}
        onBlur={field.onLeave}
      />
    </FieldFrame>
  );
}

/** A day, `YYYY-MM-DD`, by the browser's own picker. */
export function DateField(props: {
  readonly field: Bound<string>;
  readonly label: string;
  readonly autoComplete: string;
}) {
  const { field, label, autoComplete } = props;
  return (
    <FieldFrame name={field.name} label={label} problem={field.problem}>
      <input
        {...described(field, undefined)}
        type="date"
        autoComplete={autoComplete}
        value={field.value}
        onInput={(event) => field.onChange(event.currentTarget.value)}
        onBlur={field.onLeave}
      />
    </FieldFrame>
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
    <FieldFrame name={field.name} label={label} hint={hint} problem={field.problem}>
      <textarea
        {...described(field, hint)}
        rows={3}
        maxLength={maxLength}
        value={field.value}
        onInput={(event) => field.onChange(event.currentTarget.value)}
        onBlur={field.onLeave}
      />
    </FieldFrame>
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
    <FieldFrame name={field.name} label={label} hint={hint} problem={field.problem}>
      <select
        {...described(field, hint)}
        value={field.value}
        onChange={(event) => field.onChange(chosen(event.currentTarget.value))}
        onBlur={field.onLeave}
      >
        <option value="">{placeholder}</option>
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

function FieldFrame(props: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem: string | undefined;
  readonly children: ComponentChildren;
}) {
  const { name, label, hint, problem, children } = props;
  return (
    <div class="field">
      <label for={idOf(name)}>{label}</label>
      {hint && (
        <p class="faint" id={`${idOf(name)}-hint`}>
          {hint}
        </p>
      )}
      {children}
      <Mistake name={name} problem={problem} />
    </div>
  );
}

/** The sentence stands there before it is needed, so that it is read out when it comes. */
export function Mistake({ name, problem }: { name: string; problem: string | undefined }) {
  return (
    <p class="mistake" id={`${idOf(name)}-mistake`} aria-live="polite">
      {problem}
    </p>
  );
}

export const idOf = (name: string) => `field-${name}`;

function described(
  { name, problem }: Pick<Bound<string>, 'name' | 'problem'>,
  hint: string | undefined,
) {
  const id = idOf(name);
  return {
    id,
    name,
    'aria-invalid': problem !== undefined,
    'aria-describedby': `${hint ? `${id}-hint ` : ''}${id}-mistake`,
  };
}
