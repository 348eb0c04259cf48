import { useEffect, useRef, useState } from 'preact/hooks';
import {
  judgeVehicle,
  LONGEST_PLATE,
  type Occupant,
  PROVINCES,
  plateOf,
} from '../../core/vehicle.ts';
import { focusMain } from '../components/focus-main.ts';
import { vehicleVerdict } from '../components/said.tsx';
import { Shape } from '../components/shape.tsx';
import { useVerdict } from '../components/use-verdict.ts';
import { Mark } from '../components/vehicle-strip.tsx';
import { words } from '../i18n/index.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { LOST_WITH_PAGE } from '../state/keep-vehicle.ts';
import { navigate } from '../state/route.ts';
import { speak } from '../state/speak-verdicts.ts';
import type { Vehicle } from '../state/vehicle.ts';

/** A vehicle begins with its plate, and ends with one verdict for all who are in it. */
export function VehiclePage({ app }: { app: App }) {
  const { value: vehicle } = app.vehicle;
  return vehicle?.plate !== undefined && vehicle.people.length > 0 ? (
    <VehicleVerdict app={app} vehicle={vehicle} plate={vehicle.plate} />
  ) : (
    <PlateForm app={app} vehicle={vehicle} />
  );
}

/** Of a vehicle that comes, or of one whose plate was lost with the page. */
function PlateForm({ app, vehicle }: { app: App; vehicle: Vehicle | undefined }) {
  const text = lazyWords.value.vehicle;
  const people = vehicle?.people ?? [];
  const area = app.station.holdings.value.enrolment?.post.area ?? '';
  const [province, setProvince] = useState(PROVINCES.get(area.slice(0, 2)) ?? '');
  const [rest, setRest] = useState('');
  const plate = plateOf(province + rest);

  const begin = (event: Event) => {
    event.preventDefault();
    if (plate === undefined) return;
    app.vehicle.value = { plate, people };
    navigate('/');
  };
  const leave = () => {
    app.vehicle.value = undefined;
    navigate('/');
  };
  return (
    <main class="vehicle">
      <h1>{text.title}</h1>
      {people.length === 0 ? (
        <p class="hint">{text.intro}</p>
      ) : (
        <>
          <p class="warning">{text.lost(people.length)}</p>
          <ol class="occupants all">
            {people.map((one) => (
              <li key={one.seat}>
                <Mark occupant={one} />
              </li>
            ))}
          </ol>
        </>
      )}
      <form onSubmit={begin}>
        <div class="plate">
          <select
            aria-label={text.province}
            value={province}
            onChange={({ currentTarget }) => setProvince(currentTarget.value)}
          >
            {['', ...PROVINCES.values()].map((name) => (
              <option key={name} value={name}>
                {name || '—'}
              </option>
            ))}
          </select>
          <input
            type="text"
            aria-label={text.plate}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={LONGEST_PLATE}
            value={rest}
            onInput={({ currentTarget }) => setRest(currentTarget.value.toUpperCase())}
          />
        </div>
        <p class="hint" role="status">
          {plate === undefined && rest !== '' ? text.incomplete : ''}
        </p>
        <button type="submit" class="primary" disabled={plate === undefined}>
          {people.length === 0 ? text.begin : text.resume}
        </button>
      </form>
      <button type="button" class="quiet" onClick={leave}>
        {people.length === 0 ? text.back : text.gone}
      </button>
    </main>
  );
}

function VehicleVerdict({ app, vehicle, plate }: { app: App; vehicle: Vehicle; plate: string }) {
  const text = lazyWords.value.vehicle;
  const { people } = vehicle;
  const verdict = judgeVehicle(people);
  const stopped = people.filter((one) => one.verdict !== 'pass').length;
  const passing = verdict === 'pass';
  const more = () => navigate('/');
  const finish = () => {
    app.vehicle.value = undefined;
    navigate('/');
  };

  useEffect(() => {
    app.announce(verdict);
    if (app.choices.voice.value) speak(verdict);
    vehicleVerdict.value = { verdict };
    return () => {
      vehicleVerdict.value = undefined;
    };
  }, [verdict]);
  // Whoever was struck out takes the button that had the focus along.
  useEffect(focusMain, [vehicle]);
  const leaving = useRef(0);
  const hold = () => clearTimeout(leaving.current);
  useEffect(() => {
    if (!passing) return;
    leaving.current = window.setTimeout(finish, app.choices.passShown.value);
    return hold;
  }, [verdict]);
  /** Only its button finishes a vehicle that is stopped: a key leads back to it. */
  const leave = passing ? finish : more;
  const { seen, steady, touch, press } = useVerdict(vehicle, { passing, hold, leave });
  /** Nor does the bounce of the touch that brought the verdict about take it away. */
  const disabled = !(passing ? steady : seen);
  /** What could not be read and was scanned again stands there twice. */
  const drop = (seat: number) => {
    app.vehicle.value = { plate, people: people.filter((one) => one.seat !== seat) };
  };
  return (
    <main
      tabIndex={-1}
      aria-labelledby="answer"
      class={`verdict vehicle-verdict verdict-${verdict}`}
      onPointerDown={touch}
      onKeyDown={press}
    >
      <div id="answer" role="status" data-vehicle-verdict={verdict}>
        <Shape verdict={verdict} />
        <h1>{words.value.verdict[verdict]}</h1>
        <p class="why">{plate}</p>
        <p class="next">{passing ? text.pass : text.stop(stopped)}</p>
      </div>
      <ol class="occupants all">
        {people.map((one) => (
          <li key={one.seat}>
            {isUnread(one) ? (
              <button
                type="button"
                aria-label={text.drop(one.seat)}
                disabled={disabled}
                onClick={() => drop(one.seat)}
              >
                <Mark occupant={one} />
              </button>
            ) : (
              <Mark occupant={one} />
            )}
          </li>
        ))}
      </ol>
      {people.some(isUnread) && <p>{text.dropHint}</p>}
      <div class="answers">
        <button type="button" class="chosen" disabled={disabled} onClick={more}>
          {text.more}
        </button>
        <button type="button" class="shaded" disabled={disabled} onClick={finish}>
          {passing ? text.finish : text.finishAnyway}
        </button>
      </div>
    </main>
  );
}

/** Nobody can tell whether they were scanned again. */
function isUnread({ verdict, who }: Occupant): boolean {
  if (who === LOST_WITH_PAGE) return verdict !== 'pass';
  return verdict === 'unverified' && typeof who !== 'string';
}
