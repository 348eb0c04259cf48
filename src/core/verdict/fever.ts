import type { PlainRecord } from '../record/record.ts';

/** Reasons that are found only where an earlier fever was measured again, or never was. */
const UNDONE: ReadonlySet<PlainRecord['reason']> = new Set([
  'remeasured',
  'no-code-allowed',
  'no-code',
  'reading-only',
]);

/**
 * What one verdict says of whether a person has a fever: yes, not any more, or nothing
 * (undefined). Who is let pass with one has it all the same.
 */
export function feverIn({
  reason,
  overridden,
}: Pick<PlainRecord, 'reason' | 'overridden'>): boolean | undefined {
  if ((overridden ?? reason) === 'fever') return true;
  return UNDONE.has(reason) ? false : undefined;
}
