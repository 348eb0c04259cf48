import { afterEach, expect, test, vi } from 'vitest';
import { say } from '../../../src/scanner/feedback/speech.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A device with these voices: what it is told to say. */
function withVoices(...voices: readonly [lang: string, localService: boolean][]) {
  const said: (readonly [text: string, lang: string])[] = [];
  vi.spyOn(speechSynthesis, 'getVoices').mockReturnValue(
    voices.map(([lang, localService]) => ({ lang, localService }) as SpeechSynthesisVoice),
  );
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      voice?: { readonly lang: string };
      constructor(readonly text: string) {}
    },
  );
  vi.spyOn(speechSynthesis, 'speak').mockImplementation(({ text, voice }) => {
    said.push([text, voice?.lang ?? '']);
  });
  return said;
}

test('a voice of the device speaks the language of the screen', () => {
  const said = withVoices(['en-US', true], ['zh-CN', true]);
  expect(say('通行', 'zh-CN')).toBe(true);
  expect(say('PASS', 'en-US')).toBe(true);
  expect(said).toEqual([
    ['通行', 'zh-CN'],
    ['PASS', 'en-US'],
  ]);
});

test('a voice that is somewhere else on the network is never asked', () => {
  const said = withVoices(['zh-CN', false]);
  expect(say('通行', 'zh-CN')).toBe(false);
  expect(said).toEqual([]);
});

test('Android writes the region otherwise, and Britain speaks English too', () => {
  const said = withVoices(['zh_CN', true], ['en-GB', true]);
  say('通行', 'zh-CN');
  say('PASS', 'en-US');
  expect(said.map(([, lang]) => lang)).toEqual(['zh_CN', 'en-GB']);
});

test('Cantonese is not Mandarin', () => {
  withVoices(['zh-HK', true]);
  expect(say('通行', 'zh-CN')).toBe(false);
});

test('what is being said gives way to the next verdict', () => {
  withVoices(['zh-CN', true]);
  const cancel = vi.spyOn(speechSynthesis, 'cancel');
  say('止步', 'zh-CN');
  expect(cancel).toHaveBeenCalledOnce();
});
