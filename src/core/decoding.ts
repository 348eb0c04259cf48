/** Who turns pixels into text: the settings page names the one at work. */
export type EngineName = 'zxing-wasm' | 'zxing-js' | 'zxing-browser';

/** A part of a frame, in its pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * What the page asks of the decoder worker. What a frame is belongs to those two: core
 * knows no pictures. The frame is transferred, and the worker closes it.
 */
export interface DecodeRequest<Frame> {
  readonly id: number;
  readonly frame: Frame;
  /** Where to look. */
  readonly region: Region;
}

/** What the decoder worker says: one `answer` for every request, and who is at work. */
export type DecoderReport =
  /** Said once the engine was tried. Undefined: no engine reads in this worker. */
  | { readonly type: 'engine'; readonly name: EngineName | undefined }
  /** `text` is never empty; left out: there was none. */
  | { readonly type: 'answer'; readonly id: number; readonly text?: string | undefined };
