import * as v from 'valibot';
import {
  documentNumber,
  documentNumberProblem,
  issuingState,
} from '../../core/identity-document.ts';
import { Declaration } from '../../core/protocol/residents.ts';
import type { DeclarationDraft } from './draft.ts';

/**
 * What is wrong with a field.
 * - `name-hidden`: characters that nobody sees, which could hide what a name is
 * - `number-incomplete` to `number-bad-check-digit`: of a resident ID, see resident-id.ts
 * - `number-shape`: another document has such numbers
 * - `answer-missing`: neither yes nor no
 */
export type DeclarationFault =
  | 'name-missing'
  | 'name-hidden'
  | 'number-missing'
  | 'number-incomplete'
  | 'number-malformed'
  | 'number-bad-date'
  | 'number-bad-check-digit'
  | 'number-shape'
  | 'state-wrong'
  | 'born-wrong'
  | 'area-missing'
  | 'address-missing'
  | 'answer-missing'
  | 'travel-missing'
  | 'promise-missing';

type Faults<Name extends keyof DeclarationDraft> = {
  readonly [One in Name]?: DeclarationFault | undefined;
};
type DocumentDraft = Pick<DeclarationDraft, 'idType' | 'number' | 'state'>;

/** @param today `YYYY-MM-DD`, the last day on which somebody can have been born. */
export function declarationFaults(
  draft: DeclarationDraft,
  today: string,
): Faults<keyof DeclarationDraft> {
  const { name, idType, born, area, address, travelled, travel, contact, promise } = draft;
  const missing = (text: string, fault: DeclarationFault) => (text.trim() ? undefined : fault);
  const isDay = born > '1850-01-01' && born <= today;
  return {
    name: missing(name, 'name-missing') ?? hiddenInName(name),
    ...documentFaults(draft),
    born: idType === 'resident-id' || isDay ? undefined : 'born-wrong',
    area: missing(area, 'area-missing'),
    address: missing(address, 'address-missing'),
    travelled: missing(travelled, 'answer-missing'),
    travel: travelled === 'yes' ? missing(travel, 'travel-missing') : undefined,
    contact: missing(contact, 'answer-missing'),
    promise: promise ? undefined : 'promise-missing',
  };
}

function hiddenInName(name: string): DeclarationFault | undefined {
  return v.is(Declaration.entries.name, name) ? undefined : 'name-hidden';
}

/** Of the document alone. */
export function documentFaults(draft: DocumentDraft): Faults<'number' | 'state'> {
  return {
    number: numberFault(draft),
    state: draft.idType === 'passport' && !issuingState(draft.state) ? 'state-wrong' : undefined,
  };
}

function numberFault({ idType, number }: DocumentDraft): DeclarationFault | undefined {
  if (number.trim() === '') return 'number-missing';
  const problem = documentNumberProblem(idType || 'resident-id', number);
  if (!problem) return undefined;
  return idType === 'resident-id' ? `number-${problem}` : 'number-shape';
}

/** A mistake in a resident ID number that no further typing mends, to be said at once. */
export function hopelessNumber(draft: DocumentDraft): DeclarationFault | undefined {
  const fault = draft.idType === 'resident-id' ? numberFault(draft) : undefined;
  return fault === 'number-missing' || fault === 'number-incomplete' ? undefined : fault;
}

/**
 * Characters that a resident ID number still lacks; 0: it is sound.
 *
 * @returns undefined when there is nothing to say: not begun, wrong, or of another document.
 */
export function numberLeft({ idType, number }: DocumentDraft): number | undefined {
  const typed = documentNumber(number).length;
  if (idType !== 'resident-id' || typed === 0) return undefined;
  const problem = documentNumberProblem(idType, number);
  if (!problem) return 0;
  return problem === 'incomplete' ? 18 - typed : undefined;
}
