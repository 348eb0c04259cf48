import { decodeQR } from 'qr/decode.js';
import type { Engine } from './engine.ts';

/** Milliseconds that it may spend on a second look at one picture. */
const TIME_LIMIT = 50;

/** The `qr` package: the best reader in JavaScript alone, for where WebAssembly is not allowed. */
export async function openQr(): Promise<Engine> {
  return {
    name: 'qr',
    async read({ width, height, data }) {
      try {
        // It takes brightness from planar video only, and looks at no more than its first plane.
        const planes = new Uint8Array(
          data.length + 2 * Math.ceil(width / 2) * Math.ceil(height / 2),
        );
        planes.set(data);
        const image = { width, height, data: planes };
        return { text: decodeQR(image, { format: 'I420', timeLimit: TIME_LIMIT }) || undefined };
      } catch {
        // It throws when it finds nothing.
        return {};
      }
    },
  };
}
