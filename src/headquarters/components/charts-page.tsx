import './charts.css';
import { useState } from 'preact/hooks';
import { CHART_DAYS, HqCharts } from '../../core/protocol/headquarters.ts';
import { DAY, HOUR, startOfDay } from '../../core/time.ts';
import { inWords } from '../../page/china-time.ts';
import { VERDICTS } from '../counts.ts';
import type { Headquarters } from '../headquarters.ts';
import { chartWords } from '../i18n/charts.ts';
import { day as dayInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { type Slot, slotsOf } from '../slots.ts';
import { AreaTable, areaInWords } from './area-table.tsx';
import { ChartBars, type Series } from './chart-bars.tsx';
import { SlotTable } from './slot-table.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { useAnswer } from './use-answer.ts';
import { VerdictWord } from './verdict-word.tsx';

/** Days that can be looked at by the hour. */
const BY_HOUR = 7;

/** Verdicts over time, of one of the last days or of several, and of all areas side by side. */
export function ChartsPage({ headquarters, now }: { headquarters: Headquarters; now: number }) {
  const today = startOfDay(now);
  const [days, setDays] = useState<HqCharts['days']>(1);
  const [day, setDay] = useState(today);
  const [area, setArea] = useState('');
  const asked = new URLSearchParams({ at: String(days === 1 ? day : today), days: String(days) });
  if (area !== '') asked.set('area', area);
  const { answer, trouble } = useAnswer(headquarters, `/hq/charts?${asked}`, HqCharts);
  const labels = chartWords.value;
  const lastDays = Array.from({ length: BY_HOUR }, (_, ago) => today - ago * DAY);
  const areas = new Map([['', labels.everywhere]]);
  // Where nobody came in this time, the one that was chosen is still among the choices.
  if (area !== '') areas.set(area, area);
  for (const one of answer?.areas ?? []) areas.set(one.area, areaInWords(one));
  return (
    <>
      <section class="panel" data-panel="charts">
        <h2>{labels.heading}</h2>
        <div class="pairs">
          <Choice
            name="days"
            label={labels.span}
            value={String(days)}
            choices={CHART_DAYS.map((one) => [String(one), labels.spans[one]])}
            onChoice={(value) => setDays(CHART_DAYS.find((one) => String(one) === value) ?? 1)}
          />
          {days === 1 && (
            <Choice
              name="day"
              label={labels.day}
              value={String(day)}
              choices={lastDays.map((one) => [String(one), dayInWords(words.value, one)])}
              onChoice={(value) => setDay(Number(value))}
            />
          )}
          <Choice
            name="area"
            label={labels.area}
            value={area}
            choices={[...areas]}
            onChoice={setArea}
          />
        </div>
        {trouble && <TroubleNotice trouble={trouble} />}
        {answer && <OverTime charts={answer} area={areas.get(area) ?? area} />}
      </section>
      {answer && <AreaTable areas={answer.areas} when={spanInWords(answer)} />}
    </>
  );
}

function Choice(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
  readonly onChoice: (value: string) => void;
}) {
  const { name, label, value, choices, onChoice } = props;
  return (
    <label>
      {label}
      <select
        name={name}
        value={value}
        onChange={({ currentTarget }) => onChoice(currentTarget.value)}
      >
        {choices.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function spanInWords({ since, days }: HqCharts): string {
  const first = dayInWords(words.value, since);
  if (days === 1) return first;
  return chartWords.value.until(first, dayInWords(words.value, since + (days - 1) * DAY));
}

const VERDICT_SERIES = VERDICTS.map((name) => ({
  name,
  ...(name !== 'pass' && { hatch: `url(#hatch-${name})` }),
  count: ({ counts }: Slot) => counts[name],
})) satisfies readonly Series[];
const FEVER_SERIES: readonly Series[] = [{ name: 'fever', count: ({ fevers }) => fevers }];

function OverTime({ charts, area }: { charts: HqCharts; area: string }) {
  const labels = chartWords.value;
  const { days } = charts;
  const slots = slotsOf(charts);
  const when = spanInWords(charts);
  const hourOf = ({ at }: Slot) => (at - charts.since) / HOUR;
  const dateOf = ({ at }: Slot) => inWords(words.value, at, { month: 'numeric', day: 'numeric' });
  // As many as there is room for, the last day among them.
  const every = days === 1 ? 3 : Math.ceil(days / 7);
  const below = (slot: Slot, i: number) => {
    if (days === 1) return i % every === 0 ? String(hourOf(slot)) : undefined;
    return (slots.length - 1 - i) % every === 0 ? dateOf(slot) : undefined;
  };
  const nameOf = (slot: Slot) =>
    days === 1 ? `${hourOf(slot)}:00–${hourOf(slot) + 1}:00` : dayInWords(words.value, slot.at);
  return (
    <>
      {slots.every(({ total }) => total === 0) && <p class="faint">{labels.none}</p>}
      <Hatches />
      <ChartBars
        {...{ slots, below }}
        series={VERDICT_SERIES}
        label={labels.verdicts(when, area)}
      />
      <p class="legend">
        {VERDICT_SERIES.map(({ name, hatch }) => (
          <span key={name}>
            <svg class="swatch" aria-hidden="true" viewBox="0 0 16 16">
              <rect class={`bar ${name}`} width="16" height="16" />
              {hatch && <rect fill={hatch} width="16" height="16" />}
            </svg>
            <VerdictWord verdict={name} />
          </span>
        ))}
      </p>
      <h3>{labels.fevers}</h3>
      <ChartBars
        {...{ slots, below }}
        series={FEVER_SERIES}
        label={labels.feverCount(when, area)}
      />
      <details>
        <summary>{labels.table}</summary>
        <SlotTable
          {...{ slots, nameOf }}
          caption={labels.verdicts(when, area)}
          heading={days === 1 ? labels.hour : labels.day}
        />
      </details>
    </>
  );
}

/** For those who cannot tell the colours apart. */
function Hatches() {
  return (
    <svg class="hatches" aria-hidden="true">
      <pattern id="hatch-stop" width="6" height="6" patternUnits="userSpaceOnUse">
        <path d="M0 6 6 0" class="stroke" />
      </pattern>
      <pattern id="hatch-unverified" width="5" height="5" patternUnits="userSpaceOnUse">
        <circle cx="2.5" cy="2.5" r="1" class="dot" />
      </pattern>
    </svg>
  );
}
