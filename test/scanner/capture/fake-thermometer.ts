class FakeCharacteristic extends EventTarget {
  value: DataView | undefined;
  notifying = 0;
  constructor(readonly read?: number) {
    super();
  }
  async startNotifications() {
    this.notifying++;
    return this;
  }
  async readValue() {
    return new DataView(new Uint8Array([this.read ?? 0]).buffer);
  }
  tell(bytes: Uint8Array<ArrayBuffer>) {
    this.value = new DataView(bytes.buffer);
    this.dispatchEvent(new Event('characteristicvaluechanged'));
  }
}

/** A thermometer that is awake or asleep, as a browser shows it. */
export class FakeDevice extends EventTarget {
  awake = true;
  calls = 0;
  forgotten = false;
  watched = 0;
  measurement = new FakeCharacteristic();
  constructor(
    readonly id = 'a',
    readonly type?: number,
  ) {
    super();
  }
  readonly gatt = {
    connect: async () => {
      this.calls++;
      if (!this.awake) throw new DOMException('Connection failed.', 'NetworkError');
      // Each connection finds its services anew.
      this.measurement = new FakeCharacteristic();
      return {
        getPrimaryService: async () => ({
          getCharacteristic: async (uuid: number) => {
            if (uuid === 0x2a1c) return this.measurement;
            if (this.type === undefined) throw new DOMException('No such', 'NotFoundError');
            return new FakeCharacteristic(this.type);
          },
        }),
      };
    },
    disconnect: () => this.fallAsleep(false),
  };
  async forget() {
    this.forgotten = true;
  }
  async watchAdvertisements() {
    this.watched++;
  }
  fallAsleep(asleep = true) {
    if (asleep) this.awake = false;
    this.dispatchEvent(new Event('gattserverdisconnected'));
  }
  wake() {
    this.awake = true;
    this.dispatchEvent(new Event('advertisementreceived'));
  }
}
