import { type ReadonlySignal, signal } from '@preact/signals';
import type { TemperatureUnit } from '../../core/thermometer/celsius-tenths.ts';
import { readSetting, writeSetting } from '../../device/settings.ts';
import type { Store } from '../../device/store.ts';
import type { DecoderPreference } from '../capture/decoder.ts';
import { isLanguage, type Language, language } from '../i18n/index.ts';
import { PASS_SHOWN } from './post.ts';

/** What the staff chose on this device, kept over restarts. */
export interface Choices {
  /** A camera's deviceId; empty: the rear camera. */
  readonly camera: ReadonlySignal<string>;
  readonly engine: ReadonlySignal<DecoderPreference>;
  /** Whether this is a tablet on a wall, which people hold their codes before. */
  readonly wall: ReadonlySignal<boolean>;
  /** What the thermometer shows, and so what is typed. */
  readonly unit: ReadonlySignal<TemperatureUnit>;
  /** How long a pass stays on the screen, milliseconds. */
  readonly passShown: ReadonlySignal<number>;
  /** Whether verdicts are spoken. */
  readonly voice: ReadonlySignal<boolean>;
  chooseCamera(deviceId: string): void;
  chooseEngine(engine: DecoderPreference): void;
  chooseLanguage(language: Language): void;
  chooseWall(isWall: boolean): void;
  chooseUnit(unit: TemperatureUnit): void;
  choosePassShown(milliseconds: number): void;
  chooseVoice(isOn: boolean): void;
}

/** Milliseconds: long enough to be seen, short enough for a queue. */
export const PASS_TIMES: readonly number[] = [500, PASS_SHOWN, 1000, 1500, 2000, 3000];

export async function loadChoices(store: Store): Promise<Choices> {
  const chosen = await readSetting(store, 'language');
  if (isLanguage(chosen)) language.value = chosen;
  const camera = signal((await readSetting(store, 'camera')) ?? '');
  const engine = signal<DecoderPreference>(
    (await readSetting(store, 'engine')) === 'zxing-browser' ? 'zxing-browser' : 'auto',
  );
  const wall = signal((await readSetting(store, 'wall')) === 'on');
  const [chosenUnit, chosenTime, chosenVoice] = await Promise.all(
    ['unit', 'pass-shown', 'voice'].map((name) => readSetting(store, name)),
  );
  const unit = signal<TemperatureUnit>(chosenUnit === 'fahrenheit' ? chosenUnit : 'celsius');
  const time = Number(chosenTime);
  const passShown = signal(PASS_TIMES.includes(time) ? time : PASS_SHOWN);
  const voice = signal(chosenVoice !== 'off');
  const keep = (name: string, value: string) => void writeSetting(store, name, value);
  return {
    camera,
    engine,
    wall,
    unit,
    passShown,
    voice,
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
    chooseWall(isWall) {
      wall.value = isWall;
      keep('wall', isWall ? 'on' : 'off');
    },
    chooseUnit(name) {
      unit.value = name;
      keep('unit', name);
    },
    choosePassShown(milliseconds) {
      passShown.value = milliseconds;
      keep('pass-shown', String(milliseconds));
    },
    chooseVoice(isOn) {
      voice.value = isOn;
      keep('voice', isOn ? 'on' : 'off');
    },
  };
}
