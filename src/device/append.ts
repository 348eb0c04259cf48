import { currentKey, type TrustedKey } from '../core/documents/trust.ts';
import { nextHead } from '../core/record/chain.ts';
import type { RecordDraft } from '../core/record/draft.ts';
import { seal } from '../core/record/seal.ts';
import { Fault } from '../core/result.ts';
import { announce } from './changes.ts';
import type { Holdings } from './holdings.ts';
import { applyMark, markChange, pastMarks } from './marks.ts';
import { type Chain, ONLY, type WaitingRecord } from './schema.ts';
import type { Store } from './store.ts';

/**
 * Seals a record and puts it at the end of the chain. When this resolves it is on the
 * disk, with what follows from it on this device: the fever mark.
 *
 * @param end of the chain, as this tab last knew it: it saves a look at the disk.
 * @returns the record as it waits.
 * @throws Fault `not-enrolled`, `no-sealing-key`, or one of the store's (`storage-full`).
 */
export async function appendRecord(
  store: Store,
  holdings: Holdings,
  draft: RecordDraft,
  end?: Chain,
): Promise<WaitingRecord> {
  const device = holdings.enrolment?.device;
  const key = sealingKey(holdings, draft.at);
  const change = await markChange(store, draft, holdings.bulletin?.policy);
  for (let known = end?.device === device ? end : undefined; ; known = undefined) {
    const chain = known ?? (await store.read(['chain'], (tx) => tx.objectStore('chain').get(ONLY)));
    if (!chain || chain.device !== device) {
      throw new Fault('not-enrolled', 'this device is not enrolled, or was enrolled anew');
    }
    const record = await sealNext(chain, draft, key);
    const { n, before, head } = record;

    const appended = await store.write(['chain', 'outbox', 'marks'], async (tx) => {
      const [stored, marks] = [tx.objectStore('chain'), tx.objectStore('marks')];
      // All that is asked is asked at once: somebody waits for each answer.
      const [current, past] = await Promise.all([
        stored.get(ONLY),
        vouchesForClock(draft) ? pastMarks(marks, draft.at) : [],
      ]);
      // Another tab was faster: its record is before this one.
      if (current?.head !== before) return false;
      const written = [
        tx.objectStore('outbox').add(record),
        stored.put({ device, n: n + 1, head }, ONLY),
        applyMark(marks, change),
        ...past.map((id) => marks.delete(id)),
      ];
      tx.commit();
      await Promise.all(written);
      return true;
    });
    if (appended) {
      announce('outbox');
      return record;
    }
  }
}

/** Seals a draft as the next record of a chain; it is written nowhere yet. */
export async function sealNext(
  { device, n, head: before }: Chain,
  draft: RecordDraft,
  key: TrustedKey,
): Promise<WaitingRecord> {
  const sealed = await seal({ v: 1, device, n, ...draft }, key);
  return { n, sealed, before, head: await nextHead(before, n, sealed), at: draft.at };
}

/**
 * Out of date is better than none: what was decided must reach headquarters even when
 * this device's clock or its trust is too old to judge by.
 *
 * @param at epoch seconds.
 * @throws Fault `no-sealing-key`
 */
export function sealingKey({ trusted }: Holdings, at: number): TrustedKey {
  const keys = trusted ? [...trusted.keys.values()].filter((key) => key.role === 'sealing') : [];
  const key =
    (trusted && currentKey(trusted, 'sealing', at)) ??
    keys.sort((a, b) => b.notAfter - a.notAfter)[0];
  if (!key) throw new Fault('no-sealing-key', 'the trust on this device names no key to seal to');
  return key;
}

/**
 * Only after a pass by a live code are old marks forgotten: another phone's clock agreed.
 * A clock that ran ahead for a while must not wipe out the fevers of today.
 */
function vouchesForClock({ verdict, overridden, code }: RecordDraft): boolean {
  return verdict === 'pass' && overridden === undefined && code?.kind === 'live';
}
