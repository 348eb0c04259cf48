import type { Relationship } from '../../core/code/claims.ts';
import type { Declaration, RESIDENT_SYMPTOMS } from '../../core/protocol/residents.ts';
import { BLANK_DECLARATION, type DeclarationDraft } from '../../page/declaration/draft.ts';
import { declarationFaults, hopelessNumber, numberLeft } from '../../page/declaration/faults.ts';
import type { Faults } from '../../page/form/use-form.ts';
import type { AccountWords } from '../i18n/account-zh.ts';

export type ResidentSymptom = (typeof RESIDENT_SYMPTOMS)[number];

export interface DeclarationValues extends DeclarationDraft {
  readonly relationship: Relationship | '';
}

export const BLANK: DeclarationValues = { ...BLANK_DECLARATION, relationship: '' };

/** What was declared, to be corrected; the promise is given anew. */
export function valuesOf(declaration: Declaration): DeclarationValues {
  const { name, document, area, address, travel, contact, symptoms } = declaration;
  return {
    ...BLANK,
    name,
    area,
    address,
    travel,
    symptoms,
    idType: document.type,
    number: document.number,
    state: document.type === 'passport' ? document.state : '',
    born: document.type === 'resident-id' ? '' : document.born,
    travelled: travel === '' ? 'no' : 'yes',
    contact: contact ? 'yes' : 'no',
  };
}

/** @param today `YYYY-MM-DD`, the last day on which somebody can have been born. */
export function faultsInWords(
  values: DeclarationValues,
  { declare }: AccountWords,
  today: string,
): Faults<DeclarationValues> {
  const faults = Object.entries(declarationFaults(values, today));
  return Object.fromEntries(faults.map(([name, fault]) => [name, fault && declare.fault[fault]]));
}

/** Mistakes that no further typing mends, and which are therefore said at once. */
export function hopelessInWords(values: DeclarationValues, { declare }: AccountWords) {
  const fault = hopelessNumber(values);
  return fault && declare.fault[fault];
}

/** How far a resident ID number has come. */
export function numberHint(values: DeclarationValues, { declare }: AccountWords): string {
  const left = numberLeft(values);
  if (left === undefined) return declare.numberHint[values.idType || 'resident-id'];
  return left === 0 ? declare.numberSound : declare.numberLeft(left);
}
