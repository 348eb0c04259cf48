import {
  documentNumber,
  type IdentityDocument,
  issuingState,
} from '../../core/identity-document.ts';
import type { Declaration } from '../../core/protocol/residents.ts';
import type { DeclarationDraft } from './draft.ts';

/** What is sent of a draft in which `declarationFaults` found nothing. */
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
