import { useState } from 'preact/hooks';
import { words } from '../i18n/index.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { PASS_TIMES } from '../state/choices.ts';
import { speak } from '../state/speak-verdicts.ts';

/** How a verdict is told: each can be tried as it sounds, feels and is spoken. */
export function FeedbackChoice({ app }: { app: App }) {
  const { verdict } = words.value;
  const { feedback, settings } = lazyWords.value;
  const { choices } = app;
  const [mute, setMute] = useState(false);
  return (
    <>
      <h2>{settings.sound}</h2>
      <div class="sounds">
        {(['pass', 'stop', 'measure', 'unverified'] as const).map((kind) => (
          <button
            type="button"
            key={kind}
            data-signal={kind}
            onClick={() => {
              app.announce(kind);
              setMute(choices.voice.value && !speak(kind));
            }}
          >
            {verdict[kind]}
          </button>
        ))}
      </div>
      <span class="title">{feedback.voice}</span>
      <div class="tabs">
        {[true, false].map((on) => (
          <button
            type="button"
            key={String(on)}
            data-voice={on ? 'on' : 'off'}
            aria-pressed={on === choices.voice.value}
            onClick={() => choices.chooseVoice(on)}
          >
            {on ? feedback.on : feedback.off}
          </button>
        ))}
      </div>
      {mute && <p class="hint">{feedback.noVoice}</p>}
      <label>
        <span class="title">{feedback.passShown}</span>
        <select
          value={String(choices.passShown.value)}
          onChange={({ currentTarget }) => choices.choosePassShown(Number(currentTarget.value))}
        >
          {PASS_TIMES.map((time) => (
            <option key={time} value={String(time)}>
              {feedback.seconds((time / 1000).toFixed(1))}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
