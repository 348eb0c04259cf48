/** Chromium looks for its voices only once it is asked: before there is something to say. */
export function wakeVoices(): void {
  if ('speechSynthesis' in window) speechSynthesis.getVoices();
}

/**
 * Says a few words in a voice of the device itself: what is judged here is sent to nobody.
 * Whatever is being said gives way.
 *
 * @param language as in BCP 47, such as `zh-CN`.
 * @returns false where the device has no such voice.
 */
export function say(text: string, language: string): boolean {
  const voice = voiceFor(language);
  if (!voice) return false;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  speechSynthesis.cancel();
  speechSynthesis.speak(utterance);
  return true;
}

/** That of the region first: a voice of `zh-HK` speaks Cantonese. */
function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  if (!('speechSynthesis' in window)) return undefined;
  const voices = speechSynthesis.getVoices().filter(({ localService }) => localService);
  // Android writes zh_CN.
  const tag = (voice: SpeechSynthesisVoice) => voice.lang.replace('_', '-').toLowerCase();
  const [plain = ''] = language.toLowerCase().split('-');
  return (
    voices.find((voice) => tag(voice) === language.toLowerCase()) ??
    voices.find((voice) => tag(voice).split('-')[0] === plain && tag(voice) !== 'zh-hk')
  );
}
