import { useEffect, useState } from 'preact/hooks';
import { freshnessOf, SOURCES } from '../../core/documents/freshness.ts';
import { FRONT_CAMERA, listCameras } from '../capture/camera.ts';
import { Carry } from '../components/carry.tsx';
import { Persistence } from '../components/persistence.tsx';
import { ReaderChoice } from '../components/reader-choice.tsx';
import {
  ageInWords,
  clockInWords,
  LANGUAGES,
  type Language,
  language,
  words,
} from '../i18n/index.ts';
import type { App } from '../state/app.ts';
import { navigate } from '../state/route.ts';
import { update } from '../state/update.ts';

/** What this device holds, what waits, and what can be chosen. */
export function SettingsPage({ app }: { app: App }) {
  const { settings, enrol } = words.value;
  const { enrolment } = app.station.holdings.value;
  return (
    <main class="settings">
      <h1>{settings.title}</h1>
      <section>
        <h2>{settings.station}</h2>
        <p class="row">
          <b>{enrolment?.post.name ?? enrol.notEnrolled}</b>
          <span>{enrolment && words.value.role[enrolment.role]}</span>
        </p>
      </section>
      <Waiting app={app} />
      <Carry app={app} />
      <Documents app={app} />
      <Choices app={app} />
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
        <button type="button" onClick={() => navigate('/enrol')}>
          {enrolment ? settings.enrolAgain : settings.enrol}
        </button>
      </section>
      <button type="button" class="primary" onClick={() => navigate('/')}>
        {settings.back}
      </button>
    </main>
  );
}

function Waiting({ app: { station } }: { app: App }) {
  const { settings, outbox } = words.value;
  const { count, oldestAt } = station.waiting.value;
  const state = station.outbox.value;
  const busy = state.phase === 'loading' || state.phase === 'sending';
  return (
    <section>
      <h2>{settings.waiting}</h2>
      <p class="row">
        <b>{count}</b>
        <span>
          {oldestAt !== undefined &&
            settings.waitingSince(ageInWords(words.value, station.now.value - oldestAt))}
        </span>
      </p>
      {state.phase === 'halted' && <p class="warning">{outbox[state.problem]}</p>}
      {state.phase === 'waiting' && <p class="hint">{outbox[state.cause]}</p>}
      <button type="button" disabled={busy} onClick={station.sync}>
        {busy ? settings.syncing : settings.sync}
      </button>
      {!station.online.value && state.phase !== 'waiting' && <p class="hint">{settings.offline}</p>}
      <Persistence />
    </section>
  );
}

function Documents({ app: { station } }: { app: App }) {
  const { settings, source: names, level } = words.value;
  const known = station.known.value;
  const { ages, policy } = known;
  const clock = clockInWords(words.value, known, station.clock.offset());
  const levels = freshnessOf(ages, policy);
  return (
    <section>
      <h2>{settings.documents}</h2>
      {SOURCES.map((source) => {
        const age = ages[source];
        const state = levels[source];
        return (
          <p class="row" key={source} data-source={source} data-freshness={state}>
            <b>{names[source]}</b>
            <span class={state === 'fresh' || state === 'ageing' ? '' : 'warning'}>
              {age === undefined
                ? settings.missing
                : `${level[state]} · ${settings.ago(ageInWords(words.value, age))}`}
            </span>
          </p>
        );
      })}
      <p class="row">
        <b>{settings.clock}</b>
        <span class={clock === undefined ? '' : 'warning'}>{clock ?? settings.clockFine}</span>
      </p>
      {clock !== undefined && <p class="hint">{words.value.reason['clock-behind'].next}</p>}
    </section>
  );
}

function Choices({ app }: { app: App }) {
  const { settings, verdict } = words.value;
  const [cameras, setCameras] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    listCameras().then(setCameras);
  }, []);
  const decoder = app.engines.decoder.value;
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
            {LANGUAGES[name]}
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
      <ReaderChoice intake={app.intake} />
      <h2>{settings.sound}</h2>
      <div class="sounds">
        {(['pass', 'stop', 'measure', 'unverified'] as const).map((kind) => (
          <button type="button" key={kind} onClick={() => app.announce(kind)}>
            {verdict[kind]}
          </button>
        ))}
      </div>
    </section>
  );
}
