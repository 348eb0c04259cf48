import { useEffect, useState } from 'preact/hooks';
import { FRONT_CAMERA, listCameras } from '../capture/camera.ts';
import { Carry } from '../components/carry.tsx';
import { FeedbackChoice } from '../components/feedback-choice.tsx';
import { Install } from '../components/install.tsx';
import { ReaderChoice } from '../components/reader-choice.tsx';
import { Supervised } from '../components/supervised.tsx';
import { ThermometerChoice } from '../components/thermometer-choice.tsx';
import { LANGUAGES, type Language, language } from '../i18n/index.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { navigate } from '../state/route.ts';
import { update } from '../state/update.ts';

/** What can be chosen, and records by hand. */
export function SettingsPage({ app }: { app: App }) {
  const { settings } = lazyWords.value;
  const { enrol } = lazyWords.value;
  const { enrolment } = app.station.holdings.value;
  return (
    <main class="settings">
      <h1>{settings.title}</h1>
      <section>
        <h2>{settings.station}</h2>
        <p class="row">
          <b>{enrolment?.post.name ?? enrol.notEnrolled}</b>
          <span>{enrolment && lazyWords.value.role[app.station.role.value]}</span>
        </p>
      </section>
      <Carry app={app} />
      <Choices app={app} />
      <Install />
      <section>
        <h2>{settings.version}</h2>
        <p>{__APP_VERSION__}</p>
        {update.value && (
          <button
            type="button"
            class="primary"
            disabled={!app.atRest.value}
            onClick={() => update.value?.()}
          >
            {settings.update}
          </button>
        )}
        {update.value && app.desk.shift.value && (
          <p class="hint">{lazyWords.value.shift.updateLater}</p>
        )}
      </section>
      <Supervised app={app}>
        <EngineChoice app={app} />
        <button type="button" onClick={() => navigate('/enrol')}>
          {enrolment ? settings.enrolAgain : settings.enrol}
        </button>
      </Supervised>
      <button type="button" class="primary" onClick={() => navigate('/')}>
        {settings.back}
      </button>
    </main>
  );
}

function EngineChoice({ app }: { app: App }) {
  const { settings } = lazyWords.value;
  const decoder = app.engines.decoder.value;
  return (
    <>
      <label>
        <span class="title">{settings.engine}</span>
        <select
          value={app.choices.engine.value}
          onChange={({ currentTarget }) =>
            app.choices.chooseEngine(currentTarget.value === 'auto' ? 'auto' : 'zxing-browser')
          }
        >
          <option value="auto">{settings.engineAuto}</option>
          <option value="zxing-browser">@zxing/browser</option>
        </select>
      </label>
      {decoder.state === 'ready' && <p class="hint">{settings.running(decoder.decoder.engine)}</p>}
    </>
  );
}

function Choices({ app }: { app: App }) {
  const { settings } = lazyWords.value;
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    listCameras().then(setCameras);
  }, []);
  return (
    <section>
      <h2>{settings.language}</h2>
      <div class="tabs">
        {(Object.keys(LANGUAGES) as Language[]).map((name) => (
          <button
            type="button"
            key={name}
            lang={name}
            aria-pressed={language.value === name}
            onClick={() => app.choices.chooseLanguage(name)}
          >
            {LANGUAGES[name].name}
          </button>
        ))}
      </div>
      <label>
        <span class="title">{settings.camera}</span>
        <select
          value={app.choices.camera.value}
          onChange={({ currentTarget }) => app.choices.chooseCamera(currentTarget.value)}
        >
          <option value="">{settings.cameraDefault}</option>
          <option value={FRONT_CAMERA}>{settings.cameraFront}</option>
          {cameras.map(({ deviceId, label }) => (
            <option key={deviceId} value={deviceId}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <ReaderChoice intake={app.intake} />
      <ThermometerChoice app={app} />
      <FeedbackChoice app={app} />
    </section>
  );
}
