import { useState } from 'preact/hooks';
import { type HqEnrolmentRequest, HqEnrolmentResponse } from '../../core/protocol/headquarters.ts';
import type { StationRole } from '../../core/protocol/station.ts';
import { moment } from '../../page/china-time.ts';
import { Qr } from '../../page/qr.tsx';
import type { Headquarters } from '../headquarters.ts';
import { LANGUAGES, words } from '../i18n/language.ts';
import { PrintButton } from './print-button.tsx';

interface Sheet extends HqEnrolmentRequest {
  readonly link: string;
  readonly expiresAt: number;
}

type State =
  | { readonly step: 'asking'; readonly problem?: string }
  | { readonly step: 'working' }
  | { readonly step: 'done'; readonly sheets: readonly Sheet[]; readonly asked: number };

/** Many enrolments at once, one printed sheet for each. */
export function EnrolmentSheets({ headquarters }: { headquarters: Headquarters }) {
  const [state, setState] = useState<State>({ step: 'asking' });
  const { sheets: labels, working } = words.value;
  const make = async (rows: readonly HqEnrolmentRequest[]) => {
    setState({ step: 'working' });
    const sheets: Sheet[] = [];
    for (const row of rows) {
      const made = await headquarters.make('/hq/enrolments', HqEnrolmentResponse, row);
      if (!made.ok) break;
      sheets.push({ ...row, ...made.value });
    }
    setState({ step: 'done', sheets, asked: rows.length });
  };
  return (
    <section class="panel" data-panel="sheets">
      <h2>{labels.heading}</h2>
      <p class="faint">{labels.intro}</p>
      {state.step === 'done' ? (
        <>
          {state.sheets.length < state.asked && (
            <p class="notice">{labels.broken(state.sheets.length, state.asked)}</p>
          )}
          <p class="actions">
            <PrintButton />
            <button type="button" class="button" onClick={() => setState({ step: 'asking' })}>
              {labels.again}
            </button>
          </p>
          <ul class="cards printed">
            {state.sheets.map((sheet) => (
              <PrintedSheet key={sheet.link} sheet={sheet} />
            ))}
          </ul>
        </>
      ) : (
        <form
          class="sheets-form"
          onSubmit={(event) => {
            event.preventDefault();
            const fields = new FormData(event.currentTarget);
            const rows = rowsIn(String(fields.get('rows')), Number(fields.get('days')));
            if (typeof rows === 'number') setState({ step: 'asking', problem: labels.bad(rows) });
            else void make(rows);
          }}
        >
          <label>
            {labels.rows}
            <textarea name="rows" rows={6} required placeholder={labels.example} />
          </label>
          <label>
            {labels.days}
            <input name="days" type="number" required min={1} max={30} defaultValue="7" />
          </label>
          {state.step === 'asking' && state.problem && (
            <p class="notice" role="alert">
              {state.problem}
            </p>
          )}
          <button type="submit" class="button primary" disabled={state.step === 'working'}>
            {state.step === 'working' ? working : labels.submit}
          </button>
        </form>
      )}
    </section>
  );
}

function PrintedSheet({ sheet: { post, area, role, link, expiresAt } }: { sheet: Sheet }) {
  const { enrol, sheets, role: roles } = words.value;
  return (
    <li class="card" data-sheet={post}>
      <p class="card-name">{post}</p>
      <p class="card-role">
        {roles[role]} · {area}
      </p>
      <Qr text={link} label={enrol.qr} />
      <p>{sheets.step}</p>
      <small>{words.value.badges.expires(moment(words.value, expiresAt))}</small>
    </li>
  );
}

/** @returns the number of the first line that is not clear, counted from 1. */
function rowsIn(text: string, days: number): HqEnrolmentRequest[] | number {
  const rows: HqEnrolmentRequest[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [post = '', area = '', named = '', ...rest] = line
      .split(/[,，;；\t]/)
      .map((part) => part.trim());
    const role = roleNamed(named);
    const isClear =
      post !== '' && post.length <= 128 && /^[1-9]\d{5}$/.test(area) && rest.length === 0;
    if (!isClear || !role) return i + 1;
    rows.push({ post, area, role, days });
  }
  return rows.length > 0 ? rows : 1;
}

/** In any of the languages, or as the protocol calls it. */
function roleNamed(word: string): StationRole | undefined {
  const roles: readonly StationRole[] = ['checkpoint', 'temperature'];
  return roles.find((role) =>
    [role, ...Object.values(LANGUAGES).map((one) => one.role[role].toLowerCase())].includes(
      word.toLowerCase(),
    ),
  );
}
