import type { EngineName, Region } from '../core/decoding.ts';
import type { Gray } from './gray.ts';

/**
 * How to read one picture. `swift`: dark on light only. `careful`: inverted codes too, and
 * with what else the engine has against damage. `binary`: as `careful`, of a picture that
 * is black and white already.
 */
export type Care = 'swift' | 'careful' | 'binary';

export interface Finding {
  /** Of the code nearest to the middle; never empty. */
  readonly text?: string | undefined;
  /** Where a code was found that could not be read, if there was one. */
  readonly unread?: Region | undefined;
}

/** Pixels in, text out. One contract suite runs against every engine. */
export interface Engine {
  readonly name: EngineName;
  /** Rejects only when the engine itself is broken. */
  read(image: Gray, care: Care): Promise<Finding>;
}
