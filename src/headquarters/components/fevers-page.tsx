import { useState } from 'preact/hooks';
import { FEVER_OUTCOMES, HqFevers } from '../../core/protocol/headquarters.ts';
import { moment } from '../../page/china-time.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { celsius, staffInWords, wordFor } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { MoreButton } from './more-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { usePages } from './use-pages.ts';

type Fever = HqFevers['entries'][number];

/** Who had a fever at a post, to be followed up. */
export function FeversPage({ headquarters }: { headquarters: Headquarters }) {
  const { entries, trouble, more, reload } = usePages(headquarters, '/hq/fevers', HqFevers);
  const [failed, setFailed] = useState<Trouble>();
  const { fevers: labels } = words.value;
  const settle = async ({ device, n }: Fever, outcome: string) => {
    setFailed(await headquarters.act(`/hq/fevers/${device}/${n}`, { outcome }, 'PUT'));
    await reload();
  };
  return (
    <section class="panel" data-panel="fevers">
      <h2>{labels.heading}</h2>
      <p class="faint">{labels.intro}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      {failed && <TroubleNotice trouble={failed} />}
      {entries?.length === 0 && <p class="faint">{labels.none}</p>}
      {entries && entries.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{labels.when}</th>
              <th scope="col">{labels.person}</th>
              <th scope="col">{labels.reading}</th>
              <th scope="col">{labels.outcome}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((fever) => (
              <FeverRow
                key={`${fever.device}/${fever.n}`}
                fever={fever}
                settle={(outcome) => void settle(fever, outcome)}
              />
            ))}
          </tbody>
        </table>
      )}
      <MoreButton more={more} />
    </section>
  );
}

function FeverRow({ fever, settle }: { fever: Fever; settle: (outcome: string) => void }) {
  const { fevers: labels, colour: colours } = words.value;
  const { post, at, person, tenths, symptoms, colour, outcome, by } = fever;
  return (
    <tr data-fever={fever.n}>
      <td data-label={labels.when}>
        {moment(words.value, at)}
        <small>{post}</small>
      </td>
      <td data-label={labels.person}>
        {person ?? '–'}
        <small>{colour && colours[colour]}</small>
      </td>
      <td data-label={labels.reading} class="reading">
        {tenths !== null && celsius(tenths)}
        <small>{symptoms.map((one) => wordFor(labels.symptom, one)).join(words.value.comma)}</small>
      </td>
      <td data-label={labels.outcome}>
        <select
          aria-label={labels.outcome}
          value={outcome ?? ''}
          onChange={({ currentTarget }) => settle(currentTarget.value)}
        >
          <option value="" disabled>
            {labels.open}
          </option>
          {FEVER_OUTCOMES.map((one) => (
            <option key={one} value={one}>
              {labels.word[one]}
            </option>
          ))}
        </select>
        {by !== null && <small>{labels.by(staffInWords(words.value, by))}</small>}
      </td>
    </tr>
  );
}
