import { type ReadonlySignal, signal } from '@preact/signals';
import { readSetting, writeSetting } from '../../device/settings.ts';
import type { Store } from '../../device/store.ts';
import type { DecoderPreference } from '../capture/decoder.ts';
import { isLanguage, type Language, language } from '../i18n/index.ts';

/** What the staff chose on this device, kept over restarts. */
export interface Choices {
  /** A camera's deviceId; empty: the rear camera. */
  readonly camera: ReadonlySignal<string>;
  readonly engine: ReadonlySignal<DecoderPreference>;
  chooseCamera(deviceId: string): void;
  chooseEngine(engine: DecoderPreference): void;
  chooseLanguage(language: Language): void;
}

export async function loadChoices(store: Store): Promise<Choices> {
  const chosen = await readSetting(store, 'language');
  if (isLanguage(chosen)) language.value = chosen;
  const camera = signal((await readSetting(store, 'camera')) ?? '');
  const engine = signal<DecoderPreference>(
    (await readSetting(store, 'engine')) === 'zxing-browser' ? 'zxing-browser' : 'auto',
  );
  const keep = (name: string, value: string) => void writeSetting(store, name, value);
  return {
    camera,
    engine,
    chooseCamera(deviceId) {
      camera.value = deviceId;
      keep('camera', deviceId);
    },
    chooseEngine(name) {
      engine.value = name;
      keep('engine', name);
    },
    chooseLanguage(name) {
      language.value = name;
      keep('language', name);
    },
  };
}
