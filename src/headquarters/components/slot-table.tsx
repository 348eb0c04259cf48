import { VERDICTS } from '../counts.ts';
import { chartWords } from '../i18n/charts.ts';
import { words } from '../i18n/language.ts';
import type { Slot } from '../slots.ts';

/** The numbers of a chart, without what is empty. */
export function SlotTable(props: {
  readonly slots: readonly Slot[];
  readonly caption: string;
  readonly heading: string;
  readonly nameOf: (slot: Slot) => string;
}) {
  const { slots, caption, heading, nameOf } = props;
  const labels = chartWords.value;
  const { verdict: verdicts } = words.value;
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
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
        {slots
          .filter(({ total }) => total > 0)
          .map((slot) => (
            <tr key={slot.at} data-slot-row={slot.at}>
              <th scope="row">{nameOf(slot)}</th>
              {VERDICTS.map((verdict) => (
                <td key={verdict} data-label={verdicts[verdict]}>
                  {slot.counts[verdict]}
                </td>
              ))}
              <td data-label={labels.fevers}>{slot.fevers}</td>
              <td data-label={labels.total}>{slot.total}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
