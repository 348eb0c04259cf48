import type { ComponentChildren } from 'preact';
import type { Bound } from './use-form.ts';

type Named = Pick<Bound<unknown>, 'name' | 'fault'>;

/** A field with its label, its hint, and what is wrong with it said where it is. */
export function Frame(props: {
  readonly field: Named;
  readonly label: string;
  /** Always there: what is wanted, or how far it has come. */
  readonly hint?: string | undefined;
  readonly children: ComponentChildren;
}) {
  const { field, label, hint, children } = props;
  return (
    <div class="field">
      <label for={idOf(field)}>{label}</label>
      {hint && <small id={`${idOf(field)}-hint`}>{hint}</small>}
      {children}
      <Fault field={field} />
    </div>
  );
}

/** Choices that belong together. */
export function GroupFrame(props: {
  readonly field: Named;
  readonly label: string;
  /** Two fit beside each other on a phone. */
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
export function Fault({ field }: { field: Named }) {
  return (
    <p class="fault" id={`${idOf(field)}-fault`} aria-live="polite">
      {field.fault}
    </p>
  );
}

/** What every control says of itself. */
export function described(field: Named, hint?: string | undefined) {
  const id = idOf(field);
  return {
    id,
    name: field.name,
    'aria-invalid': field.fault !== undefined,
    'aria-describedby': `${hint ? `${id}-hint ` : ''}${id}-fault`,
  };
}

const idOf = ({ name }: Named) => `field-${name}`;
