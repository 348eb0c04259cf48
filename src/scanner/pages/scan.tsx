import { useEffect, useRef, useState } from 'preact/hooks';
import { codeFromText } from '../../core/code/text.ts';
import { isEnrolmentLink } from '../../core/enrolment.ts';
import { fileIn, readPicture } from '../capture/picture.ts';
import { listenToWedge } from '../capture/wedge.ts';
import { type OnText, Viewfinder } from '../components/viewfinder.tsx';
import { words } from '../i18n/index.ts';
import type { App } from '../state/app.ts';
import { navigate } from '../state/route.ts';

type Notice = 'reading' | 'notAPicture' | 'noQr' | 'enrolmentLink';

/** The camera, and the other ways in: a picture by file, paste or drop, and no code at all. */
export function ScanPage({ app, looking }: { app: App; looking: boolean }) {
  const { scan, decoderFailed } = words.value;
  const [notice, setNotice] = useState<Notice>();
  const [dropping, setDropping] = useState(false);
  const decoder = app.engines.decoder.value;

  const onText: OnText = async (text, isNew) => {
    setNotice(undefined);
    if (!isEnrolmentLink(text)) return app.post.scanned(text, isNew);
    // Enrolling is the staff's own act: a resident's QR must not move this device elsewhere.
    setNotice('enrolmentLink');
    return true;
  };
  const take = async (file: File | undefined) => {
    if (!file) return;
    setNotice('reading');
    // Without an engine the screen says so already.
    const engine = await app.engines.ready().catch(() => undefined);
    if (!engine) {
      setNotice(undefined);
      return;
    }
    const text = await readPicture(file, engine);
    if (text.ok) await onText(text.value, () => true);
    else setNotice(text.reason === 'no-qr' ? 'noQr' : 'notAPicture');
  };

  const typed = useRef(onText);
  typed.current = onText;
  useEffect(() => {
    if (!looking) return undefined;
    return listenToWedge(isWhole, (text) => typed.current(text, () => true));
  }, [looking]);

  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => void take(fileIn(clipboardData));
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  });

  return (
    <main
      class={dropping ? 'scan dropping' : 'scan'}
      inert={!looking}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={(event) => {
        event.preventDefault();
        setDropping(false);
        void take(fileIn(event.dataTransfer));
      }}
    >
      <h1 class="unseen">{words.value.appName}</h1>
      {decoder.state === 'failed' && <p class="banner">{decoderFailed}</p>}
      <Viewfinder
        decoder={decoder.state === 'ready' ? decoder.decoder : undefined}
        looking={looking}
        deviceId={app.choices.camera.value || undefined}
        aim={scan.aim}
        onText={onText}
      />
      {notice && (
        <p class="banner" role="alert">
          {scan[notice]}
        </p>
      )}
      <div class="actions">
        <button type="button" onClick={() => navigate('/no-code')}>
          {scan.noCode}
        </button>
        <label>
          {scan.picture}
          <input
            type="file"
            accept="image/*"
            onChange={({ currentTarget }) => {
              void take(currentTarget.files?.[0]);
              currentTarget.value = '';
            }}
          />
        </label>
      </div>
    </main>
  );
}

/** Only a code that begins and does not end yet has more to come. */
function isWhole(text: string): boolean {
  const code = codeFromText(text);
  return code.ok || code.reason !== 'damaged';
}
