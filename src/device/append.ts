import { currentKey, type TrustedKey } from '../core/documents/trust.ts';
import { nextHead } from '../core/record/chain.ts';
import type { RecordDraft } from '../core/record/draft.ts';
import { seal } from '../core/record/seal.ts';
import { Fault } from '../core/result.ts';
import { announce } from './changes.ts';
import type { Holdings } from './holdings.ts';
import { applyMark, forgetPastMarks, markChange } from './marks.ts';
import { ONLY } from './schema.ts';
import type { Store } from './store.ts';

/**
 * Seals a record and puts it at the end of the chain. When this resolves it is on the
 * disk, with what follows from it on this device: the fever mark, and the floor under
 * the clock.
 *
 * @returns its number.
 * @throws Fault `not-enrolled`, `no-sealing-key`, or one of the store's (`storage-full`).
 */
export async function appendRecord(
  store: Store,
  holdings: Holdings,
  draft: RecordDraft,
): Promise<number> {
  const device = holdings.enrolment?.device;
  const key = sealingKey(holdings, draft.at);
  const change = await markChange(store, draft);
  for (;;) {
    const chain = await store.read(['chain'], (tx) => tx.objectStore('chain').get(ONLY));
    if (!chain || chain.device !== device) {
      throw new Fault('not-enrolled', 'this device is not enrolled, or was enrolled anew');
    }
    const { n, head: before } = chain;
    const sealed = await seal({ v: 1, device, n, ...draft }, key);
    const head = await nextHead(before, n, sealed);

    const appended = await store.write(['chain', 'outbox', 'marks', 'floor'], async (tx) => {
      const current = await tx.objectStore('chain').get(ONLY);
      // Another tab was faster: its record is before this one.
      if (current?.head !== before) return false;
      await Promise.all([
        tx.objectStore('outbox').add({ n, sealed, before, head, at: draft.at }),
        tx.objectStore('chain').put({ device, n: n + 1, head }, ONLY),
        applyMark(tx.objectStore('marks'), change, draft.at),
      ]);
      if (vouchesForClock(draft)) {
        const floor = tx.objectStore('floor');
        await floor.put(Math.max(draft.at, (await floor.get(ONLY)) ?? 0), ONLY);
        await forgetPastMarks(tx.objectStore('marks'), draft.at);
      }
      return true;
    });
    if (appended) {
      announce('outbox');
      return n;
    }
  }
}

/**
 * Out of date is better than none: what was decided must reach headquarters even when
 * this device's clock or its trust is too old to judge by.
 */
function sealingKey({ trusted }: Holdings, at: number): TrustedKey {
  const keys = trusted ? [...trusted.keys.values()].filter((key) => key.role === 'sealing') : [];
  const key =
    (trusted && currentKey(trusted, 'sealing', at)) ??
    keys.sort((a, b) => b.notAfter - a.notAfter)[0];
  if (!key) throw new Fault('no-sealing-key', 'the trust on this device names no key to seal to');
  return key;
}

/**
 * Only of a pass by a live code is the time believed: another phone's clock agreed. A
 * clock that ran ahead for a while must not leave the device with a floor in the future.
 */
function vouchesForClock({ verdict, overridden, code }: RecordDraft): boolean {
  return verdict === 'pass' && overridden === undefined && code?.kind === 'live';
}
