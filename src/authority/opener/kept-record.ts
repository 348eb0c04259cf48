import type { PlainRecord } from '../../core/record/record.ts';
import { type DocumentHash, documentIn } from '../residents/identity/document-hash.ts';
import { maskNumber } from '../residents/identity/mask.ts';

/**
 * A record as the database has it: of a document and of a plate what headquarters shows, and by
 * what they are compared. In full they are in the sealed record only, as long as it is kept.
 */
export interface KeptRecord extends Omit<PlainRecord, 'document' | 'vehicle'> {
  readonly document?: Omit<NonNullable<PlainRecord['document']>, 'number'> & {
    /** Left out: somebody had it deleted, or nothing was shown. */
    readonly masked?: string;
  };
  readonly vehicle?: {
    readonly masked: string;
    /** See {@link DocumentHash.hashPlate}, base64url. */
    readonly hash: string;
    readonly seat: number;
  };
}

export function keptRecord(record: PlainRecord, hashes: DocumentHash): KeptRecord {
  const { document, vehicle, ...kept } = record;
  return {
    ...kept,
    ...(document && { document: maskDocument(document) }),
    ...(vehicle && {
      vehicle: {
        masked: maskNumber(vehicle.plate),
        hash: hashes.hashPlate(vehicle.plate).toString('base64url'),
        seat: vehicle.seat,
      },
    }),
  };
}

function maskDocument({ number, ...rest }: NonNullable<PlainRecord['document']>) {
  return { ...rest, ...(number !== undefined && { masked: maskNumber(number) }) };
}

/** Of whom the record is, if they showed a document that codes are given out for. */
export function documentHashOf(
  record: Pick<PlainRecord, 'document'>,
  hashes: DocumentHash,
): Buffer | null {
  const document = documentIn(record);
  return document ? hashes.hashDocument(document) : null;
}
