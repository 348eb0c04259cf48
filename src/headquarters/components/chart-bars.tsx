import { roundUp, type Slot } from '../slots.ts';

/** What is counted of each slot, and how it is drawn. */
export interface Series {
  readonly name: string;
  readonly hatch?: string;
  readonly count: (slot: Slot) => number;
}

const WIDTH = 672;
const HEIGHT = 220;
const LEFT = 60;
/** Half of the last slot's name. */
const RIGHT = 20;
const BOTTOM = 30;
/** A bar is no wider, however few there are. */
const WIDEST = 40;

/** Stacked bars, the first series below; what they say stands in a table as well. */
export function ChartBars(props: {
  readonly slots: readonly Slot[];
  readonly series: readonly Series[];
  readonly label: string;
  /** Below a slot; undefined: nothing. */
  readonly below: (slot: Slot, i: number) => string | undefined;
}) {
  const { slots, series, label, below } = props;
  const totals = slots.map((slot) => series.reduce((sum, { count }) => sum + count(slot), 0));
  const most = roundUp(Math.max(...totals));
  const y = (count: number) => HEIGHT - (count / most) * HEIGHT;
  const step = WIDTH / slots.length;
  const width = Math.min(WIDEST, step * 0.72);
  return (
    <svg
      class="chart"
      role="img"
      aria-label={label}
      viewBox={`${-LEFT} -20 ${LEFT + WIDTH + RIGHT} ${HEIGHT + BOTTOM + 20}`}
    >
      {[0, most / 2, most].filter(Number.isInteger).map((count) => (
        <g key={count}>
          <line class="grid" x1="0" x2={WIDTH} y1={y(count)} y2={y(count)} />
          <text x="-6" y={y(count) + 4} text-anchor="end">
            {count}
          </text>
        </g>
      ))}
      {slots.map((slot, i) => {
        const middle = (i + 0.5) * step;
        let reached = 0;
        return (
          <g key={slot.at} data-slot={slot.at}>
            {series.map(({ name, hatch, count }) => {
              const top = y(reached + count(slot));
              const place = { x: middle - width / 2, y: top, width, height: y(reached) - top };
              reached += count(slot);
              return (
                <g key={name}>
                  <rect class={`bar ${name}`} {...place} />
                  {hatch && <rect fill={hatch} {...place} />}
                </g>
              );
            })}
            <text x={middle} y={HEIGHT + 24} text-anchor="middle">
              {below(slot, i)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
