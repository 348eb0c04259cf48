import { useState } from 'preact/hooks';
import type { Trouble } from '../headquarters.ts';

/** What ties one field of a form to its place on the screen. */
export interface Bound<Value> {
  readonly name: string;
  readonly value: Value;
  /** What is wrong and what to do, once it is time to say so. */
  readonly fault: string | undefined;
  readonly onChange: (value: Value) => void;
  readonly onLeave: () => void;
}

type Faults<Values> = { readonly [Name in keyof Values]?: string | undefined };

interface Fields<Values> {
  bind<Name extends keyof Values & string>(name: Name): Bound<Values[Name]>;
  readonly busy: boolean;
  /** Why the last try to send failed; what was typed is all still there. */
  readonly trouble: Trouble | undefined;
  readonly onSubmit: (event: SubmitEvent) => void;
}

/**
 * A form whose mistakes are said in the field where they are: after the field was left, or when
 * the form is sent, which then leads to the first of them.
 *
 * @param parts.read what is typed now; the caller keeps it, and changes it by `change`.
 * @param parts.send is called when `faults` finds none. It says why it was not done.
 */
export function useFields<Values extends object>(parts: {
  readonly read: () => Values;
  readonly change: (values: Values) => void;
  readonly faults: (values: Values) => Faults<Values>;
  readonly send: () => Promise<Trouble | undefined>;
}): Fields<Values> {
  const { read, change, faults, send } = parts;
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const values = read();
  const found = faults(values);

  async function submit(form: HTMLFormElement): Promise<void> {
    if (busy) return;
    setTried(true);
    if (Object.values(faults(read())).some((fault) => fault !== undefined)) {
      // Once the faults are drawn.
      setTimeout(() => firstFault(form)?.focus());
      return;
    }
    setBusy(true);
    const refused = await send();
    setBusy(false);
    setTrouble(refused);
    if (refused) return;
    setTried(false);
    setLeft(new Set());
  }
  return {
    busy,
    trouble,
    bind: (name) => ({
      name,
      value: values[name],
      fault: tried || left.has(name) ? found[name] : undefined,
      onChange: (value) => {
        const next = { ...read() };
        next[name] = value;
        change(next);
      },
      onLeave: () => setLeft((before) => new Set(before).add(name)),
    }),
    onSubmit(event) {
      event.preventDefault();
      if (event.currentTarget instanceof HTMLFormElement) void submit(event.currentTarget);
    },
  };
}

function firstFault(form: HTMLFormElement): HTMLElement | null {
  const fault = form.querySelector<HTMLElement>('[aria-invalid=true], [data-fault=true]');
  // A group of choices is no field itself: its first choice takes the focus.
  return fault?.matches('fieldset') ? fault.querySelector('input') : fault;
}
