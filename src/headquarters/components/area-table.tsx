import type { HqCharts } from '../../core/protocol/headquarters.ts';
import { chartWords } from '../i18n/charts.ts';
import { reasonInWords } from '../i18n/format.ts';
import { language, words } from '../i18n/language.ts';

type Area = HqCharts['areas'][number];

/** What is not in the list of areas stands by its code. */
export function areaInWords({ area, name }: Pick<Area, 'area' | 'name'>): string {
  return name?.[language.value] ?? area;
}

/** Who passed, who was stopped and why, and fevers, of all areas side by side. */
export function AreaTable({ areas, when }: { areas: readonly Area[]; when: string }) {
  const labels = chartWords.value;
  const { verdict } = words.value;
  const columns = [
    { name: 'pass', label: verdict.pass, count: ({ passed }: Area) => passed },
    { name: 'stop', label: verdict.stop, count: ({ stopped }: Area) => stopped },
    { name: 'unverified', label: verdict.unverified, count: ({ unverified }: Area) => unverified },
    { name: 'fever', label: labels.fevers, count: ({ fevers }: Area) => fevers },
  ];
  return (
    <section class="panel" data-panel="areas">
      <h2>{labels.areas}</h2>
      {areas.length === 0 ? (
        <p class="faint">{labels.none}</p>
      ) : (
        <table>
          <caption class="faint">{labels.areasCaption(when)}</caption>
          <thead>
            <tr>
              <th scope="col">{labels.area}</th>
              {columns.map(({ name, label }) => (
                <th key={name} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {areas.map((area) => (
              <tr key={area.area} data-area={area.area}>
                <th scope="row">
                  {areaInWords(area)}
                  {area.name && <small>{area.area}</small>}
                </th>
                {columns.map(({ name, label, count }) => (
                  <td key={name} data-label={label}>
                    <Share {...{ name, area }} count={count(area)} most={mostOf(areas, count)} />
                    {name === 'stop' && <Stops stops={area.stops} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function mostOf(areas: readonly Area[], count: (area: Area) => number): number {
  return Math.max(1, ...areas.map(count));
}

/** A number, how much it is of all verdicts there, and a bar. */
function Share(props: { name: string; area: Area; count: number; most: number }) {
  const { name, area, count, most } = props;
  const { passed, stopped, unverified } = area;
  const percent = (100 * count) / Math.max(1, passed + stopped + unverified);
  return (
    <>
      <span>
        <strong>{count}</strong> <small>{chartWords.value.share(percent.toFixed(1))}</small>
      </span>
      <svg class="share" aria-hidden="true" viewBox="0 0 100 6" preserveAspectRatio="none">
        <rect class={`bar ${name}`} width={(100 * count) / most} height="6" />
      </svg>
    </>
  );
}

function Stops({ stops }: Pick<Area, 'stops'>) {
  if (stops.length === 0) return null;
  // No line ends between a reason and its count.
  const counted = stops.map(
    ({ reason, count }) => `${reasonInWords(words.value, reason)}\u00A0${count}`,
  );
  return <small data-stops>{counted.join(words.value.comma)}</small>;
}
