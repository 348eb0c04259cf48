import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { forgetDraft, openDraft } from './draft.ts';

/** What ties one field of a form to its place on the screen. */
export interface Bound<Value> {
  readonly name: string;
  readonly value: Value;
  /** What is wrong and what to do, once it is time to say so. */
  readonly fault: string | undefined;
  readonly onChange: (value: Value) => void;
  readonly onLeave: () => void;
}

/** What is wrong with each field, in the language of the page. */
export type Faults<Values> = { readonly [Name in keyof Values]?: string | undefined };

export interface Form<Values, Trouble> {
  readonly values: Values;
  readonly busy: boolean;
  /** Why the last try to send failed; what was typed is all still there. */
  readonly trouble: Trouble | undefined;
  bind<Name extends keyof Values & string>(name: Name): Bound<Values[Name]>;
  readonly onSubmit: (event: SubmitEvent) => void;
}

interface Parts<Values, Trouble> {
  readonly faults: (values: Values) => Faults<Values>;
  /** Called when there are no faults. Undefined: it was taken. */
  readonly send: (values: Values) => Promise<Trouble | undefined>;
}

/**
 * A form whose mistakes are said in the field where they are: after the field was left, or when
 * the form is sent, which then leads to the first of them.
 *
 * @param parts.typed holds what is typed; it is the caller's, who may change it too.
 */
export function useForm<Values extends object, Trouble extends string>(
  parts: Parts<Values, Trouble> & { readonly typed: Signal<Values> },
): Form<Values, Trouble> {
  const { typed, faults, send } = parts;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const values = typed.value;
  const found = faults(values);

  async function submit(form: HTMLFormElement): Promise<void> {
    if (busy) return;
    setTried(true);
    setTrouble(undefined);
    if (Object.values(faults(typed.peek())).some((fault) => fault !== undefined)) {
      // Once the faults are drawn.
      setTimeout(() => firstFault(form)?.focus());
      return;
    }
    setBusy(true);
    const refused = await send(typed.peek());
    setBusy(false);
    setTrouble(refused);
    if (refused !== undefined) return;
    setTried(false);
    setLeft(new Set());
  }

  return {
    values,
    busy,
    trouble,
    bind: (name) => ({
      name,
      value: values[name],
      fault: tried || left.has(name) ? found[name] : undefined,
      onChange: (value) => {
        const next = { ...typed.peek() };
        next[name] = value;
        typed.value = next;
      },
      onLeave: () => setLeft((before) => new Set(before).add(name)),
    }),
    onSubmit(event) {
      event.preventDefault();
      if (event.currentTarget instanceof HTMLFormElement) void submit(event.currentTarget);
    },
  };
}

/** The same, of a draft that goes when it was sent; see {@link openDraft}. */
export function useDraftForm<Values extends object, Trouble extends string>(
  parts: Parts<Values, Trouble> & { readonly draft: string; readonly initial: Values },
): Form<Values, Trouble> {
  const { draft, initial, faults, send } = parts;
  const [typed] = useState(() => openDraft(draft, initial));
  return useForm({
    typed,
    faults,
    async send(values) {
      const refused = await send(values);
      if (refused === undefined) forgetDraft(draft);
      return refused;
    },
  });
}

function firstFault(form: HTMLFormElement): HTMLElement | null {
  const fault = form.querySelector<HTMLElement>('[aria-invalid=true], [data-fault=true]');
  // A group of choices is no field itself: its first choice takes the focus.
  return fault?.matches('fieldset') ? fault.querySelector('input') : fault;
}
