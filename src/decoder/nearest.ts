import type { Region } from '../core/decoding.ts';
import type { Gray } from './gray.ts';

/** Of several codes the one that is held up comes first: the nearest to the middle. */
export function nearestFirst<T extends { readonly region: Region }>(
  found: readonly T[],
  { width, height }: Pick<Gray, 'width' | 'height'>,
): T[] {
  const fromMiddle = ({ region }: T) =>
    Math.hypot(region.x + (region.width - width) / 2, region.y + (region.height - height) / 2);
  return [...found].sort((a, b) => fromMiddle(a) - fromMiddle(b));
}

/**
 * Whether what was read is another code than this one, and further from the middle.
 *
 * @param unread what is held up and cannot be read; undefined: nothing is.
 */
export function isBeyond(
  read: Region | undefined,
  unread: Region | undefined,
  frame: Gray,
): boolean {
  if (!unread) return false;
  if (!read) return true;
  if (hasMiddleOf(read, unread) || hasMiddleOf(unread, read)) return false;
  const [nearest] = nearestFirst([{ region: read }, { region: unread }], frame);
  return nearest?.region === unread;
}

function hasMiddleOf(region: Region, other: Region): boolean {
  const right = other.x + other.width / 2 - region.x;
  const down = other.y + other.height / 2 - region.y;
  return right > 0 && right < region.width && down > 0 && down < region.height;
}
