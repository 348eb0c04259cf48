import { useRef, useState } from 'preact/hooks';
import type { Trouble } from '../trouble.ts';
import { forgetDraft, keepDraft, keptDraft } from './draft.ts';

/** What ties one field of a form to its place on the screen. */
export interface Bound<Value> {
  readonly name: string;
  readonly value: Value;
  /** What is wrong and what to do, once it is time to say so. */
  readonly problem: string | undefined;
  readonly onChange: (value: Value) => void;
  readonly onLeave: () => void;
}

/** What is wrong with each field, in the language of the page. */
export type Problems<Values> = { readonly [Name in keyof Values]?: string | undefined };

export interface Form<Values> {
  readonly values: Values;
  readonly busy: boolean;
  /** Why the last try to send failed; what was typed is all still there. */
  readonly trouble: Trouble | undefined;
  bind<Name extends keyof Values & string>(name: Name): Bound<Values[Name]>;
  readonly onSubmit: (event: Event) => void;
}

/**
 * A form whose mistakes are explained in the field where they are: after the field was left,
 * or when the form is sent, which then leads to the first of them. What is typed outlasts a
 * failed network and a reloaded page.
 *
 * @param draft names what is typed, so that it is found again; without one it is not kept.
 * @param send undefined: it was taken, and the draft goes.
 */
export function useForm<Values extends object>(parts: {
  readonly draft?: string;
  readonly initial: Values;
  readonly problems: (values: Values) => Problems<Values>;
  readonly send: (values: Values) => Promise<Trouble | undefined>;
}): Form<Values> {
  const { draft, initial, problems, send } = parts;
  const [values, setValues] = useState<Values>(() => ({
    ...initial,
    ...(draft && keptDraft(draft)),
  }));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const latest = useRef(values);

  const found = problems(values);
  const change = <Name extends keyof Values>(name: Name, value: Values[Name]) => {
    latest.current = { ...latest.current };
    latest.current[name] = value;
    setValues(latest.current);
    if (draft) keepDraft(draft, latest.current);
  };

  async function submit(form: EventTarget | null): Promise<void> {
    if (busy) return;
    setTried(true);
    setTrouble(undefined);
    if (Object.values(problems(latest.current)).some((problem) => problem !== undefined)) {
      // Once the problems are drawn.
      setTimeout(() => firstMistake(form)?.focus());
      return;
    }
    setBusy(true);
    const refusal = await send(latest.current);
    setBusy(false);
    if (refusal !== undefined) setTrouble(refusal);
    else if (draft) forgetDraft(draft);
  }

  return {
    values,
    busy,
    trouble,
    bind: (name) => ({
      name,
      value: values[name],
      problem: tried || left.has(name) ? found[name] : undefined,
      onChange: (value) => change(name, value),
      onLeave: () => setLeft((before) => new Set(before).add(name)),
    }),
    onSubmit(event) {
      event.preventDefault();
      void submit(event.currentTarget);
    },
  };
}

function firstMistake(form: EventTarget | null): HTMLElement | null {
  if (!(form instanceof HTMLElement)) return null;
  const mistake = form.querySelector<HTMLElement>('[aria-invalid=true], [data-mistaken=true]');
  // A group of choices is no field itself: its first choice takes the focus.
  return mistake?.matches('fieldset') ? mistake.querySelector('input') : (mistake ?? null);
}
