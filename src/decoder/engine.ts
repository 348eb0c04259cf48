import type { EngineName, Region } from '../core/decoding.ts';
import type { Gray } from './gray.ts';

/**
 * How to read one picture. `swift`: dark on light, which is what most codes are. `plain`: light
 * on dark too. `careful`: with what else the engine has against damage, and smaller than it is.
 * `binary`: as `careful`, of a picture that is black and white already.
 */
export type Care = 'swift' | 'plain' | 'careful' | 'binary';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where the modules of a symbol lie, if it is flat. */
export interface Grid {
  /** Outer corners, in order around it, from the one between the finder patterns on. */
  readonly corners: readonly [Point, Point, Point, Point];
  /** Along each side. */
  readonly modules: number;
}

export interface Finding {
  /** Of the code nearest to the middle, where the engine finds several; never empty. */
  readonly text?: string | undefined;
  /** Where that code is, if the engine tells. */
  readonly region?: Region | undefined;
  /** Where a code was found that could not be read, if there was one. */
  readonly unread?: Region | undefined;
  /** How that code lies there, where the engine can tell. */
  readonly grid?: Grid | undefined;
}

/** Pixels in, text out. One contract suite runs against every engine. */
export interface Engine {
  readonly name: EngineName;
  /** Rejects only when the engine itself is broken. */
  read(image: Gray, care: Care): Promise<Finding>;
}
