import type { CDPSession, Page } from 'playwright';
import { measurementBytes, type Told } from '../core/thermometer/measurement.ts';

/** A thermometer in the air, for as long as the page is open. */
export interface Thermometer {
  /** Measures somebody: the page hears of it. */
  measure(told: Told): Promise<void>;
  /** Most do, between two people. */
  fallAsleep(): Promise<void>;
  wake(): void;
}

const ADDRESS = '09:09:09:09:09:09';
const SERVICE = uuid(0x1809);
const MEASUREMENT = uuid(0x2a1c);
/** Without it a browser subscribes to nothing. */
const CLIENT_CONFIGURATION = uuid(0x2902);
/** HCI: success, and page timeout. */
const [THERE, AWAY] = [0x00, 0x04];

/**
 * A Bluetooth thermometer by Chromium's own emulation, which needs the feature
 * `WebBluetooth`; the user chooses it wherever they are asked. Called before the page loads.
 */
export async function bringThermometer(page: Page): Promise<Thermometer> {
  const browser = page.context().browser();
  if (!browser) throw new Error('this browser cannot be asked for a session of its own');
  const session = await browser.newBrowserCDPSession();
  const chooser = await page.context().newCDPSession(page);
  let awake = true;
  let found = false;
  let said = Buffer.alloc(0);

  await session.send('BluetoothEmulation.enable', { state: 'powered-on', leSupported: true });
  session.on('BluetoothEmulation.gattOperationReceived', async ({ address, type }) => {
    // A disconnection takes the services away.
    if (type === 'discovery' && !found) await addService(session);
    found ||= type === 'discovery';
    const code = awake ? THERE : AWAY;
    await session.send('BluetoothEmulation.simulateGATTOperationResponse', { address, type, code });
  });
  session.on('BluetoothEmulation.characteristicOperationReceived', ({ characteristicId, type }) => {
    void session.send('BluetoothEmulation.simulateCharacteristicOperationResponse', {
      characteristicId,
      type,
      code: 0,
      ...(type === 'read' && { data: said.toString('base64') }),
    });
  });
  await session.send('BluetoothEmulation.simulatePreconnectedPeripheral', {
    address: ADDRESS,
    name: 'Thermometer',
    manufacturerData: [],
    knownServiceUuids: [SERVICE],
  });
  const answered = new Set<string>();
  await chooser.send('DeviceAccess.enable');
  chooser.on('DeviceAccess.deviceRequestPrompted', ({ id, devices: [device] }) => {
    // Asked again with each device that is found, even after the answer.
    if (!device || answered.has(id)) return;
    answered.add(id);
    void chooser.send('DeviceAccess.selectPrompt', { id, deviceId: device.id });
  });
  await page.addInitScript(rememberCharacteristic);

  return {
    async measure(told) {
      said = Buffer.from(measurementBytes(told));
      // An emulated peer cannot speak first: that a value is read is heard just the same.
      await page.evaluate(() => (window as unknown as Heard).heard?.readValue());
    },
    async fallAsleep() {
      awake = false;
      found = false;
      await session.send('BluetoothEmulation.simulateGATTDisconnection', { address: ADDRESS });
    },
    wake() {
      awake = true;
    },
  };
}

async function addService(session: CDPSession): Promise<void> {
  const { serviceId } = await session.send('BluetoothEmulation.addService', {
    address: ADDRESS,
    serviceUuid: SERVICE,
  });
  const { characteristicId } = await session.send('BluetoothEmulation.addCharacteristic', {
    serviceId,
    characteristicUuid: MEASUREMENT,
    properties: { read: true, indicate: true },
  });
  await session.send('BluetoothEmulation.addDescriptor', {
    characteristicId,
    descriptorUuid: CLIENT_CONFIGURATION,
  });
}

/** Of the page's window, as far as it is used here. */
interface Heard {
  heard?: BluetoothRemoteGATTCharacteristic;
  readonly BluetoothRemoteGATTCharacteristic: { prototype: BluetoothRemoteGATTCharacteristic };
}

/** Runs in the page. */
function rememberCharacteristic(): void {
  const heard = window as unknown as Heard;
  const { prototype } = heard.BluetoothRemoteGATTCharacteristic;
  const { startNotifications } = prototype;
  prototype.startNotifications = function (this: BluetoothRemoteGATTCharacteristic) {
    heard.heard = this;
    return startNotifications.call(this);
  };
}

function uuid(short: number): string {
  return `0000${short.toString(16)}-0000-1000-8000-00805f9b34fb`;
}
