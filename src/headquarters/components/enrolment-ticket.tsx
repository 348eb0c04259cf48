import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { useMemo, useState } from 'preact/hooks';
import type { HqEnrolmentResponse } from '../../core/protocol.ts';
import { moment, spanInWords } from '../i18n/format.ts';
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
      <LinkQr link={enrolment.link} label={enrol.qr} />
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

/** Light modules around a QR, without which readers miss it (ISO/IEC 18004). */
const QUIET_ZONE = 4;

function LinkQr({ link, label }: { link: string; label: string }) {
  const { size, path } = useMemo(() => {
    const bitmap = generate(link, { minCorrectionLevel: correction.M });
    return { size: bitmap.size, path: toSvgPath(bitmap) };
  }, [link]);
  const side = size + 2 * QUIET_ZONE;
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
      shape-rendering="crispEdges"
      data-qr-text={link}
    >
      <rect x={-QUIET_ZONE} y={-QUIET_ZONE} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
