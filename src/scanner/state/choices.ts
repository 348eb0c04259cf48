import { type ReadonlySignal, signal } from '@preact/signals';
import type { TemperatureUnit } from '../../core/thermometer/celsius-tenths.ts';
import { readSettings, writeSetting } from '../../device/settings.ts';
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

const NAMES = ['language', 'camera', 'engine', 'wall', 'unit', 'pass-shown', 'voice'];

/** @param refused told what the disk says when it does not keep a choice: it holds in this run. */
export async function loadChoices(
  store: Store,
  refused: (fault: unknown) => void,
): Promise<Choices> {
  const [chosen, lens, reader, mounted, scale, time, sound] = await readSettings(store, NAMES);
  if (isLanguage(chosen)) language.value = chosen;
  const camera = signal(lens ?? '');
  const engine = signal<DecoderPreference>(reader === 'zxing-browser' ? reader : 'auto');
  const wall = signal(mounted === 'on');
  const unit = signal<TemperatureUnit>(scale === 'fahrenheit' ? scale : 'celsius');
  const passShown = signal(PASS_TIMES.includes(Number(time)) ? Number(time) : PASS_SHOWN);
  const voice = signal(sound !== 'off');
  const keep = (name: string, value: string) => {
    writeSetting(store, name, value).catch(refused);
  };
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
