import { signal } from '@preact/signals';
import type { Relationship } from '../core/code/claims.ts';
import type { DeclarationDraft } from '../core/declaration-draft.ts';

/** What is typed at the counter about the person who stands there. */
export interface CounterDraft extends DeclarationDraft {
  readonly guardianName: string;
  readonly relationship: Relationship | '';
  /** Nobody was found by the document: they declare. */
  readonly unknown: boolean;
  /** Whoever was found says it anew. */
  readonly correcting: boolean;
}

const KEPT = 'kakou-counter-draft';

/**
 * It outlasts a failed network, a reloaded page and a session that ended. It lies in the tab
 * alone, goes with it, and ends with the next person: others stand at the same counter.
 */
export const typed = signal<Partial<CounterDraft>>(keptDraft());

export function changeDraft(changes: Partial<CounterDraft>): void {
  typed.value = { ...typed.value, ...changes };
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(typed.value));
  } catch {
    // Storage is barred: what is typed lasts as long as the page.
  }
}

/** Nothing of one person is left for the next. */
export function forgetDraft(): void {
  typed.value = {};
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // There was none.
  }
}

function keptDraft(): Partial<CounterDraft> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}
