import { expect, test, vi } from 'vitest';
import {
  openSerialReaders,
  type Serial,
  type SerialPort,
  type SerialState,
} from '../../../src/scanner/capture/serial-readers.ts';
import { CODE, describeReader, isWhole } from './reader-contract.ts';

/**
 * No reader hangs on a test machine, and Chromium opens no pseudo terminal: these stand in
 * for a port and its cable, with real streams, as Web Serial specifies them.
 */
class FakePort implements SerialPort {
  readable: ReadableStream<Uint8Array> | null = null;
  isTaken = false;
  isForgotten = false;
  baudRate = 0;
  #line: ReadableStreamDefaultController<Uint8Array> | undefined;

  async open({ baudRate }: { baudRate: number }) {
    if (this.isTaken) throw new DOMException('Failed to open serial port.', 'NetworkError');
    if (this.readable) throw new DOMException('The port is already open.', 'InvalidStateError');
    this.baudRate = baudRate;
    this.#connect();
  }
  async close() {
    if (this.readable?.locked) throw new TypeError('Cannot cancel a locked stream');
    this.readable = null;
  }
  async forget() {
    this.isForgotten = true;
  }
  send(text: string) {
    this.#line?.enqueue(new TextEncoder().encode(text));
  }
  /** A framing error ends the stream; the port gives another one. */
  garble() {
    const line = this.#line;
    this.#connect();
    line?.error(new DOMException('Framing', 'FramingError'));
  }
  unplug() {
    this.readable = null;
    this.#line?.error(new DOMException('The device has been lost.', 'NetworkError'));
  }
  #connect() {
    this.readable = new ReadableStream({
      start: (line) => {
        this.#line = line;
      },
    });
  }
}

class FakeSerial extends EventTarget implements Serial {
  readonly plugged: FakePort[] = [];
  chosen: FakePort | undefined;

  async getPorts() {
    return this.plugged.filter(({ isForgotten }) => !isForgotten);
  }
  async requestPort() {
    if (!this.chosen) throw new DOMException('No port selected by the user.', 'NotFoundError');
    this.plugged.push(this.chosen);
    return this.chosen;
  }
  plugIn(port: FakePort) {
    this.plugged.push(port);
    this.dispatchEvent(new Event('connect'));
  }
  pullOut(port: FakePort) {
    this.plugged.splice(this.plugged.indexOf(port), 1);
    port.unplug();
  }
}

function setUp(...ports: FakePort[]) {
  const serial = new FakeSerial();
  serial.plugged.push(...ports);
  const states: SerialState[] = [];
  const readers = openSerialReaders((state) => states.push(state), { serial });
  if (!readers) throw new Error('There is a serial');
  const texts: string[] = [];
  readers.listen({ isWhole, onText: (text) => texts.push(text) > 0 });
  return { serial, readers, states, texts };
}

const until = (check: () => void) => vi.waitFor(check);

describeReader('a reader on a serial port', async () => {
  const port = new FakePort();
  const serial = new FakeSerial();
  serial.plugged.push(port);
  const states: SerialState[] = [];
  const readers = openSerialReaders((state) => states.push(state), { serial });
  while (states.length === 0) await new Promise<void>((resolve) => queueMicrotask(resolve));
  const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve));
  const send = async (text: string) => {
    port.send(text);
    for (let turn = 0; turn < 20; turn++) await settled();
  };
  return { listen: readers?.listen ?? (() => () => {}), send, end: () => send('\r\n') };
});

test('where the browser has no Web Serial, there are no serial readers', () => {
  expect(openSerialReaders(() => {}, {})).toBeUndefined();
});

test('a port that was chosen earlier is opened by itself, at the speed that readers come with', async () => {
  const port = new FakePort();
  const { states } = setUp(port);
  await until(() => expect(states).toEqual(['ready']));
  expect(port.baudRate).toBe(9_600);
});

test('a reader that is pulled out and plugged in again reads on', async () => {
  const { serial, states, texts } = setUp();
  for (let time = 1; time <= 2; time++) {
    const port = new FakePort();
    serial.plugIn(port);
    await until(() => expect(states.at(-1)).toBe('ready'));
    port.send(`${CODE}\r`);
    await until(() => expect(texts).toHaveLength(time));
    serial.pullOut(port);
    await until(() => expect(states.at(-1)).toBe('none'));
  }
  expect(texts).toEqual([CODE, CODE]);
});

test('noise on the line costs one scan at most', async () => {
  const port = new FakePort();
  const { states, texts } = setUp(port);
  await until(() => expect(states).toEqual(['ready']));
  port.garble();
  await until(() => expect(port.readable?.locked).toBe(true));
  port.send(`${CODE}\n`);
  await until(() => expect(texts).toEqual([CODE]));
});

test('two readers at one post do not mix what they read', async () => {
  const [left, right] = [new FakePort(), new FakePort()];
  const { states, texts } = setUp(left, right);
  await until(() => expect(states).toEqual(['ready', 'ready']));
  left.send('LEFT READ');
  right.send('RIGHT READ\r\n');
  left.send(' AND MORE\r\n');
  await until(() => expect(texts.toSorted()).toEqual(['LEFT READ AND MORE', 'RIGHT READ']));
});

test('the user chooses a port, or none, and gives it back', async () => {
  const { serial, readers, states, texts } = setUp();
  await readers.choose();
  expect(states).toEqual([]);
  const port = new FakePort();
  serial.chosen = port;
  await readers.choose();
  await until(() => expect(states).toEqual(['ready']));
  port.send(`${CODE}\r`);
  await until(() => expect(texts).toEqual([CODE]));
  await readers.forget();
  expect(states.at(-1)).toBe('none');
  expect([port.isForgotten, port.readable]).toEqual([true, null]);
});

test('a port that another program has says so, and can be chosen again', async () => {
  const port = new FakePort();
  port.isTaken = true;
  const { serial, readers, states } = setUp(port);
  await until(() => expect(states).toEqual(['failed']));
  port.isTaken = false;
  serial.chosen = port;
  await readers.choose();
  await until(() => expect(states).toEqual(['failed', 'ready']));
});

test('a port that another program has is tried again by itself, until it is pulled out', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const port = new FakePort();
  port.isTaken = true;
  const { serial, states, texts } = setUp(port);
  try {
    await vi.advanceTimersByTimeAsync(5_000);
    expect(new Set(states)).toEqual(new Set(['failed']));
    port.isTaken = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(states.at(-1)).toBe('ready');
    port.send(`${CODE}\r`);
    await vi.advanceTimersByTimeAsync(100);
    expect(texts).toEqual([CODE]);
    serial.pullOut(port);
    await vi.advanceTimersByTimeAsync(100);
    const other = new FakePort();
    other.isTaken = true;
    serial.plugIn(other);
    await vi.advanceTimersByTimeAsync(100);
    expect(states.at(-1)).toBe('failed');
    serial.pullOut(other);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(states.at(-1)).toBe('none');
  } finally {
    vi.useRealTimers();
  }
});
