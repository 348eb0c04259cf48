import { useEffect, useState } from 'preact/hooks';
import { fileIn } from '../capture/picture.ts';
import { NoticeBanner } from '../components/notice-banner.tsx';
import { Viewfinder } from '../components/viewfinder.tsx';
import { words } from '../i18n/index.ts';
import type { App } from '../state/app.ts';
import { navigate } from '../state/route.ts';
import { lazyPages } from './load-lazy.ts';

/** The camera, and the other ways in: a picture by file, paste or drop, and no code at all. */
export function ScanPage({ app, looking }: { app: App; looking: boolean }) {
  const { scan, decoderFailed } = words.value;
  const { intake } = app;
  const [dropping, setDropping] = useState(false);
  const decoder = app.engines.decoder.value;
  const pages = lazyPages();
  const isAsking = app.desk.asking.value !== undefined;

  // On the whole window: a picture dropped on a verdict would take the app's place.
  useEffect(() => {
    const listening = new AbortController();
    const on = <Name extends 'paste' | 'dragover' | 'dragleave' | 'drop'>(
      name: Name,
      take: (event: WindowEventMap[Name]) => void,
    ) => window.addEventListener(name, take, { signal: listening.signal });
    on('paste', ({ clipboardData }) => intake.picture(fileIn(clipboardData)));
    on('dragover', (event) => {
      event.preventDefault();
      setDropping(true);
    });
    on('dragleave', () => setDropping(false));
    on('drop', (event) => {
      event.preventDefault();
      setDropping(false);
      void intake.picture(fileIn(event.dataTransfer));
    });
    return () => listening.abort();
  }, [intake]);

  return (
    <main class={dropping ? 'scan dropping' : 'scan'} inert={!looking}>
      <h1 class="unseen">{words.value.appName}</h1>
      {decoder.state === 'failed' && <p class="banner">{decoderFailed}</p>}
      <Viewfinder
        decoder={decoder.state === 'ready' ? decoder.decoder : undefined}
        looking={looking}
        deviceId={app.choices.camera.value || undefined}
        aim={isAsking ? '' : scan.aim}
        onText={intake.seen}
      />
      {looking && <NoticeBanner notice={intake.notice.value} />}
      {isAsking && pages ? (
        <pages.BadgeAsked desk={app.desk} />
      ) : (
        <>
          {pages && <pages.ScanTools app={app} />}
          <Actions app={app} />
        </>
      )}
    </main>
  );
}

function Actions({ app: { desk, intake } }: { app: App }) {
  const { scan } = words.value;
  const shift = desk.shift.value;
  return (
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
            void intake.picture(currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </label>
      <button type="button" data-shift={shift?.badge ?? ''} onClick={() => navigate('/shift')}>
        {shift ? (shift.name ?? shift.badge) : scan.shift}
      </button>
    </div>
  );
}
