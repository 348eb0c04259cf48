/** How one code stands before the camera, and what stands between the two. */
export interface Shot {
  /** Left out: a frame without any code. */
  readonly text?: string | undefined;
  readonly width: number;
  readonly height: number;
  /** Pixels a module, in the middle of the code. */
  readonly scale: number;
  /** Of the code's middle, from the middle of the frame, in pixels. */
  readonly offset: readonly [x: number, y: number];
  /** Degrees: in the plane of the picture, and out of it about both axes. */
  readonly roll: number;
  readonly tilt: readonly [yaw: number, pitch: number];
  readonly mirrored: boolean;
  readonly inverted: boolean;
  /** Light that ink and paper send to the camera; 1 fills its range. */
  readonly ink: number;
  readonly paper: number;
  /** How far the picture moves while the shutter is open, in pixels. */
  readonly motion: readonly [x: number, y: number];
  /** Deviation of the spread of a point that is out of focus, in pixels. */
  readonly defocus: number;
  /** Deviation of each pixel in the dark, of 1; light adds its own. */
  readonly noise: number;
  /** Depth of the pattern that a screen's grid makes with the sensor's, of 1. */
  readonly moire: number;
  /** Strength of a lamp that the screen reflects, and how wide it is, of the code's side. */
  readonly glare: number;
  readonly glareSize: number;
  /** What a shadow's edge across the code leaves of the light, of 1. */
  readonly shadow: number;
  /** Lines in the glass over the code. */
  readonly cracks: number;
  /** How far each of two folds bends the paper, in modules. */
  readonly creases: number;
  /** Of everything random in it. */
  readonly seed: number;
}

/** A code as anyone would hold it: large, upright, sharp, clean and well lit. */
export const PLAIN: Shot = {
  width: 1280,
  height: 720,
  scale: 7,
  offset: [0, 0],
  roll: 0,
  tilt: [0, 0],
  mirrored: false,
  inverted: false,
  ink: 0.08,
  paper: 0.85,
  motion: [0, 0],
  defocus: 0,
  noise: 0.006,
  moire: 0,
  glare: 0,
  glareSize: 0.3,
  shadow: 1,
  cracks: 0,
  creases: 0,
  seed: 1,
};
