import { effect } from '@preact/signals';
import type { VerdictKind } from '../../core/verdict/reasons.ts';
import { say, wakeVoices } from '../feedback/speech.ts';
import { LANGUAGES, language, words } from '../i18n/index.ts';
import type { Outcome } from '../pipeline.ts';
import type { App } from './app.ts';

/**
 * One word only: the queue hears it, and why somebody is stopped is not theirs to know.
 *
 * @returns false where the device has no voice for the language of the screen.
 */
export function speak(verdict: VerdictKind): boolean {
  return say(words.peek().verdict[verdict], LANGUAGES[language.peek()].tag);
}

export function speakVerdicts({ post, choices }: App): void {
  let spoken: Outcome | undefined;
  wakeVoices();
  effect(() => {
    const { value: scene } = post.scene;
    if (scene.name === 'scan' || scene.outcome === spoken) return;
    spoken = scene.outcome;
    if (choices.voice.peek()) speak(scene.outcome.verdict.verdict);
  });
}
