import { openDocument } from '../../core/documents/signed.ts';
import type { BatchClaims } from '../../core/record/batch.ts';
import { RECEIPT } from '../../core/record/receipt.ts';
import type { Sql } from '../database/sql.ts';
import { readPublishedTrust } from '../publish/trust.ts';

/**
 * Whether the authority once signed for all that comes before a batch which begins beyond
 * what is stored. Then its database was restored from a backup: the device has deleted those
 * records, and can never send them again.
 *
 * The key is looked up in the trust that this authority publishes: those that were replaced
 * are still in it.
 *
 * @param after the receipt, as the device says.
 */
export async function findLoss(
  sql: Sql,
  { device, first, before }: BatchClaims,
  after: string | undefined,
): Promise<boolean> {
  if (after === undefined) return false;
  const published = await readPublishedTrust(sql);
  const receipt = published && (await openDocument(after, RECEIPT, published.trusted));
  if (!receipt?.ok) return false;
  const { last, head } = receipt.value;
  return receipt.value.device === device && last === first - 1 && head === before;
}
