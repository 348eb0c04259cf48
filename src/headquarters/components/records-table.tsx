import type { HqOverview } from '../../core/protocol/headquarters.ts';
import { moment } from '../../page/china-time.ts';
import { celsius, reasonInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { VerdictWord } from './verdict-word.tsx';

type OpenedRecord = HqOverview['records'][number];

export function RecordsTable({ records }: { records: readonly OpenedRecord[] }) {
  const { records: labels } = words.value;
  return (
    <section class="panel" data-panel="records">
      <h2>{labels.heading}</h2>
      {records.length === 0 ? (
        <p class="faint">{labels.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">
                {labels.time} · {labels.post}
              </th>
              <th scope="col">{labels.verdict}</th>
              <th scope="col">{labels.reading}</th>
              <th scope="col">{labels.person}</th>
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <RecordRow key={`${record.device}/${record.n}`} record={record} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function RecordRow({ record }: { record: OpenedRecord }) {
  const { records: labels, kind, noCode, colour } = words.value;
  const { tenths, verdict, operator } = record;
  const isNote = verdict === 'note';
  const shown = [
    isNote ? undefined : kind[record.kind],
    record.noCode && noCode[record.noCode],
    record.colour && colour[record.colour],
    operator && labels.operator(operator),
  ].filter(Boolean);
  return (
    <tr data-record={record.n}>
      <td data-label={labels.time}>
        {moment(words.value, record.at)}
        <small>{record.post}</small>
      </td>
      <td data-label={labels.verdict}>
        {isNote ? <strong class="faint">{labels.note}</strong> : <VerdictWord verdict={verdict} />}
        <small>{reasonInWords(words.value, record.reason)}</small>
      </td>
      <td data-label={labels.reading} class="reading">
        {tenths !== null && celsius(tenths)}
        {tenths === null && !isNote && <span class="faint">{labels.notMeasured}</span>}
      </td>
      <td data-label={labels.person}>
        {record.person}
        <small>{shown.join(' · ')}</small>
      </td>
    </tr>
  );
}
