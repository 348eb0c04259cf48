import type { EngineName } from '../core/decoding.ts';

/** Pixels in, text out. One contract suite runs against every engine. */
export interface Engine {
  readonly name: EngineName;
  /**
   * @returns undefined when no QR code with any text in it was found.
   * Rejects only when the engine itself is broken.
   */
  read(image: ImageData): Promise<string | undefined>;
}
