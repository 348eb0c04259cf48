import * as v from 'valibot';
import {
  type DocumentType,
  documentNumber,
  documentNumberProblem,
  type IdentityDocument,
} from './identity-document.ts';
import { type CheckIn, Declaration } from './resident-protocol.ts';

type YesOrNo = 'yes' | 'no' | '';

/**
 * A declaration while it is filled in, on a phone or at a counter. Nothing is chosen for
 * anybody: an answer is theirs.
 */
export interface DeclarationDraft {
  readonly name: string;
  readonly idType: DocumentType | '';
  readonly number: string;
  /** Of a passport. */
  readonly state: string;
  /** `YYYY-MM-DD`; a resident ID number says it itself. */
  readonly born: string;
  readonly area: string;
  readonly address: string;
  readonly travelled: YesOrNo;
  readonly travel: string;
  readonly contact: YesOrNo;
  readonly symptoms: readonly Declaration['symptoms'][number][];
  readonly promise: boolean;
}

export const BLANK_DECLARATION: DeclarationDraft = {
  name: '',
  idType: 'resident-id',
  number: '',
  state: '',
  born: '',
  area: '',
  address: '',
  travelled: '',
  travel: '',
  contact: '',
  symptoms: [],
  promise: false,
};

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

/** Of a draft in which {@link declarationFaults} found nothing. */
export function declarationOf(draft: DeclarationDraft): Declaration {
  const { name, area, address, travelled, travel, contact, symptoms } = draft;
  return {
    name: name.trim(),
    document: documentOf(draft),
    area,
    address: address.trim(),
    travel: travelled === 'yes' ? travel.trim() : '',
    contact: contact === 'yes',
    symptoms: [...symptoms],
    promise: true,
  };
}

function documentOf(draft: DeclarationDraft): IdentityDocument {
  const { idType, born } = draft;
  const number = documentNumber(draft.number);
  switch (idType) {
    case 'passport':
      return { type: idType, number, state: issuingState(draft.state) ?? '', born };
    case 'hk-macau-permit':
    case 'taiwan-permit':
      return { type: idType, number, born };
    default:
      return { type: 'resident-id', number };
  }
}

/** @returns undefined for what is no three letters. */
export function issuingState(typed: string): string | undefined {
  const letters = typed.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(letters) ? letters : undefined;
}

/** Tenths that a body can have; outside of them it is a slip of the finger. */
const COLDEST = 340;
const HOTTEST = 430;

/** `36.5`, `36,5`, `36。5` or `37`, in tenths. @returns undefined when no body has that. */
export function tenthsOf(typed: string): NonNullable<CheckIn['tenths']> | undefined {
  const text = typed.normalize('NFKC').trim().replace(/[,。]/, '.');
  if (!/^\d{2}(\.\d?)?$/.test(text)) return undefined;
  const tenths = Math.round(Number(text) * 10);
  return tenths >= COLDEST && tenths <= HOTTEST ? tenths : undefined;
}
