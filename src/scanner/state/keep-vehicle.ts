import * as v from 'valibot';
import { HOUR } from '../../core/time.ts';
import type { Evidence } from '../../core/verdict/decide.ts';
import type { App } from './app.ts';
import { outlivePage } from './outlive-page.ts';
import { navigate, route } from './route.ts';
import { LOST_VEHICLE } from './vehicle.ts';

/** After this a vehicle that was lost with the page has driven on, seconds. */
const KEPT = HOUR;

/** Whoever was judged before the page was lost: nobody can tell whether they come again. */
export const LOST_WITH_PAGE: Evidence = { kind: 'reading-only' };

const KeptVehicle = v.object({
  /** Epoch seconds. */
  at: v.number(),
  seats: v.array(
    v.object({ seat: v.number(), verdict: v.picklist(['pass', 'stop', 'unverified']) }),
  ),
});

/**
 * Seats and verdicts of the vehicle at the post outlive the page: they are nobody's. The plate
 * does not, nor who sits where: whoever goes on has the plate before them.
 */
export function keepVehicle({ vehicle, station, store }: App): Promise<void> {
  const { clock, records } = station;
  return outlivePage(
    store,
    {
      name: LOST_VEHICLE,
      schema: KeptVehicle,
      restore(kept) {
        if (kept && clock.wall() - kept.at < KEPT && !vehicle.peek()) {
          const people = kept.seats.map((one) => ({ ...one, who: LOST_WITH_PAGE }));
          vehicle.value = { plate: undefined, people };
        } else if (kept && route.peek() === '/vehicle') navigate('/', { replace: true });
      },
      now() {
        const people = vehicle.value?.people ?? [];
        if (people.length === 0) return undefined;
        return { at: clock.wall(), seats: people.map(({ seat, verdict }) => ({ seat, verdict })) };
      },
    },
    records.blame,
  );
}
