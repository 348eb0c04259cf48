import { expect, test, vi } from 'vitest';
import { watchBattery } from '../../../src/scanner/state/battery.ts';

test('the battery is told as it drains and is charged, and is not where the browser says nothing', async () => {
  const manager = Object.assign(new EventTarget(), { level: 0.184, charging: false });
  const battery = watchBattery(
    Object.assign(Object.create(navigator), { getBattery: async () => manager }),
  );
  await vi.waitFor(() => expect(battery.value).toEqual({ percent: 18, charging: false }));
  Object.assign(manager, { level: 0.2, charging: true });
  manager.dispatchEvent(new Event('chargingchange'));
  expect(battery.value).toEqual({ percent: 20, charging: true });

  const silent = Object.assign(Object.create(navigator), { getBattery: undefined });
  expect(watchBattery(silent).value).toBeUndefined();
});
