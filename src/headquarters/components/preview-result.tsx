import type { HqPreview } from '../../core/protocol/headquarters.ts';
import { reasonInWords, verdictInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';

type Outcome = HqPreview['changes'][number]['from'];

/** What other rules would have made of yesterday, and what the records do not say. */
export function PreviewResult({ preview }: { preview: HqPreview }) {
  const { preview: labels } = words.value;
  const { recorded, considered, same, changes, open, unexplained } = preview;
  return (
    <section class="panel" data-panel="preview">
      <h2>{labels.heading}</h2>
      {recorded === 0 ? (
        <p class="faint">{labels.none}</p>
      ) : (
        <>
          <p class="faint">{labels.considered(considered, recorded)}</p>
          <p>{labels.same(same)}</p>
          <h3>{labels.changes}</h3>
          {changes.length === 0 ? (
            <p class="faint">{labels.noChange}</p>
          ) : (
            <Outcomes rows={changes.map(({ from, to, count }) => ({ from, to: [to], count }))} />
          )}
          {open.length > 0 && (
            <>
              <h3>{labels.open}</h3>
              <p class="faint">{labels.openWhy}</p>
              <Outcomes rows={open} />
            </>
          )}
          {unexplained > 0 && <p class="faint">{labels.unexplained(unexplained)}</p>}
        </>
      )}
    </section>
  );
}

function Outcomes({ rows }: { rows: HqPreview['open'] }) {
  const { preview: labels } = words.value;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{labels.from}</th>
          <th scope="col">{labels.to}</th>
          <th scope="col">{labels.count}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ from, to, count }) => (
          <tr key={JSON.stringify([from, to])} data-change={from.reason}>
            <td data-label={labels.from}>{inWords(from)}</td>
            <td data-label={labels.to}>{to.map(inWords).join(` ${labels.or} `)}</td>
            <td data-label={labels.count}>{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inWords({ verdict, reason }: Outcome): string {
  return words.value.preview.outcome(
    verdictInWords(words.value, verdict),
    reasonInWords(words.value, reason),
  );
}
