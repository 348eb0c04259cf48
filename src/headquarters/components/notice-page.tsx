import { useState } from 'preact/hooks';
import type { Policy } from '../../core/documents/policy.ts';
import { HqNotice, HqPreview } from '../../core/protocol/headquarters.ts';
import { moment } from '../../page/china-time.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';
import { words } from '../i18n/language.ts';
import { faultsIn, isSame } from '../policy-draft.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { PolicyFields } from './policy-fields.tsx';
import { PreviewResult } from './preview-result.tsx';
import { TroubleNotice } from './trouble-notice.tsx';
import { useAnswer } from './use-answer.ts';

interface Props {
  readonly headquarters: Headquarters;
  readonly mayPublish: boolean;
}

/** The rules that the bulletin carries: edited, tried on yesterday, and published. */
export function NoticePage({ headquarters, mayPublish }: Props) {
  const { answer, trouble, reload } = useAnswer(headquarters, '/hq/notice', HqNotice);
  return (
    <>
      {trouble && <TroubleNotice trouble={trouble} />}
      {answer && (
        <Editor
          key={answer.digest}
          headquarters={headquarters}
          notice={answer}
          mayPublish={mayPublish}
          reload={reload}
        />
      )}
    </>
  );
}

function Editor(props: Props & { notice: HqNotice; reload: () => Promise<void> }) {
  const { headquarters, notice, mayPublish, reload } = props;
  const [draft, setDraft] = useState<Policy>(notice.policy);
  const [preview, setPreview] = useState<HqPreview>();
  const [failed, setFailed] = useState<Trouble>();
  const { notice: labels } = words.value;
  const faults = faultsIn(draft);
  const changed = !isSame(draft, notice.policy);
  const edit = (next: Policy) => {
    setDraft(next);
    setPreview(undefined);
  };
  const show = async () => {
    const body = { policy: draft };
    const said = await headquarters.ask('POST', '/hq/notice/preview', HqPreview, body);
    setFailed(said.ok ? undefined : said.reason);
    if (said.ok) setPreview(said.value);
  };
  const publish = async () => {
    const body = { policy: draft, replaces: notice.digest };
    const said = await headquarters.ask('PUT', '/hq/notice', HqNotice, body);
    if (!said.ok) return said.reason;
    await reload();
    return undefined;
  };
  const named: Readonly<Record<string, string>> = labels.field;
  return (
    <div class="console even">
      <section class="panel" data-panel="notice">
        <h2>{labels.heading}</h2>
        <p class="faint" data-notice-out={notice.bulletinAt !== null}>
          {notice.bulletinAt === null
            ? labels.soon
            : labels.out(moment(words.value, notice.bulletinAt))}
        </p>
        <PolicyFields draft={draft} faults={faults} onChange={edit} />
      </section>
      <div class="following">
        <section class="panel" data-panel="publish">
          <div role="status">
            {faults.length > 0 && (
              <p class="notice" data-faults={faults.join(' ')}>
                {labels.wrong(faults.map((field) => named[field] ?? field).join(words.value.comma))}
              </p>
            )}
            {changed && <p>{labels.changed}</p>}
          </div>
          <p class="actions">
            <button
              type="button"
              class="button"
              data-preview
              disabled={faults.length > 0}
              onClick={() => void show()}
            >
              {labels.preview}
            </button>
            {changed && (
              <button
                type="button"
                class="button"
                data-reset
                onClick={async () => {
                  edit(notice.policy);
                  await reload();
                }}
              >
                {labels.reset}
              </button>
            )}
            {mayPublish && (
              <ConfirmButton
                primary
                name="publish"
                labels={labels.publish}
                disabled={!changed || faults.length > 0}
                act={publish}
              />
            )}
          </p>
          {failed && <TroubleNotice trouble={failed} />}
        </section>
        {preview && <PreviewResult preview={preview} />}
      </div>
    </div>
  );
}
