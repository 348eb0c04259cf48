interface Point {
  readonly x: number;
  readonly y: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Which point of a picture is at a point of the page. The picture covers its box: what hangs
 * over its sides is not seen.
 *
 * @param at in the page, pixels
 * @param box where the picture is shown, pixels of the page
 * @param size of the picture, in its own pixels
 * @returns 0 to 1, from the top left of the picture
 */
export function pointInPicture(at: Point, box: Point & Size, size: Size): Point {
  const scale = Math.max(box.width / size.width, box.height / size.height);
  return {
    x: 0.5 + (at.x - box.x - box.width / 2) / (size.width * scale),
    y: 0.5 + (at.y - box.y - box.height / 2) / (size.height * scale),
  };
}
