import type { Policy } from '../documents/policy.ts';
import type { PlainRecord } from '../record/record.ts';
import { isFever, isPlausible, type Reading } from './reading.ts';

/** What tells of a fever: of a record, or of a verdict and what staff did about it. */
export interface Measured {
  readonly reason: PlainRecord['reason'];
  readonly overridden?: PlainRecord['overridden'];
  readonly reading?: Pick<Reading, 'tenths'> | undefined;
  readonly remeasured?: boolean | undefined;
}

/**
 * Whether somebody was found to have a fever, or had one here that a second measurement did
 * not find again; undefined: neither. Whatever else the verdict says, a fever is one: of who is
 * red, of who is let pass, and of whoever showed a code that is not theirs. Of whom it is:
 * {@link personOf}.
 *
 * @param policy the station's, or at headquarters today's: where the threshold was lowered
 *   since, a fever is found that the station did not see. One that it found stays one.
 */
export function feverIn(
  { reason, overridden, reading, remeasured }: Measured,
  policy: Pick<Policy, 'fever' | 'plausible'>,
): 'found' | 'undone' | undefined {
  if ((overridden ?? reason) === 'fever') return 'found';
  if (!reading) return undefined;
  if (isPlausible(reading.tenths, policy) && isFever(reading.tenths, policy)) return 'found';
  // Records of older devices have the reason alone.
  return remeasured || reason === 'remeasured' ? 'undone' : undefined;
}
