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
