import { BrowserQRCodeReader } from '@zxing/browser';
import { DecodeHintType } from '@zxing/library';
import { Html5Qrcode } from 'html5-qrcode';
import QrScanner from 'qr-scanner';
import { openCamera } from '../../../src/scanner/capture/camera.ts';
import { createDecoder } from '../../../src/scanner/capture/decoder.ts';
import { createInView } from '../../../src/scanner/capture/repeat.ts';
import { watch } from '../../../src/scanner/capture/watch.ts';

/** Starts scanning, and says every text that it reads. */
type Start = (video: HTMLVideoElement, onText: (text: string) => void) => Promise<unknown>;

const HINTS = new Map([[DecodeHintType.TRY_HARDER, true]]);

const starts: Record<string, Start> = {
  async Kakou(video, onText) {
    await openCamera(video);
    // Each time that the code appears it counts anew.
    watch(video, await createDecoder(), onText, createInView(200));
  },
  '@zxing/browser': (video, onText) =>
    new BrowserQRCodeReader(HINTS).decodeFromVideoDevice(
      undefined,
      video,
      (result) => result && onText(result.getText()),
    ),
  '@zxing/browser without its pauses': (video, onText) =>
    new BrowserQRCodeReader(HINTS, {
      delayBetweenScanAttempts: 0,
      delayBetweenScanSuccess: 0,
    }).decodeFromVideoDevice(undefined, video, (result) => result && onText(result.getText())),
  'qr-scanner, 60 a second': (video, onText) =>
    new QrScanner(video, ({ data }) => onText(data), {
      maxScansPerSecond: 60,
      returnDetailedScanResult: true,
    }).start(),
  'html5-qrcode, 60 a second': (_, onText) => {
    const box = document.body.appendChild(document.createElement('div'));
    box.id = 'html5-qrcode';
    return new Html5Qrcode(box.id).start(
      { facingMode: 'environment' },
      { fps: 60 },
      (text) => onText(text),
      () => {},
    );
  },
};

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
  let appearedAt: number | undefined;
  const onText = () => {
    const since = appearedAt;
    if (since === undefined) return;
    appearedAt = undefined;
    shown.textContent = String(since);
    // The first callback comes before this text is painted, the second after.
    requestAnimationFrame(() => requestAnimationFrame(() => times.push(performance.now() - since)));
  };
  await starts[name]?.(video, onText);
  const size = { width: 1280, height: 720 };
  // Without a size it would be another, and the corner cut off.
  const stream = await navigator.mediaDevices.getUserMedia({ video: size });
  let gone = false;
  void watchMarker(stream, (there) => {
    if (there) appearedAt = performance.now();
    else appearedAt = undefined;
    return gone;
  });
  const end = performance.now() + limit;
  while (times.length < count && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  gone = true;
  return times;
}

interface Processors {
  new (init: { track?: MediaStreamTrack }): { readable: ReadableStream<VideoFrame> };
}
declare const MediaStreamTrackProcessor: Processors;

/** Luma of the white marker, and of nothing else that comes to that corner. */
const MARKED = 200;

/** Tells when the marker in the corner, which the code's frames carry, comes and goes. */
async function watchMarker(stream: MediaStream, tell: (there: boolean) => boolean): Promise<void> {
  const [track] = stream.getVideoTracks();
  if (!track) return;
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const pixels = new Uint8Array(6);
  for (let before = true; ; ) {
    const { value: frame } = await reader.read();
    if (!frame) return;
    await frame.copyTo(pixels, { rect: { x: 0, y: 0, width: 2, height: 2 } });
    frame.close();
    const there = (pixels[0] ?? 0) > MARKED;
    if (there !== before && tell(there)) return;
    before = there;
  }
}

const tools = { latencies, names: Object.keys(starts) };
export type LatencyTools = typeof tools;
Object.assign(window, { latency: tools });
