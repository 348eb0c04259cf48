import type { PlainRecord } from '../record/record.ts';
import type { Evidence } from './decide.ts';

/** The pseudonym in the code, or the number of the document shown instead. */
export function personIn(evidence: Evidence): string | undefined {
  if (evidence.kind === 'code') return evidence.code.claims.sub;
  return evidence.kind === 'no-code' ? evidence.number : undefined;
}

/** The same person, as the record has them. */
export function personOf({
  code,
  document,
}: Pick<PlainRecord, 'code' | 'document'>): string | undefined {
  return code?.sub ?? document?.number;
}

/** By what somebody is told from others; where nothing names them, by the one time they came. */
export type Who = string | Evidence;

export function whoIs(evidence: Evidence): Who {
  return personIn(evidence) ?? evidence;
}
