import type { BodySite } from '../../core/documents/policy.ts';
import { accept, type Result } from '../../core/result.ts';
import {
  HEALTH_THERMOMETER,
  type MeasurementRefusal,
  parseTemperatureMeasurement,
  siteOfType,
  TEMPERATURE_MEASUREMENT,
  TEMPERATURE_TYPE,
  type TemperatureMeasurement,
} from '../../core/thermometer/temperature-measurement.ts';

/**
 * - `none`: none was chosen
 * - `off`: Bluetooth is switched off, or this device has none
 * - `away`: one was chosen, and is looked for: most sleep until they have measured
 * - `ready`: connected; what it measures comes by itself
 *
 *     none --choose--> away --it is heard--> ready --it falls silent--> away
 *       ^------------------------ forget --------------------------------'
 */
export type ThermometerState = 'none' | 'off' | 'away' | 'ready';

export interface ThermometerListener {
  /** Called with each change. */
  onState(state: ThermometerState): void;
  onMeasurement(measurement: Result<TemperatureMeasurement, MeasurementRefusal>): void;
}

/** A thermometer with the Health Thermometer Service: chosen once, it comes back by itself. */
export interface Thermometer {
  /** Lets the user choose, in place of the one before: only from a tap. */
  choose(): Promise<void>;
  forget(): Promise<void>;
}

/** Milliseconds between two calls to one that does not answer: from the first, to the most. */
const CALL_AGAIN = 500;
const CALL_AGAIN_MOST = 5_000;
/** Milliseconds: some systems wait for ever for a device that has gone. */
const CALL_FOR = 20_000;

export function openThermometer(
  listener: ThermometerListener,
  bluetooth: Bluetooth = navigator.bluetooth,
): Thermometer {
  let following = new AbortController();
  let chosen: BluetoothDevice | undefined;

  function follow(device: BluetoothDevice): void {
    following = new AbortController();
    chosen = device;
    void stayWith(device, following.signal, listener);
  }

  async function forget(): Promise<void> {
    following.abort();
    await chosen?.forget?.();
    chosen = undefined;
    listener.onState('none');
  }

  // Not everywhere, nor always: then it is chosen again after the page was loaded anew.
  bluetooth.getDevices?.().then(
    ([known]) => known && !chosen && follow(known),
    () => {},
  );

  return {
    async choose() {
      if (!(await bluetooth.getAvailability())) return listener.onState('off');
      const filters = [{ services: [HEALTH_THERMOMETER] }];
      // Rejects when the user thinks better of it.
      const device = await bluetooth.requestDevice({ filters }).catch(() => undefined);
      if (!device || device.id === chosen?.id) return;
      if (chosen) await forget();
      follow(device);
    },
    forget,
  };
}

/** Connects, listens until it is gone, and looks for it again, until the signal. */
async function stayWith(
  device: BluetoothDevice,
  signal: AbortSignal,
  { onState, onMeasurement }: ThermometerListener,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    onState('away');
    const connection = new AbortController();
    const end = () => connection.abort();
    device.addEventListener('gattserverdisconnected', end, { once: true });
    signal.addEventListener('abort', end, { once: true });
    try {
      await listen(device, onMeasurement, connection.signal);
      if (!connection.signal.aborted) {
        failures = 0;
        onState('ready');
        await aborted(connection.signal);
      }
    } catch {
      // Out of reach, asleep, or gone in the middle: it is called again.
    }
    end();
    device.removeEventListener('gattserverdisconnected', end);
    signal.removeEventListener('abort', end);
    device.gatt?.disconnect();
    if (!signal.aborted) {
      await heard(device, Math.min(CALL_AGAIN * 2 ** failures, CALL_AGAIN_MOST), signal);
    }
  }
}

async function listen(
  device: BluetoothDevice,
  onMeasurement: ThermometerListener['onMeasurement'],
  signal: AbortSignal,
): Promise<void> {
  const limit = setTimeout(() => device.gatt?.disconnect(), CALL_FOR);
  try {
    const server = await device.gatt?.connect();
    if (!server) return;
    const service = await server.getPrimaryService(HEALTH_THERMOMETER);
    const site = await siteOf(service);
    const characteristic = await service.getCharacteristic(TEMPERATURE_MEASUREMENT);
    const hear = () => {
      const { value } = characteristic;
      if (!value) return;
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      const told = parseTemperatureMeasurement(bytes);
      onMeasurement(told.ok ? accept({ ...told.value, site: told.value.site ?? site }) : told);
    };
    characteristic.addEventListener('characteristicvaluechanged', hear, { signal });
    await characteristic.startNotifications();
  } finally {
    clearTimeout(limit);
  }
}

/** Where a thermometer that is made for one site measures; most have no such characteristic. */
async function siteOf(service: BluetoothRemoteGATTService): Promise<BodySite | undefined> {
  try {
    const type = await service.getCharacteristic(TEMPERATURE_TYPE);
    return siteOfType((await type.readValue()).getUint8(0));
  } catch {
    return undefined;
  }
}

/** Until the device says that it is there, where browsers hear that, or so long. */
function heard(device: BluetoothDevice, milliseconds: number, signal: AbortSignal): Promise<void> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), milliseconds);
  const end = () => waiting.abort();
  device.addEventListener('advertisementreceived', end, { signal: waiting.signal });
  signal.addEventListener('abort', end, { signal: waiting.signal });
  device.watchAdvertisements?.({ signal: waiting.signal }).catch(() => {});
  return aborted(waiting.signal).finally(() => clearTimeout(timer));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
