import { correction, generate, mode } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** Light modules around a QR, without which readers miss it (ISO/IEC 18004). */
export const QUIET_ZONE = 4;

/** A QR as a path with sides of one unit a module, the quiet zone not included. */
export interface QrDrawing {
  readonly size: number;
  readonly path: string;
}

/** Alphanumeric at ECC M, as docs/code-format.md lays down. */
export function drawQr(text: string): QrDrawing {
  const bitmap = generate(text, {
    modes: [mode.alphaNumeric],
    minCorrectionLevel: correction.M,
    maxCorrectionLevel: correction.M,
  });
  return { size: bitmap.size, path: toSvgPath(bitmap) };
}
