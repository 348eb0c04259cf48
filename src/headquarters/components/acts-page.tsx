import { useState } from 'preact/hooks';
import { HqActs } from '../../core/protocol/headquarters.ts';
import { moment } from '../../page/china-time.ts';
import { saveFile } from '../../page/save-file.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { actInWords, staffInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { MoreButton } from './more-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { usePages } from './use-pages.ts';

/** What headquarters did, newest first, a page at a time; all of it as CSV. */
export function ActsPage({ headquarters }: { headquarters: Headquarters }) {
  const { entries, trouble, more } = usePages(headquarters, '/hq/acts', HqActs);
  const [notSaved, setNotSaved] = useState<Trouble>();
  const { acts: labels } = words.value;
  const save = async () => {
    const file = await headquarters.download('/hq/acts.csv');
    setNotSaved(file.ok ? undefined : file.reason);
    if (file.ok) saveFile('kakou-acts.csv', file.value);
  };
  const failed = trouble ?? notSaved;
  return (
    <section class="panel" data-panel="acts">
      <h2>{labels.heading}</h2>
      <p class="faint">{labels.intro}</p>
      <p class="actions">
        <button type="button" class="button" data-save onClick={() => void save()}>
          {labels.save}
        </button>
      </p>
      {failed && <TroubleNotice trouble={failed} />}
      {entries?.length === 0 && <p class="faint">{labels.none}</p>}
      {entries && entries.length > 0 && <ActTable acts={entries} />}
      <MoreButton more={more} />
    </section>
  );
}

function ActTable({ acts }: { acts: readonly HqActs['entries'][number][] }) {
  const { acts: labels } = words.value;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{labels.when}</th>
          <th scope="col">{labels.who}</th>
          <th scope="col">{labels.what}</th>
          <th scope="col">{labels.facts}</th>
        </tr>
      </thead>
      <tbody>
        {acts.map(({ id, at, name, act, target, facts, refused }) => (
          <tr key={id} data-act-row={act}>
            <td data-label={labels.when}>{moment(words.value, at)}</td>
            <td data-label={labels.who}>{staffInWords(words.value, name)}</td>
            <td data-label={labels.what}>
              {actInWords(words.value, act)}
              {refused !== null && <span class="problem">⚠ {labels.refused(refused)}</span>}
            </td>
            <td data-label={labels.facts} class="facts">
              {target !== '' && <code>{target}</code>}
              {Object.keys(facts).length > 0 && <small>{JSON.stringify(facts)}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
