import { utf8 } from '../core/bytes.ts';
import { GUARDIAN_BYTES } from '../core/code/claims.ts';
import type { HqCounterRequest } from '../core/protocol/headquarters-residents.ts';
import { declarationOf } from '../page/declaration/declaration-of.ts';
import { type DeclarationFault, declarationFaults } from '../page/declaration/faults.ts';
import type { CounterDraft } from './counter-draft.ts';

/** `guardian-long`: more than a printed code holds. */
export type CounterFault = 'guardian-missing' | 'guardian-long' | 'relationship-missing';

type Faults = {
  readonly [Name in keyof CounterDraft]?: DeclarationFault | CounterFault | undefined;
};

/** @param today `YYYY-MM-DD`, the last day on which somebody can have been born. */
export function counterFaults(draft: CounterDraft, today: string): Faults {
  const { guardianName, relationship } = draft;
  return {
    ...declarationFaults(draft, today),
    guardianName: guardianName.trim() === '' ? 'guardian-missing' : guardianTooLong(draft),
    relationship: relationship === '' ? 'relationship-missing' : undefined,
  };
}

/** To be said at once: no further typing mends it. */
export function guardianTooLong({ guardianName }: CounterDraft): CounterFault | undefined {
  return utf8(guardianName.trim()).length > GUARDIAN_BYTES ? 'guardian-long' : undefined;
}

/** Of a draft in which {@link counterFaults} found nothing. */
export function requestOf(draft: CounterDraft): HqCounterRequest {
  const { guardianName, relationship } = draft;
  return {
    declaration: declarationOf(draft),
    guardian: { name: guardianName.trim(), relationship: relationship || 'guardian' },
  };
}
