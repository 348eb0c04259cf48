import { type ReadonlySignal, signal } from '@preact/signals';

export interface Battery {
  /** 0 to 100. */
  readonly percent: number;
  readonly charging: boolean;
}

/** Battery Status API: not in every browser, and so not in TypeScript's library. */
interface BatteryManager extends EventTarget {
  readonly level: number;
  readonly charging: boolean;
}

/** How full the battery is; undefined where the browser does not tell. */
export function watchBattery(
  browser: Navigator & { getBattery?(): Promise<BatteryManager> } = navigator,
): ReadonlySignal<Battery | undefined> {
  const battery = signal<Battery>();
  const follow = (manager: BatteryManager) => {
    const look = () => {
      const { level, charging } = manager;
      battery.value = { percent: Math.round(level * 100), charging };
    };
    for (const change of ['levelchange', 'chargingchange']) manager.addEventListener(change, look);
    look();
  };
  // Some embedded pages are refused: then there is nothing to tell.
  browser.getBattery?.().then(follow, () => {});
  return battery;
}
