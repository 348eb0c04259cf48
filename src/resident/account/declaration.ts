import type { Relationship } from '../../core/code/claims.ts';
import {
  type DocumentType,
  documentNumber,
  documentNumberProblem,
  type IdentityDocument,
} from '../../core/identity-document.ts';
import type { Declaration, RESIDENT_SYMPTOMS } from '../../core/resident-protocol.ts';
import type { Problems } from '../form/use-form.ts';
import type { AccountWords } from '../i18n/account-zh.ts';

export type ResidentSymptom = (typeof RESIDENT_SYMPTOMS)[number];
type YesOrNo = 'yes' | 'no' | '';

/** A declaration while it is filled in. Nothing is chosen for anybody: an answer is theirs. */
export interface DeclarationValues {
  readonly relationship: Relationship | '';
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
  readonly symptoms: readonly ResidentSymptom[];
  readonly promise: boolean;
}

export const BLANK: DeclarationValues = {
  relationship: '',
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

/** What was declared, to be corrected; the promise is given anew. */
export function valuesOf(declaration: Declaration): DeclarationValues {
  const { name, document, area, address, travel, contact, symptoms } = declaration;
  return {
    ...BLANK,
    ...{ name, area, address, travel, symptoms },
    idType: document.type,
    number: document.number,
    state: document.type === 'passport' ? document.state : '',
    born: document.type === 'resident-id' ? '' : document.born,
    travelled: travel === '' ? 'no' : 'yes',
    contact: contact ? 'yes' : 'no',
  };
}

/** @param today `YYYY-MM-DD`, the last day on which somebody can have been born. */
export function declarationProblems(
  values: DeclarationValues,
  { declare: words }: AccountWords,
  today: string,
): Problems<DeclarationValues> {
  const { name, idType, born, area, address, travelled, travel, contact, promise } = values;
  const missing = (text: string, problem: string) => (text.trim() === '' ? problem : undefined);
  return {
    name: missing(name, words.nameMissing),
    number: numberProblem(values, words),
    state: idType === 'passport' && !stateOf(values) ? words.stateWrong : undefined,
    born:
      idType !== 'resident-id' && !(born > '1850-01-01' && born <= today)
        ? words.bornWrong
        : undefined,
    area: missing(area, words.areaMissing),
    address: missing(address, words.addressMissing),
    travelled: missing(travelled, words.answerMissing),
    travel: travelled === 'yes' ? missing(travel, words.noteMissing) : undefined,
    contact: missing(contact, words.answerMissing),
    promise: promise ? undefined : words.promiseMissing,
  };
}

function numberProblem(
  { idType, number }: DeclarationValues,
  words: AccountWords['declare'],
): string | undefined {
  if (number.trim() === '') return words.numberMissing;
  const problem = documentNumberProblem(idType || 'resident-id', number);
  if (!problem) return undefined;
  return idType === 'resident-id' ? words.numberProblem[problem] : words.numberShape;
}

/** Mistakes that no further typing mends, and which are therefore said at once. */
export function hopelessNumber(values: DeclarationValues, words: AccountWords) {
  const { idType, number } = values;
  if (idType !== 'resident-id' || number.trim() === '') return undefined;
  const problem = documentNumberProblem(idType, number);
  return problem && problem !== 'incomplete' ? words.declare.numberProblem[problem] : undefined;
}

/** How far a resident ID number has come. */
export function numberHint({ idType, number }: DeclarationValues, words: AccountWords): string {
  const { numberHint: hints, numberLeft, numberSound } = words.declare;
  const typed = documentNumber(number).length;
  if (idType !== 'resident-id' || typed === 0) return hints[idType || 'resident-id'];
  const problem = documentNumberProblem(idType, number);
  if (!problem) return numberSound;
  return problem === 'incomplete' ? numberLeft(18 - typed) : hints[idType];
}

/** Of values in which {@link declarationProblems} found none. */
export function declarationOf(values: DeclarationValues): Declaration {
  const { name, area, address, travelled, travel, contact, symptoms } = values;
  return {
    name: name.trim(),
    document: documentOf(values),
    area,
    address: address.trim(),
    travel: travelled === 'yes' ? travel.trim() : '',
    contact: contact === 'yes',
    symptoms: [...symptoms],
    promise: true,
  };
}

function documentOf(values: DeclarationValues): IdentityDocument {
  const { idType, born } = values;
  const number = documentNumber(values.number);
  switch (idType) {
    case 'passport':
      return { type: idType, number, state: stateOf(values) ?? '', born };
    case 'hk-macau-permit':
    case 'taiwan-permit':
      return { type: idType, number, born };
    default:
      return { type: 'resident-id', number };
  }
}

function stateOf({ state }: DeclarationValues): string | undefined {
  const letters = state.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(letters) ? letters : undefined;
}
