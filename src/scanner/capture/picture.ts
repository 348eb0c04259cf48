import { accept, type Result, refuse } from '../../core/result.ts';
import type { Decoder } from './decoder.ts';

/**
 * Why a picture gives no text.
 * - `not-a-picture`: the file is of a kind that this browser cannot show, or too large for it
 * - `no-qr`: no QR code was found in it
 */
export type PictureProblem = 'not-a-picture' | 'no-qr';

/** Longest sides to try, in pixels: a screenshot, a large photo of a far code, a blurred one. */
const SIDES = [1280, 2560, 640];
/** A picture cut off at the code's edge lacks the quiet zone that engines look for. */
const MARGIN = 24;

/** Reads the QR in a picture file, however large. */
export async function readPicture(
  file: Blob,
  decoder: Decoder,
): Promise<Result<string, PictureProblem>> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return refuse('not-a-picture');
  try {
    let isShown = false;
    for (const side of SIDES) {
      const frame = await draw(picture, side).catch(() => undefined);
      if (!frame) continue;
      isShown = true;
      const { text } = await decoder.decode(frame, 'study');
      if (text) return accept(text);
    }
    return refuse(isShown ? 'no-qr' : 'not-a-picture');
  } finally {
    picture.close();
  }
}

/** The picture that was pasted or dropped; any other file if there was none. */
export function fileIn(data: DataTransfer | null): File | undefined {
  const files = [...(data?.files ?? [])];
  return files.find((file) => file.type.startsWith('image/')) ?? files[0];
}

/** The picture on white, because a transparent ground counts as black, scaled to a longest side. */
async function draw(picture: ImageBitmap, side: number): Promise<ImageBitmap> {
  const scale = side / Math.max(picture.width, picture.height);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width + 2 * MARGIN;
  canvas.height = height + 2 * MARGIN;
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, MARGIN, MARGIN, width, height);
  }
  return createImageBitmap(canvas);
}
