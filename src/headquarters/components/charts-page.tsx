import { useState } from 'preact/hooks';
import { HqCharts } from '../../core/protocol/headquarters.ts';
import { DAY, startOfDay } from '../../core/time.ts';
import { VERDICTS } from '../counts.ts';
import type { Headquarters } from '../headquarters.ts';
import { type HourOfDay, hoursOf, roundUp } from '../hours.ts';
import { day as dayInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { TroubleNotice } from './trouble-notice.tsx';
import { useAnswer } from './use-answer.ts';
import { VerdictWord } from './verdict-word.tsx';

/** Verdicts by hour, for one of the last days and all areas or one. */
export function ChartsPage({ headquarters, now }: { headquarters: Headquarters; now: number }) {
  const [day, setDay] = useState(() => startOfDay(now));
  const { answer, trouble } = useAnswer(headquarters, `/hq/charts?at=${day}`, HqCharts);
  return (
    <>
      {trouble && <TroubleNotice trouble={trouble} />}
      {answer && <Charts charts={answer} today={startOfDay(now)} onDay={setDay} />}
    </>
  );
}

function Charts(props: { charts: HqCharts; today: number; onDay: (day: number) => void }) {
  const { today, onDay } = props;
  const { day, counts } = props.charts;
  const { charts: labels } = words.value;
  const days = Array.from({ length: 7 }, (_, ago) => today - ago * DAY);
  const areas = [...new Set(counts.map(({ area }) => area))].sort();
  const [area, setArea] = useState('');
  const hours = hoursOf(counts, day, area === '' ? undefined : area);
  const caption = labels.caption(
    dayInWords(words.value, day),
    area === '' ? labels.everywhere : area,
  );
  return (
    <section class="panel" data-panel="charts">
      <h2>{labels.heading}</h2>
      <div class="pairs">
        <label>
          {labels.day}
          <select
            name="day"
            value={String(day)}
            onChange={({ currentTarget }) => onDay(Number(currentTarget.value))}
          >
            {days.map((one) => (
              <option key={one} value={String(one)}>
                {dayInWords(words.value, one)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {labels.area}
          <select
            name="area"
            value={area}
            onChange={({ currentTarget }) => setArea(currentTarget.value)}
          >
            <option value="">{labels.everywhere}</option>
            {areas.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
      </div>
      {hours.every(({ total }) => total === 0) && <p class="faint">{labels.none}</p>}
      <Bars hours={hours} label={caption} />
      <p class="legend">
        {VERDICTS.map((verdict) => (
          <span key={verdict}>
            <svg class="swatch" aria-hidden="true" viewBox="0 0 16 16">
              <rect class={`bar ${verdict}`} width="16" height="16" />
              <rect class="hatch" fill={hatchOf(verdict)} width="16" height="16" />
            </svg>
            <VerdictWord verdict={verdict} />
          </span>
        ))}
      </p>
      <details>
        <summary>{labels.table}</summary>
        <HourTable hours={hours} caption={caption} />
      </details>
    </section>
  );
}

const WIDTH = 24 * 28;
const HEIGHT = 220;
const LEFT = 60;
const BOTTOM = 30;

/** Stacked: who passed below, who was stopped above, each with its own hatching. */
function Bars({ hours, label }: { hours: readonly HourOfDay[]; label: string }) {
  const most = roundUp(Math.max(...hours.map(({ total }) => total)));
  const y = (count: number) => HEIGHT - (count / most) * HEIGHT;
  return (
    <svg
      class="chart"
      role="img"
      aria-label={label}
      viewBox={`${-LEFT} -20 ${WIDTH + LEFT} ${HEIGHT + BOTTOM + 20}`}
    >
      <defs>
        <pattern id="hatch-stop" width="6" height="6" patternUnits="userSpaceOnUse">
          <path d="M0 6 6 0" class="stroke" />
        </pattern>
        <pattern id="hatch-unverified" width="5" height="5" patternUnits="userSpaceOnUse">
          <circle cx="2.5" cy="2.5" r="1" class="dot" />
        </pattern>
      </defs>
      {[0, most / 2, most].map((count) => (
        <g key={count}>
          <line class="grid" x1="0" x2={WIDTH} y1={y(count)} y2={y(count)} />
          <text x="-6" y={y(count) + 4} text-anchor="end">
            {count}
          </text>
        </g>
      ))}
      {hours.map(({ hour, counts }) => {
        let below = 0;
        return (
          <g key={hour} data-hour={hour}>
            {VERDICTS.map((verdict) => {
              const top = y(below + counts[verdict]);
              const place = { x: hour * 28 + 4, y: top, width: 20, height: y(below) - top };
              below += counts[verdict];
              return (
                <g key={verdict}>
                  <rect class={`bar ${verdict}`} {...place} />
                  <rect class="hatch" fill={hatchOf(verdict)} {...place} />
                </g>
              );
            })}
            {hour % 3 === 0 && (
              <text x={hour * 28 + 14} y={HEIGHT + 24} text-anchor="middle">
                {hour}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function hatchOf(verdict: (typeof VERDICTS)[number]): string {
  return verdict === 'pass' ? 'none' : `url(#hatch-${verdict})`;
}

function HourTable({ hours, caption }: { hours: readonly HourOfDay[]; caption: string }) {
  const { charts: labels, verdict: verdicts } = words.value;
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{labels.hour}</th>
          {VERDICTS.map((verdict) => (
            <th key={verdict} scope="col">
              {verdicts[verdict]}
            </th>
          ))}
          <th scope="col">{labels.fevers}</th>
          <th scope="col">{labels.total}</th>
        </tr>
      </thead>
      <tbody>
        {hours
          .filter(({ total }) => total > 0)
          .map(({ hour, counts, fevers, total }) => (
            <tr key={hour} data-hour-row={hour}>
              <th scope="row">{`${hour}:00–${hour + 1}:00`}</th>
              {VERDICTS.map((verdict) => (
                <td key={verdict} data-label={verdicts[verdict]}>
                  {counts[verdict]}
                </td>
              ))}
              <td data-label={labels.fevers}>{fevers}</td>
              <td data-label={labels.total}>{total}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
