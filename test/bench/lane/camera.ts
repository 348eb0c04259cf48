import { generate } from 'lean-qr';
import type { Page } from 'playwright';

/** A canvas in the place of the camera: the app's own path from frames on, shown at will. */
export interface CanvasCamera {
  /** Puts a code before the camera. Left out, it sees nobody. */
  show(text?: string): Promise<void>;
}

interface Shown {
  kakouCamera: { show(modules: string | undefined, size: number): void };
}

/** @param page that has not opened its camera yet: it is told before its own scripts run. */
export async function replaceCamera(page: Page): Promise<CanvasCamera> {
  await page.addInitScript(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 1280;
    canvas.height = 720;
    const context = canvas.getContext('2d', { alpha: false });
    let draw: () => void;
    const clear = () => {
      if (!context) return;
      context.fillStyle = '#969696';
      context.fillRect(0, 0, canvas.width, canvas.height);
    };
    draw = clear;
    // A canvas gives a frame when it is drawn to, and a camera gives them all the time.
    setInterval(() => draw(), 1000 / 30);
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30);
    const camera = {
      show(modules: string | undefined, size: number) {
        draw = () => {
          clear();
          if (!context || !modules) return;
          const [scale, left, top] = [6, 640 - size * 3, 360 - size * 3];
          context.fillStyle = '#fff';
          context.fillRect(left - 24, top - 24, size * scale + 48, size * scale + 48);
          context.fillStyle = '#000';
          for (let i = 0; i < modules.length; i++) {
            if (modules[i] !== '1') continue;
            const [x, y] = [i % size, Math.floor(i / size)];
            context.fillRect(left + x * scale, top + y * scale, scale, scale);
          }
        };
        draw();
        if (modules) dispatchEvent(new Event('kakou-shown'));
      },
    };
    Object.assign(globalThis, { kakouCamera: camera });
  });
  return {
    async show(text) {
      if (text === undefined) return page.evaluate(hide);
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

  function hide() {
    (globalThis as unknown as Shown).kakouCamera.show(undefined, 0);
  }
}
