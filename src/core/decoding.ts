/** Who turns pixels into text: the settings page names the one at work. */
export type EngineName = 'zxing-wasm' | 'qr' | 'zxing-js' | 'zxing-browser' | 'barcode-detector';

/** A part of a frame, in its pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * How hard to look. `glance`: at one of many frames of a camera, where the next one comes
 * at once. `study`: at a picture that stays the only one.
 */
export type Effort = 'glance' | 'study';

/** What a frame looks like, code or not: what hints to the staff are made of. */
export interface Impression {
  /** Mean level, of 255. */
  readonly brightness: number;
  /** From its darkest to its brightest, of 255: nearly nothing behind a covered lens. */
  readonly contrast: number;
  /** Share of the middle that is edges: a wall 0.02 and less, a code held there 0.05 and more. */
  readonly detail: number;
  /**
   * Share of an edge in the middle that lies between two neighbours: soft ones 0.02, sharp
   * ones 0.1 and more.
   */
  readonly sharpness: number;
  /** Mean change of level since the frame before, of 255. */
  readonly motion: number;
}

/**
 * What the page asks of the decoder worker. What a frame is belongs to those two: core
 * knows no DOM. The frame is transferred, and the worker closes it.
 */
export interface DecodeRequest<Frame> {
  readonly id: number;
  readonly frame: Frame;
  readonly effort: Effort;
}

/** What is in a frame. */
export interface Sight {
  /** Of the QR nearest to the middle; never empty; left out: none was read. */
  readonly text?: string | undefined;
  /** Where a QR was found that could not be read, if there was one. */
  readonly unread?: Region | undefined;
  /** Left out: who decoded does not measure. */
  readonly impression?: Impression | undefined;
}

/** What the decoder worker says: one `answer` for every request, and who is at work. */
export type DecoderReport =
  /** Said when an engine was tried, and again with each other one. Undefined: none is left. */
  | { readonly type: 'engine'; readonly name: EngineName | undefined }
  /** Between two looks at one frame: slow, not dead. */
  | { readonly type: 'busy' }
  | { readonly type: 'answer'; readonly id: number; readonly sight: Sight };
