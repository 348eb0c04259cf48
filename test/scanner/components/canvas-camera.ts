import { vi } from 'vitest';
import { imageOf } from '../../decoder/engine-contract.ts';
import { drawScene, type Pixels, type Scene } from '../../support/frames.ts';

const [WIDTH, HEIGHT] = [640, 480];

/**
 * A camera that a test points at pictures: real tracks and real frames, of a canvas. What it
 * says that it can do besides, and what it is told, are the test's: no test machine has a torch.
 */
export function plugInCamera() {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('No canvas');
  context.canvas.width = WIDTH;
  context.canvas.height = HEIGHT;
  let shown = imageOf(drawScene({ width: WIDTH, height: HEIGHT }));
  let painter = 0;
  const camera = {
    capabilities: {} as object,
    settings: {} as object,
    /** What the camera was told to do, by all of its tracks. */
    told: [] as object[],
    /** The name of the error that opening it ends with. */
    refusal: undefined as string | undefined,
    opened: [] as MediaStreamTrack[],
    asked: [] as Array<MediaStreamConstraints | undefined>,
    /** Frames a second that it was held to, one after the other; undefined: as it likes. */
    rates: [] as Array<ConstrainDouble | undefined>,
    /** Frames that it gave. */
    painted: 0,
    show(scene: Scene) {
      shown = imageOf(drawScene({ width: WIDTH, height: HEIGHT, ...scene }));
    },
    showPixels: (fill: (x: number, y: number) => number) => camera.draw(fill)(),
    /** Draws a picture now, to show it at once when it is its time. */
    draw(fill: (x: number, y: number) => number) {
      const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
      for (let i = 0; i < WIDTH * HEIGHT; i++) {
        data.fill(fill(i % WIDTH, Math.floor(i / WIDTH)), i * 4, i * 4 + 3);
      }
      const pixels: Pixels = { width: WIDTH, height: HEIGHT, data };
      return () => {
        shown = imageOf(pixels);
      };
    },
    /** Gives no more frames, and does not say so. */
    freeze: () => cancelAnimationFrame(painter),
    thaw: paint,
    unplug() {
      camera.freeze();
      for (const track of camera.opened) track.stop();
      vi.restoreAllMocks();
    },
  };

  function paint(): void {
    context?.putImageData(shown, 0, 0);
    camera.painted++;
    painter = requestAnimationFrame(paint);
  }
  paint();

  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockImplementation(async (constraints) => {
    camera.asked.push(constraints);
    if (camera.refusal) throw new DOMException('No picture', camera.refusal);
    const stream = context.canvas.captureStream();
    const [track] = stream.getVideoTracks();
    if (!track) throw new Error('No track');
    track.getCapabilities = () => camera.capabilities;
    track.getSettings = () => camera.settings;
    track.applyConstraints = async (wanted) => {
      if (wanted?.advanced) camera.told.push(...wanted.advanced);
      else camera.rates.push(wanted?.frameRate);
    };
    camera.opened.push(track);
    return stream;
  });
  return camera;
}
export type CanvasCamera = ReturnType<typeof plugInCamera>;
