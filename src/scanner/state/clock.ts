/** The device's clock, epoch seconds: what trusted time starts from. */
export function clock(): number {
  return Math.floor(Date.now() / 1000);
}
