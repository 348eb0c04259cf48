import { type Signal, signal } from '@preact/signals';

const PREFIX = 'kakou-draft-';

/**
 * What is typed into a form and not sent yet, kept under a name. It outlasts a failed network
 * and a reloaded page, lies in the tab alone, and goes with it: a phone that is lent to a
 * neighbour should not remember whose number was typed last week.
 *
 * @param initial what stands in the fields that nobody has changed.
 */
export function openDraft<Values extends object>(name: string, initial: Values): Signal<Values> {
  const values = signal<Values>({ ...initial, ...keptDraft(name) });
  const opened = values.peek();
  values.subscribe((typed) => {
    if (typed !== opened) keepDraft(name, typed);
  });
  return values;
}

export function keepDraft(name: string, values: object): void {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(values));
  } catch {
    // Storage is barred: what is typed lasts as long as the page.
  }
}

export function keptDraft(name: string): object | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(PREFIX + name) ?? 'null');
    return typeof kept === 'object' && kept !== null ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function forgetDraft(name: string): void {
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {
    // There was none.
  }
}

/** Whoever signs out takes what they typed with them. */
export function forgetDrafts(): void {
  try {
    const kept = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
    for (const key of kept) sessionStorage.removeItem(key);
  } catch {
    // There were none.
  }
}
