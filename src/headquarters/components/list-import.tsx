import { useRef, useState } from 'preact/hooks';
import {
  HqImport,
  HqImports,
  LISTS,
  MAX_LIST_BYTES,
  WrongLines,
} from '../../core/protocol/headquarters-residents.ts';
import { moment } from '../../page/china-time.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { staffInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';
import { MoreButton } from './more-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { usePages } from './use-pages.ts';

type State =
  | {
      readonly step: 'asking';
      readonly trouble?: Trouble;
      readonly wrong?: WrongLines;
      readonly tooLarge?: boolean;
    }
  | { readonly step: 'working' }
  | { readonly step: 'done'; readonly imported: HqImport };

/** Case, contact and fever lists as CSV: whole or not at all, with the mistakes by line. */
export function ListImport({ headquarters }: { headquarters: Headquarters }) {
  const { entries, trouble, more, reload } = usePages(headquarters, '/hq/lists', HqImports);
  const [state, setState] = useState<State>({ step: 'asking' });
  const [kind, setKind] = useState<(typeof LISTS)[number]>('contact');
  const input = useRef<HTMLInputElement>(null);
  const { lists: labels } = words.value;
  const take = async (file: File | undefined) => {
    if (!file || state.step === 'working') return;
    // A server that is sent too much hangs up, which looks like no network.
    if (file.size > MAX_LIST_BYTES) {
      setState({ step: 'asking', tooLarge: true });
      return;
    }
    setState({ step: 'working' });
    const csv = new Blob([file], { type: 'text/csv' });
    const said = await headquarters.upload(`/hq/lists/${kind}`, csv, HqImport, WrongLines);
    if (said.ok) setState({ step: 'done', imported: said.value });
    else if (said.reason === 'wrong-file') setState({ step: 'asking', wrong: said.wrong });
    else setState({ step: 'asking', trouble: said.reason });
    await reload();
  };
  return (
    <section class="panel" data-panel="lists">
      <h2>{labels.heading}</h2>
      <p class="faint">{labels.intro}</p>
      <label>
        {labels.kind}
        <select
          name="kind"
          value={kind}
          onChange={({ currentTarget }) =>
            setKind(LISTS.find((one) => one === currentTarget.value) ?? kind)
          }
        >
          {LISTS.map((one) => (
            <option key={one} value={one}>
              {labels.word[one]}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="button primary"
        disabled={state.step === 'working'}
        onClick={() => input.current?.click()}
      >
        {state.step === 'working' ? labels.working : labels.choose}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={labels.choose}
        accept=".csv,text/csv"
        onChange={({ currentTarget }) => {
          void take(currentTarget.files?.[0]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      <div role="status" data-import={state.step}>
        {state.step === 'done' && (
          <p>{labels.done(state.imported.entries, state.imported.matched)}</p>
        )}
        {state.step === 'asking' && state.wrong && <Mistakes wrong={state.wrong} />}
        {state.step === 'asking' && state.tooLarge && <p class="notice">{labels.tooLarge}</p>}
      </div>
      {state.step === 'asking' && state.trouble && <TroubleNotice trouble={state.trouble} />}
      <h3>{labels.newest}</h3>
      {trouble && <TroubleNotice trouble={trouble} />}
      {entries?.length === 0 && <p class="faint">{labels.none}</p>}
      <ul class="documents">
        {entries?.map((one) => (
          <li key={`${one.kind}/${one.at}`}>
            <strong>{labels.word[one.kind]}</strong>
            <span>{labels.done(one.entries, one.matched)}</span>
            <small>
              {moment(words.value, one.at)} · {labels.by(staffInWords(words.value, one.by))}
            </small>
          </li>
        ))}
      </ul>
      <MoreButton more={more} />
    </section>
  );
}

function Mistakes({ wrong: { errors, errorCount } }: { wrong: WrongLines }) {
  const { lists: labels } = words.value;
  return (
    <div class="notice" data-mistakes={errorCount}>
      <p>{labels.wrong(errorCount)}</p>
      <ul>
        {errors.map(({ line, error }) => (
          <li key={`${line}/${error}`}>{labels.line(line, labels.error[error])}</li>
        ))}
      </ul>
      {errorCount > errors.length && <p>{labels.more(errorCount - errors.length)}</p>}
    </div>
  );
}
