import type { PrintedClaims } from '../core/code/claims.ts';
import { drawQr, QUIET_ZONE } from '../page/draw-qr.ts';
import { paperLines, paperTitle } from './paper.ts';

const WIDTH = 1080;
const HEIGHT = 1560;
const MARGIN = 80;
const QR_SIDE = 720;
const FONT = 'system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** The printed code as a PNG, for a phone's album: QR, then what staff read. */
export async function paperPicture(
  text: string,
  claims: PrintedClaims,
  validity: number,
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no 2D canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = 'black';
  context.textBaseline = 'top';
  context.font = `bold 48px ${FONT}`;
  context.fillText(paperTitle, MARGIN, 64, WIDTH - 2 * MARGIN);
  fillQr(context, text, (WIDTH - QR_SIDE) / 2, 150);

  let top = 150 + QR_SIDE + 24;
  for (const { label, value, large } of paperLines(claims, validity)) {
    context.font = `28px ${FONT}`;
    context.fillText(label, MARGIN, top, WIDTH - 2 * MARGIN);
    context.font = `bold ${large ? 56 : 36}px ${FONT}`;
    context.fillText(value, MARGIN, top + 36, WIDTH - 2 * MARGIN);
    top += large ? 132 : 104;
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture was made'))));
  });
}

function fillQr(context: CanvasRenderingContext2D, text: string, left: number, top: number): void {
  const { size, path } = drawQr(text);
  // Whole pixels a module: a blurred edge costs reading distance.
  const scale = Math.floor(QR_SIDE / (size + 2 * QUIET_ZONE));
  const inset = Math.floor((QR_SIDE - scale * size) / 2);
  context.save();
  context.translate(left + inset, top + inset);
  context.scale(scale, scale);
  context.fill(new Path2D(path));
  context.restore();
}
