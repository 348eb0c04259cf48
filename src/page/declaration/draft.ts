import type { DocumentType } from '../../core/identity-document.ts';
import type { Declaration } from '../../core/protocol/residents.ts';

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
