type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** From the middle of the code to the camera, in pixels: how strong perspective is. */
const DISTANCE = 900;

/**
 * From a pixel of the picture to a point of the plane that the code lies in, both in
 * pixels from the code's middle.
 *
 * @param roll,yaw,pitch degrees
 */
export function toPlane(roll: number, yaw: number, pitch: number): Matrix {
  const [a, b, c] = [roll, yaw, pitch].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const [sa, ca, sb, cb, sc, cc] = [
    Math.sin(a),
    Math.cos(a),
    Math.sin(b),
    Math.cos(b),
    Math.sin(c),
    Math.cos(c),
  ];
  const d = DISTANCE;
  // The first two columns of the rotation, and the plane's distance as the third.
  return inverse([
    d * ca * cb,
    d * (ca * sb * sc - sa * cc),
    0,
    d * sa * cb,
    d * (sa * sb * sc + ca * cc),
    0,
    -sb,
    cb * sc,
    d,
  ]);
}

/** Up to a factor, which a homography does not feel. */
function inverse([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}
