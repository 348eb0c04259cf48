import { generate } from 'lean-qr';
import type { Page } from 'playwright';

/** A canvas in the place of the camera: the app's own path from frames on, shown at will. */
export interface CanvasCamera {
  /** Puts a code before the camera. */
  show(text: string): Promise<void>;
}

/** What {@link replaceCamera} leaves in the page. */
export interface Shown {
  /** Left out: nobody is before the camera. */
  readonly kakouCamera: { show(modules: string | undefined, size: number): void };
}

/** In windows of Chromium only. */
interface TrackGenerators {
  readonly MediaStreamTrackGenerator: new (init: {
    kind: 'video';
  }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };
}

/** @param page that has not opened its camera yet: it is told before its own scripts run. */
export async function replaceCamera(page: Page): Promise<CanvasCamera> {
  await page.addInitScript(() => {
    const canvas = new OffscreenCanvas(1280, 720);
    const context = canvas.getContext('2d', { alpha: false });
    const fill = (x: number, y: number, width: number, height: number, colour: string) => {
      if (!context) return;
      context.fillStyle = colour;
      context.fillRect(x, y, width, height);
    };
    const clear = () => fill(0, 0, canvas.width, canvas.height, '#969696');
    const stamp = () => ({ timestamp: performance.now() * 1000 });
    clear();
    // Drawn once: a frame of it costs the page next to nothing, as a camera's does.
    let picture = new VideoFrame(canvas, stamp());
    const renew = () => {
      picture.close();
      picture = new VideoFrame(canvas, stamp());
    };
    navigator.mediaDevices.getUserMedia = async () => {
      const { MediaStreamTrackGenerator } = globalThis as unknown as TrackGenerators;
      const track = new MediaStreamTrackGenerator({ kind: 'video' });
      const writer = track.writable.getWriter();
      const timer = setInterval(() => {
        writer.write(new VideoFrame(picture, stamp())).catch(() => clearInterval(timer));
      }, 1000 / 30);
      return new MediaStream([track]);
    };
    const camera = {
      show(modules: string | undefined, size: number) {
        clear();
        if (modules) {
          const [scale, left, top] = [6, 640 - size * 3, 360 - size * 3];
          fill(left - 24, top - 24, size * scale + 48, size * scale + 48, '#fff');
          for (let i = 0; i < modules.length; i++) {
            if (modules[i] !== '1') continue;
            const [x, y] = [i % size, Math.floor(i / size)];
            fill(left + x * scale, top + y * scale, scale, scale, '#000');
          }
        }
        renew();
        if (modules) dispatchEvent(new Event('kakou-shown'));
      },
    };
    Object.assign(globalThis, { kakouCamera: camera });
  });
  return {
    async show(text) {
      const qr = generate(text);
      let modules = '';
      for (let y = 0; y < qr.size; y++) {
        for (let x = 0; x < qr.size; x++) modules += qr.get(x, y) ? '1' : '0';
      }
      await page.evaluate(
        ([drawn, size]) => (globalThis as unknown as Shown).kakouCamera.show(drawn, size),
        [modules, qr.size] as const,
      );
    },
  };
}
