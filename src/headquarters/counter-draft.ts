import type { Signal } from '@preact/signals';
import type { Relationship } from '../core/code/claims.ts';
import { BLANK_DECLARATION, type DeclarationDraft } from '../page/declaration/draft.ts';
import { openDraft } from '../page/form/draft.ts';

/** What is typed at the counter about the person who stands there. */
export interface CounterDraft extends DeclarationDraft {
  readonly guardianName: string;
  readonly relationship: Relationship | '';
  /** Nobody was found by the document: they declare. */
  readonly unknown: boolean;
  /** Whoever was found says it anew. */
  readonly correcting: boolean;
}

export const BLANK_DRAFT: CounterDraft = {
  ...BLANK_DECLARATION,
  guardianName: '',
  relationship: '',
  unknown: false,
  correcting: false,
};

/** It outlasts a session that ended, and ends with the next person: others stand there too. */
export function openCounterDraft(): Signal<CounterDraft> {
  return openDraft('counter', BLANK_DRAFT);
}
