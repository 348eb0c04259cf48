import type { PlainRecord } from '../record/record.ts';
import type { Evidence } from './decide.ts';

/** The pseudonym in the code, or the number of the document shown instead, if one was. */
export function personIn(evidence: Evidence): string | undefined {
  if (evidence.kind === 'code') return evidence.code.claims.sub;
  return evidence.kind === 'no-code' ? evidence.number : undefined;
}

/**
 * Reasons by which a code may be shown by somebody else than whom it names: the device could not
 * look so far, the code or its proof is past, or staff found that it is not theirs.
 */
export const ANYBODYS: ReadonlySet<PlainRecord['reason']> = new Set<PlainRecord['reason']>([
  'not-enrolled',
  'clock-behind',
  'clock-wrong',
  'trust-expired',
  'key-retired',
  'issued-in-future',
  'expired',
  'void',
  'no-proof',
  'stale-proof',
  'proved-in-future',
  'guardian-mismatch',
  'identity-mismatch',
]);

/** Whether it is certain enough that whom the code names is who stood there. */
export function isTheirs({
  reason,
  overridden,
}: Pick<PlainRecord, 'reason' | 'overridden'>): boolean {
  return !ANYBODYS.has(overridden ?? reason);
}

/** Of whom a record is; undefined: of somebody who stayed unknown. */
export function personOf(
  record: Pick<PlainRecord, 'code' | 'document' | 'reason' | 'overridden'>,
): string | undefined {
  const { code, document } = record;
  if (code) return isTheirs(record) ? code.sub : undefined;
  return document?.number;
}

/** By what somebody is told from others; where nothing names them, by the one time they came. */
export type Who = string | Evidence;

export function whoIs(evidence: Evidence): Who {
  return personIn(evidence) ?? evidence;
}
