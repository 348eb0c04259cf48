import { useLayoutEffect, useRef } from 'preact/hooks';
import { judgeVehicle, type Occupant } from '../../core/vehicle.ts';
import { words } from '../i18n/index.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import { navigate } from '../state/route.ts';
import type { Vehicle } from '../state/vehicle.ts';
import { Shape } from './shape.tsx';

/** The vehicle while its people are judged: each by shape and number, the newest in sight. */
export function VehicleStrip({ vehicle: { plate, people } }: { vehicle: Vehicle }) {
  const { vehicle } = lazyWords.value;
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    if (!list.current) return;
    // Whoever has no finger pushes it with the arrow keys.
    list.current.tabIndex = 0;
    list.current.scrollTo({ left: list.current.scrollWidth });
  }, [people]);
  return (
    <section class="vehicle-strip" aria-label={vehicle.title}>
      <p>
        <b>{plate ?? vehicle.noPlate}</b>{' '}
        {people.length === 0 ? vehicle.nobody : vehicle.people(people.length)}
      </p>
      <ol ref={list} class="occupants">
        {people.map((one) => (
          <li key={one.seat}>
            <Mark occupant={one} />
          </li>
        ))}
      </ol>
      <button
        type="button"
        class={judgeVehicle(people) === 'pass' ? 'primary' : 'chosen'}
        data-vehicle={judgeVehicle(people)}
        onClick={() => navigate('/vehicle')}
      >
        {plate === undefined
          ? vehicle.askPlate
          : people.length === 0
            ? vehicle.back
            : vehicle.finish}
      </button>
    </section>
  );
}

/** One person: told apart by shape and number, by the colour as well, and in words. */
export function Mark({ occupant: { seat, verdict } }: { occupant: Occupant }) {
  const { vehicle } = lazyWords.value;
  const who = seat === 1 ? vehicle.driver : vehicle.passenger(seat - 1);
  return (
    <span class={`mark mark-${verdict}`} data-seat={seat} data-occupant={verdict}>
      <Shape verdict={verdict} />
      <span aria-hidden="true">{seat}</span>
      <span class="unseen">
        {who} {words.value.verdict[verdict]}
      </span>
    </span>
  );
}
