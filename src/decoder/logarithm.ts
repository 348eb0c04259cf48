import type { Gray } from './gray.ts';

/** The level, of 255, below which it is the sensor's noise that would be spread. */
const DARK = 8;

const LEVELS = Uint8Array.from({ length: 256 }, (_, level) =>
  Math.round((255 * Math.log1p(level / DARK)) / Math.log1p(255 / DARK)),
);

/**
 * The same picture with equal steps between equal ratios of light: shadow and moiré take a
 * share of it, from ink and paper alike, and so become an offset that a local mean takes off.
 */
export function logarithm({ width, height, data }: Gray): Gray {
  return { width, height, data: data.map((level) => LEVELS[level] ?? 0) };
}
