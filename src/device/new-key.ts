import { readSetting, writeSetting } from './settings.ts';
import type { Store } from './store.ts';

/** The setting that says so: the number of the last record in the file. */
export const GIVEN_UP = 'given-up';

/**
 * The next enrolment makes another device of this one, with a new key and a new chain: the
 * way on from a chain that the authority takes no more (docs/decisions/020). Until then
 * nothing changes, and what was written since keeps it from happening.
 *
 * @param last number of the last record that was saved as a file: up to it they are given up.
 */
export function wantNewKey(store: Store, last: number): Promise<void> {
  return writeSetting(store, GIVEN_UP, String(last));
}

/** @returns the number up to which records are given up; undefined: the key stays. */
export async function givenUpTo(store: Store): Promise<number | undefined> {
  const last = await readSetting(store, GIVEN_UP);
  return last === undefined ? undefined : Number(last);
}
