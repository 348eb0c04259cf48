import { correction, generate, mode } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** Light modules around a QR, without which readers miss it (ISO/IEC 18004). */
export const QUIET_ZONE = 4;

/** What the alphanumeric mode of a QR holds. Codes and badges are made of it; links are not. */
const ALPHANUMERIC = /^[0-9A-Z $%*+\-./:]+$/;
const M = correction.M;
/** As docs/code-format.md lays down. */
const OF_CODES = { modes: [mode.alphaNumeric], minCorrectionLevel: M, maxCorrectionLevel: M };

/** A QR as a path with sides of one unit a module, the quiet zone not included. */
export interface QrDrawing {
  readonly size: number;
  readonly path: string;
}

/** At correction level M, where a link has room for more, at more. */
export function drawQr(text: string): QrDrawing {
  const options = ALPHANUMERIC.test(text) ? OF_CODES : { minCorrectionLevel: M };
  const bitmap = generate(text, options);
  return { size: bitmap.size, path: toSvgPath(bitmap) };
}
