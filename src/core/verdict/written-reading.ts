/** Tenths that a body can have; outside of them it is a slip of the finger. */
const COLDEST = 340;
const HOTTEST = 430;

/**
 * What was written with its point, as people who report their own temperature do: `36.5`,
 * `36,5`, `36。5` or `37`.
 *
 * @returns tenths of a degree Celsius; undefined when no body has that.
 */
export function tenthsFromDecimal(typed: string): number | undefined {
  const text = typed.normalize('NFKC').trim().replace(/[,。]/, '.');
  if (!/^\d{2}(\.\d?)?$/.test(text)) return undefined;
  const tenths = Math.round(Number(text) * 10);
  return tenths >= COLDEST && tenths <= HOTTEST ? tenths : undefined;
}
