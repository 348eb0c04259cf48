import type { Relationship } from '../core/code/claims.ts';
import { BLANK_DECLARATION, type DeclarationDraft } from '../page/declaration/draft.ts';
import { forgetDraft, openDraft } from '../page/form/draft.ts';

/** What is typed at the counter about the person who stands there. */
export interface CounterDraft extends DeclarationDraft {
  readonly guardianName: string;
  readonly relationship: Relationship | '';
  /** Nobody was found by the document: they declare. */
  readonly unknown: boolean;
  /** Whoever was found says it anew. */
  readonly correcting: boolean;
}

const NAME = 'counter';
const BLANK: CounterDraft = {
  ...BLANK_DECLARATION,
  guardianName: '',
  relationship: '',
  unknown: false,
  correcting: false,
};

/**
 * It outlasts a session that ended too, and ends with the next person: others stand at the
 * same counter.
 */
export const counterDraft = openDraft(NAME, BLANK);

export function changeCounterDraft(changes: Partial<CounterDraft>): void {
  counterDraft.value = { ...counterDraft.peek(), ...changes };
}

/** Nothing of one person is left for the next. */
export function forgetCounterDraft(): void {
  counterDraft.value = BLANK;
  forgetDraft(NAME);
}
