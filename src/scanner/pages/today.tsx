import { useEffect, useState } from 'preact/hooks';
import { readTallies } from '../../device/encounters.ts';
import {
  countOf,
  medianOf,
  peopleIn,
  reasonsOf,
  sumOf,
  TALLIED,
  type Tally,
} from '../../device/tallies.ts';
import { Row, TallyRows } from '../components/tally.tsx';
import { lazyWords, timeOfDay } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { paceAt } from '../state/encounters.ts';
import { giveFile } from '../state/give-file.ts';
import { navigate } from '../state/route.ts';
import { localTime, talliesCsv } from './tallies-csv.ts';

type Hours = readonly (readonly [hour: number, tally: Tally])[];

/** How many came today, what became of them, and how fast it goes. */
export function TodayPage({ app: { store, station } }: { app: Pick<App, 'store' | 'station'> }) {
  const { today } = lazyWords.value;
  const now = station.now.value;
  const [hours, setHours] = useState<Hours>([]);
  useEffect(() => {
    readTallies(store).then(setHours, station.records.blame);
  }, [now]);

  const midnight = new Date(now * 1000).setHours(0, 0, 0, 0) / 1000;
  const ofToday = hours.filter(([hour]) => hour >= midnight);
  const sum = sumOf(ofToday.map(([, tally]) => tally));
  const save = () => {
    const text = talliesCsv(hours, { ...today, reason: lazyWords.value.reason });
    void giveFile({ name: `kakou-${localTime(now).slice(0, 10)}.csv`, text, count: hours.length });
  };
  return (
    <main class="settings duty">
      <h1>{today.title}</h1>
      <section>
        <TallyRows tally={sum}>
          <Row name={today.pace} value={today.perMinute(paceAt(now).toFixed(1))} data="pace" />
        </TallyRows>
      </section>
      <section>
        <h2>{today.hours}</h2>
        {ofToday.length === 0 ? <p>{today.nobody}</p> : <Chart hours={ofToday} />}
        <p class="hint">{today.kept}</p>
        <button type="button" class="save" onClick={save}>
          {today.export}
        </button>
      </section>
      <button type="button" class="primary" onClick={() => navigate('/')}>
        {lazyWords.value.settings.back}
      </button>
    </main>
  );
}

/** The hour, its bars, three verdicts, fevers, and the median time. */
const COLUMNS = 7;

/** Bars for the eye, and the same as a table for everybody. */
function Chart({ hours }: { hours: Hours }) {
  const { today } = lazyWords.value;
  const most = Math.max(...hours.map(([, tally]) => peopleIn(tally)));
  return (
    <table class="hours">
      <thead>
        <tr>
          <th scope="col">{today.hour}</th>
          <td class="bars" />
          {TALLIED.map((verdict) => (
            <th scope="col" key={verdict}>
              {today.verdict[verdict]}
            </th>
          ))}
          <th scope="col">{today.fevers}</th>
          <th scope="col">{today.took}</th>
        </tr>
      </thead>
      {hours.map(([hour, tally]) => (
        <tbody key={hour}>
          <tr>
            <th scope="row">{timeOfDay(hour)}</th>
            <td class="bars" aria-hidden="true">
              {TALLIED.map((verdict) => (
                <span
                  key={verdict}
                  class={`bar-${verdict}`}
                  style={{ width: `${(100 * countOf(tally, verdict)) / most}%` }}
                />
              ))}
            </td>
            {TALLIED.map((verdict) => (
              <td key={verdict}>{countOf(tally, verdict)}</td>
            ))}
            <td>{tally.fevers}</td>
            <td>{medianOf(tally) ?? ''}</td>
          </tr>
          <Why tally={tally} />
        </tbody>
      ))}
    </table>
  );
}

/** Under the figures of an hour: why people did not pass in it. */
function Why({ tally }: { tally: Tally }) {
  const { reason } = lazyWords.value;
  const reasons = [...reasonsOf(tally, 'stop'), ...reasonsOf(tally, 'unverified')];
  if (reasons.length === 0) return null;
  return (
    <tr>
      <td class="whys" colSpan={COLUMNS}>
        {reasons.map(([name, n]) => (
          <span key={name}>
            {reason[name].why} <b>{n}</b>
          </span>
        ))}
      </td>
    </tr>
  );
}
