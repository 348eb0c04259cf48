import { useState } from 'preact/hooks';
import type { HqEnrolmentResponse } from '../../core/protocol/headquarters.ts';
import { moment } from '../../page/china-time.ts';
import { Qr } from '../../page/qr.tsx';
import { spanInWords } from '../i18n/format.ts';
import { words } from '../i18n/language.ts';

/** The one-time link, to be scanned from this screen or sent to the post. */
export function EnrolmentTicket(props: {
  post: string;
  enrolment: HqEnrolmentResponse;
  now: number;
}) {
  const { post, enrolment, now } = props;
  const [copied, setCopied] = useState(false);
  const { enrol } = words.value;
  const left = spanInWords(words.value, enrolment.expiresAt - now);
  const copy = async () => {
    await navigator.clipboard.writeText(enrolment.link);
    setCopied(true);
  };
  return (
    <div class="ticket" role="status">
      <strong>{post}</strong>
      <p>{enrol.scan}</p>
      <Qr text={enrolment.link} label={enrol.qr} />
      <p class="faint">{enrol.expires(moment(words.value, enrolment.expiresAt), left)}</p>
      <a class="link" href={enrolment.link} target="_blank" rel="noreferrer">
        {enrolment.link}
      </a>
      {/* Over plain http a browser offers no clipboard; the link can be marked by hand. */}
      {window.isSecureContext && (
        <button type="button" class="button" onClick={copy}>
          {copied ? enrol.copied : enrol.copy}
        </button>
      )}
    </div>
  );
}
