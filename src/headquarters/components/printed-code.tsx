import { useState } from 'preact/hooks';
import type { PrintedClaims } from '../../core/code/claims.ts';
import { greenUntil } from '../../core/code/green-until.ts';
import { codeFromText } from '../../core/code/text.ts';
import type { Areas } from '../../core/protocol/residents.ts';
import { CodeResponse } from '../../core/protocol/station.ts';
import { paperMoment } from '../../page/china-time.ts';
import { Qr } from '../../page/qr.tsx';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { COUNTER_WORDS, counterWords, inBoth } from '../i18n/counter.ts';
import { words } from '../i18n/language.ts';
import { PrintButton } from './print-button.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

interface Fetched {
  readonly text: string;
  readonly claims: PrintedClaims;
  /** Epoch seconds. */
  readonly until: number;
}

type State = { readonly step: 'asking'; readonly trouble?: Trouble } | { readonly step: 'working' };

/** The code of somebody without a phone, on one sheet of paper. */
export function PrintedCode(props: {
  readonly headquarters: Headquarters;
  readonly areas: Areas | undefined;
  readonly ticket: string;
  readonly lapsed: boolean;
}) {
  const { headquarters, areas, ticket, lapsed } = props;
  const [state, setState] = useState<State>({ step: 'asking' });
  const [fetched, setFetched] = useState<Fetched>();
  const { print: labels } = counterWords.value;
  const isOver = fetched !== undefined && fetched.until * 1000 <= Date.now();
  const get = async () => {
    setState({ step: 'working' });
    const said = await headquarters.ask('POST', '/codes', CodeResponse, { ticket });
    const code = said.ok ? openPrinted(said.value) : undefined;
    setFetched(code);
    if (code) setState({ step: 'asking' });
    else setState({ step: 'asking', trouble: said.ok ? 'failed' : said.reason });
  };
  return (
    <section class="part" data-part="print">
      <h3>{labels.heading}</h3>
      <p class="faint">{labels.intro}</p>
      {(lapsed || isOver) && <p class="notice">{labels.lapsed}</p>}
      {fetched ? (
        <>
          <p class="actions">
            <PrintButton />
          </p>
          <Sheet fetched={fetched} areas={areas} />
        </>
      ) : (
        <button
          type="button"
          class="button primary"
          data-fetch
          disabled={state.step === 'working'}
          onClick={get}
        >
          {state.step === 'working' ? words.value.working : labels.fetch}
        </button>
      )}
      {state.step === 'asking' && state.trouble && <TroubleNotice trouble={state.trouble} />}
    </section>
  );
}

/** @returns undefined for what is no printed code. */
function openPrinted({ text, validity }: CodeResponse): Fetched | undefined {
  const code = codeFromText(text);
  if (!code.ok || code.value.claims.kind !== 'printed') return undefined;
  const { claims } = code.value;
  return { text, claims, until: greenUntil(claims, validity) };
}

/** In both languages, since paper has no switch; and without a colour, which may change. */
function Sheet({ fetched, areas }: { fetched: Fetched; areas: Areas | undefined }) {
  const { text, claims, until } = fetched;
  const { name, area, guardian } = claims;
  const { sheet } = counterWords.value;
  const named = areas?.find(({ code }) => code === area);
  const lines = [
    [inBoth((words) => words.sheet.name), name],
    [inBoth((words) => words.sheet.guardian), guardian.name],
    [
      inBoth((words) => words.sheet.relationship),
      inBoth((words) => words.relationships[guardian.relationship]),
    ],
    [inBoth((words) => words.sheet.until), paperMoment(until)],
    [inBoth((words) => words.sheet.area), named ? `${named.zh} ${named.en}` : area],
  ] as const;
  return (
    <article class="sheet printed" data-code-sheet>
      <h4>{inBoth((words) => words.sheet.title)}</h4>
      <Qr text={text} label={sheet.qr(name)} />
      <dl>
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {Object.entries(COUNTER_WORDS).map(([lang, { sheet: said }]) => (
        <ol key={lang} lang={lang}>
          {said.instructions.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      ))}
    </article>
  );
}
