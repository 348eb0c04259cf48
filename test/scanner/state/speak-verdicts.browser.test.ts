import { signal } from '@preact/signals';
import { afterEach, expect, test, vi } from 'vitest';
import { language } from '../../../src/scanner/i18n/index.ts';
import type { App } from '../../../src/scanner/state/app.ts';
import { speakVerdicts } from '../../../src/scanner/state/speak-verdicts.ts';
import { makePost } from './make-post.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('the first verdict is spoken, by a browser that looks for its voices when it is asked', async () => {
  language.value = 'zh';
  const said: string[] = [];
  const found = [{ lang: 'zh-CN', localService: true } as SpeechSynthesisVoice];
  vi.spyOn(speechSynthesis, 'getVoices').mockReturnValueOnce([]).mockReturnValue(found);
  vi.spyOn(speechSynthesis, 'speak').mockImplementation(({ text }) => void said.push(text));
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      constructor(readonly text: string) {}
    },
  );
  const post = makePost(() => 'red');
  speakVerdicts({ post, choices: { voice: signal(true) } } as unknown as App);
  await post.scanned('code');
  expect(said).toEqual(['止步']);
});
