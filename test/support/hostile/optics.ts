/** A Gaussian blur, as three box blurs: what a lens out of focus does. Deviation in pixels. */
export function blur(
  light: Float32Array,
  width: number,
  height: number,
  deviation: number,
): Float32Array {
  // Three boxes of a whole radius and a share of the next pixel have this variance together.
  const wide = (Math.sqrt(4 * deviation ** 2 + 1) - 1) / 2;
  let from = light;
  const to = new Float32Array(light.length);
  for (let pass = 0; pass < 3; pass++) {
    boxLines(from, to, height, width, 1, width, wide);
    const other = from === light ? new Float32Array(light.length) : from;
    boxLines(to, other, width, height, width, 1, wide);
    from = other;
  }
  return from;
}

/** Averages along each of `lines` lines of `length` pixels, that are `step` apart. */
function boxLines(
  from: Float32Array,
  to: Float32Array,
  lines: number,
  length: number,
  step: number,
  nextLine: number,
  radius: number,
): void {
  const whole = Math.floor(radius);
  const share = radius - whole;
  const area = 2 * radius + 1;
  for (let line = 0; line < lines; line++) {
    const start = line * nextLine;
    const at = (i: number) => from[start + Math.min(Math.max(i, 0), length - 1) * step] ?? 0;
    let sum = 0;
    for (let i = -whole; i <= whole; i++) sum += at(i);
    for (let i = 0; i < length; i++) {
      to[start + i * step] = (sum + share * (at(i - whole - 1) + at(i + whole + 1))) / area;
      sum += at(i + whole + 1) - at(i - whole);
    }
  }
}
