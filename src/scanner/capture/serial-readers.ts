import {
  createScanText,
  type ListenToReader,
  type ScanListener,
  type ScanText,
} from './scan-text.ts';

/** Web Serial (WICG), as far as it is used here: it is in Chromium only. */
export interface SerialPort {
  /** A new stream in the place of one that failed; null when the port is closed or gone. */
  readonly readable: ReadableStream<Uint8Array> | null;
  open(options: { baudRate: number }): Promise<void>;
  close(): Promise<void>;
  forget(): Promise<void>;
}
/** Says `connect`, from the port, when one that was chosen earlier is plugged in. */
export interface Serial extends EventTarget {
  /** The ports that the user gave to this site, and that are plugged in. */
  getPorts(): Promise<SerialPort[]>;
  /** Asks the user, who may choose none: then it rejects. */
  requestPort(): Promise<SerialPort>;
}

/** What readers on a serial line come with; those on USB ignore it. */
const BAUD_RATE = 9_600;
const [LF, CR] = [10, 13];
/** Milliseconds: nobody tells when another program lets go of a port. */
const RETRY_PACE = 5_000;

/**
 * - `none`: no reader is plugged in that this site may use
 * - `ready`: at least one is listened to
 * - `failed`: there is one, and it does not open yet: another program has it
 */
export type SerialState = 'none' | 'ready' | 'failed';

/** Hand-held readers on serial ports: chosen once, they come back by themselves. */
export interface SerialReaders {
  /** Lets the user choose a port: only from a tap. */
  choose(): Promise<void>;
  /** Gives all ports back, such as one that was chosen by mistake. */
  forget(): Promise<void>;
  /** Of several listeners, the last one hears. */
  readonly listen: ListenToReader;
}

/**
 * @param onState called with each change
 * @returns undefined where the browser has no Web Serial
 */
export function openSerialReaders(
  onState: (state: SerialState) => void,
  { serial }: { readonly serial?: Serial } = navigator as object,
): SerialReaders | undefined {
  if (!serial) return undefined;
  const lines = new Map<SerialPort, { readonly stop: () => void; readonly ended: Promise<void> }>();
  let ready = 0;
  let listener: ScanListener | undefined;
  const scans = new Set<ScanText>();

  function use(port: SerialPort): void {
    if (lines.has(port)) return;
    const leaving = new AbortController();
    const ended = read(port, leaving.signal).finally(() => lines.delete(port));
    lines.set(port, { stop: () => leaving.abort(), ended });
  }

  async function read(port: SerialPort, signal: AbortSignal): Promise<void> {
    try {
      await port.open({ baudRate: BAUD_RATE });
    } catch {
      setTimeout(retry, RETRY_PACE);
      return onState(ready > 0 ? 'ready' : 'failed');
    }
    const scan = createScanText({
      isWhole: (text) => listener?.isWhole(text) ?? true,
      onText: (text) => listener?.onText(text),
    });
    scans.add(scan);
    ready++;
    onState('ready');
    for await (const chunk of chunksOf(port, signal)) for (const byte of chunk) take(scan, byte);
    ready--;
    scans.delete(scan);
    scan.close();
    // One that was pulled out cannot be closed.
    await port.close().catch(() => {});
    onState(ready > 0 ? 'ready' : 'none');
  }

  const useAll = () => serial.getPorts().then((ports) => ports.forEach(use), reportError);
  const retry = async () => {
    await useAll();
    if (lines.size === 0) onState('none');
  };
  serial.addEventListener('connect', useAll);
  void useAll();

  return {
    async choose() {
      const port = await serial.requestPort().catch(() => undefined);
      if (port) use(port);
    },
    async forget() {
      for (const port of await serial.getPorts()) {
        const line = lines.get(port);
        line?.stop();
        await line?.ended;
        await port.forget();
      }
      onState('none');
    },
    listen(hearer) {
      listener = hearer;
      return () => {
        if (listener !== hearer) return;
        listener = undefined;
        for (const scan of scans) scan.close();
      };
    },
  };
}

/** Until the port is closed or gone: noise on the line ends its stream, and another follows. */
async function* chunksOf(port: SerialPort, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  while (port.readable && !signal.aborted) {
    const reader = port.readable.getReader();
    const cancel = () => void reader.cancel();
    signal.addEventListener('abort', cancel);
    try {
      for (;;) {
        const { value } = await reader.read();
        if (!value) return;
        yield value;
      }
    } catch {
      // A port that is gone has no stream any more: that ends it.
    } finally {
      signal.removeEventListener('abort', cancel);
      reader.releaseLock();
    }
  }
}

function take(scan: ScanText, byte: number): void {
  if (byte === CR || byte === LF) scan.end();
  else if (byte >= 0x20 && byte < 0x7f) scan.add(String.fromCharCode(byte));
}
