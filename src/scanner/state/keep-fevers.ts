import * as v from 'valibot';
import { DAY } from '../../core/time.ts';
import type { App } from './app.ts';
import { outlivePage } from './outlive-page.ts';

const KeptFevers = v.object({
  /** Id of the badge on shift; null: nobody was. */
  badge: v.nullable(v.string()),
  fevers: v.array(
    v.object({
      n: v.nullable(v.number()),
      at: v.number(),
      asked: v.boolean(),
      undone: v.boolean(),
    }),
  ),
});

/**
 * That there was a fever, when, and in which record outlives the page, as the marks of fevers
 * and the records do; who had it, how high, and what they said does not.
 */
export function keepFevers({ fevers, desk, station, store }: App): Promise<void> {
  const { clock, records, role } = station;
  const onDuty = () => desk.shift.value?.badge ?? null;
  return outlivePage(
    store,
    {
      name: 'fevers',
      schema: KeptFevers,
      restore(kept) {
        if (kept?.badge !== onDuty() || role.peek() !== 'temperature') return;
        const lost = kept.fevers.filter(({ at }) => clock.wall() - at < DAY);
        fevers.value = [
          ...fevers.peek(),
          // Those of this page are counted from 1 on.
          ...lost.map(({ n, asked, ...fever }, i) => ({
            ...{ ...fever, id: -1 - i, n: n ?? undefined, tenths: undefined, name: undefined },
            symptoms: asked ? [] : undefined,
          })),
        ];
      },
      now() {
        if (fevers.value.length === 0) return undefined;
        const kept = fevers.value.map(({ n, at, symptoms, undone }) => ({
          ...{ n: n ?? null, at, asked: symptoms !== undefined, undone },
        }));
        return { badge: onDuty(), fevers: kept };
      },
    },
    records.blame,
  );
}
