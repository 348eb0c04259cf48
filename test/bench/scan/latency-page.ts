import { BrowserQRCodeReader, type IBrowserCodeReaderOptions } from '@zxing/browser';
import { DecodeHintType } from '@zxing/library';
import { Html5Qrcode } from 'html5-qrcode';
import QrScanner from 'qr-scanner';
import { painted, watchMarker } from './marker.ts';

/** Starts scanning, and says every text that it reads. */
type Start = (video: HTMLVideoElement, onText: (text: string) => void) => Promise<unknown>;

const HINTS = new Map([[DecodeHintType.TRY_HARDER, true]]);

/** How often they look is their own choice, or as often as they can. */
const starts: Record<string, Start> = {
  '@zxing/browser, as it comes': zxingBrowser({}),
  '@zxing/browser without its pauses': zxingBrowser({
    delayBetweenScanAttempts: 0,
    delayBetweenScanSuccess: 0,
  }),
  'qr-scanner, as it comes': qrScanner({}),
  'qr-scanner, 60 a second': qrScanner({ maxScansPerSecond: 60 }),
  'html5-qrcode, as it comes': html5Qrcode({ fps: undefined }),
  'html5-qrcode, 60 a second': html5Qrcode({ fps: 60 }),
};

function zxingBrowser(options: IBrowserCodeReaderOptions): Start {
  return (video, onText) =>
    new BrowserQRCodeReader(HINTS, options).decodeFromVideoDevice(
      undefined,
      video,
      (result) => result && onText(result.getText()),
    );
}

function qrScanner(options: { maxScansPerSecond?: number }): Start {
  return (video, onText) =>
    new QrScanner(video, ({ data }) => onText(data), {
      ...options,
      returnDetailedScanResult: true,
    }).start();
}

function html5Qrcode(options: { fps: number | undefined }): Start {
  return (_, onText) => {
    const box = document.body.appendChild(document.createElement('div'));
    box.id = 'html5-qrcode';
    return new Html5Qrcode(box.id).start(
      { facingMode: 'environment' },
      options,
      (text) => onText(text),
      () => {},
    );
  };
}

/**
 * Milliseconds from the first frame with the code to the text on the screen, for each of
 * `count` times that the code appears.
 *
 * @param limit milliseconds after which the rest is given up
 */
async function latencies(name: string, count: number, limit: number): Promise<number[]> {
  const video = document.body.appendChild(document.createElement('video'));
  const shown = document.body.appendChild(document.createElement('p'));
  const times: number[] = [];
  const appearances = await watchMarker();
  await starts[name]?.(video, async () => {
    const since = appearances.seen();
    if (since === undefined) return;
    shown.textContent = String(since);
    times.push((await painted()) - since);
  });
  const end = performance.now() + limit;
  while (times.length < count && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  appearances.stop();
  return times;
}

const tools = { latencies, names: Object.keys(starts) };
export type LatencyTools = typeof tools;
Object.assign(window, { latency: tools });
