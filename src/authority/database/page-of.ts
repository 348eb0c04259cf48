import { PAGE_SIZE } from '../../core/protocol/common.ts';

/**
 * A page of a list, as `page` of core has it.
 *
 * @param rows at most `size`.
 * @param cursorOf what tells a row from those that come after it.
 */
export function pageOf<Row>(
  rows: Row[],
  cursorOf: (last: Row) => readonly (string | number)[],
  size: number = PAGE_SIZE,
): { entries: Row[]; before: string | null } {
  const last = rows.length === size ? rows.at(-1) : undefined;
  return { entries: rows, before: last ? cursorOf(last).join('~') : null };
}
