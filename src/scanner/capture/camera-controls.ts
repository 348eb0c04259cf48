/** What a camera can do beyond giving a picture (W3C MediaStream Image Capture); each if it can. */
export interface CameraControls {
  /** @returns whether it is lit now, whatever was asked */
  readonly torch?: { set(on: boolean): Promise<boolean> };
  readonly zoom?: {
    readonly min: number;
    readonly max: number;
    readonly step: number;
    /** What it was when the camera was opened: not always the least. */
    readonly now: number;
    set(factor: number): Promise<void>;
  };
  readonly focus?: {
    /** Brings a point of the picture into focus. @param x,y 0 to 1, from the top left */
    at(x: number, y: number): Promise<void>;
  };
}

interface Capabilities {
  readonly torch?: boolean;
  readonly zoom?: { readonly min: number; readonly max: number; readonly step?: number };
  readonly focusMode?: readonly string[];
  readonly exposureMode?: readonly string[];
  readonly whiteBalanceMode?: readonly string[];
}
interface Settings {
  readonly torch?: boolean;
  readonly zoom?: number;
  readonly focusMode?: string;
  readonly exposureMode?: string;
  readonly whiteBalanceMode?: string;
  readonly pointsOfInterest?: ReadonlyArray<{ readonly x: number; readonly y: number }>;
}

const CONTINUOUS = 'continuous';
const ONE_SHOT = 'single-shot';
/** Milliseconds for a lens to move, before it follows the picture by itself again. */
const FOCUS_TIME = 2_500;
/** Zoom beyond this takes the code out of view before it makes it larger. */
const ENOUGH_ZOOM = 5;

export function controlsOf(track: MediaStreamTrack): CameraControls {
  const can = capabilitiesOf(track);
  const { torch, zoom, focusMode = [] } = can;
  const point = focusMode.includes(ONE_SHOT) || focusMode.includes(CONTINUOUS);
  return {
    ...(torch && {
      torch: { set: async (on) => ((await apply(track, { torch: on })) ? on : !on) },
    }),
    ...(zoom &&
      zoom.max > zoom.min && {
        zoom: {
          min: zoom.min,
          max: Math.min(zoom.max, Math.max(zoom.min, 1) * ENOUGH_ZOOM),
          step: zoom.step || 0.1,
          now: settingsOf(track).zoom ?? Math.max(zoom.min, 1),
          set: async (factor) => void (await apply(track, { zoom: factor })),
        },
      }),
    ...(point && { focus: focusOf(track, focusMode) }),
  };
}

/** Focus, exposure and white balance follow the picture, where the camera lets them. */
export async function followPicture(track: MediaStreamTrack): Promise<void> {
  const can = capabilitiesOf(track);
  for (const mode of ['focusMode', 'exposureMode', 'whiteBalanceMode'] as const) {
    // One by one: a camera that refuses one would refuse all.
    if (can[mode]?.includes(CONTINUOUS)) await apply(track, { [mode]: CONTINUOUS });
  }
}

function focusOf(
  track: MediaStreamTrack,
  modes: readonly string[],
): Required<CameraControls>['focus'] {
  const focusMode = modes.includes(ONE_SHOT) ? ONE_SHOT : CONTINUOUS;
  const follow = () => void apply(track, { focusMode: CONTINUOUS });
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    async at(x, y) {
      // The point before it is of no interest any more.
      clearTimeout(timer);
      await apply(track, { pointsOfInterest: [{ x, y }], focusMode });
      clearTimeout(timer);
      if (focusMode === ONE_SHOT && modes.includes(CONTINUOUS)) {
        timer = setTimeout(follow, FOCUS_TIME);
      }
    },
  };
}

/** Firefox knows no capabilities. */
function capabilitiesOf(track: MediaStreamTrack): Capabilities {
  const capabilities: object = track.getCapabilities?.() ?? {};
  return capabilities;
}

function settingsOf(track: MediaStreamTrack): Settings {
  const settings: object = track.getSettings();
  return settings;
}

/** What a camera promises and then refuses is as if it had not promised it: @returns false. */
async function apply(track: MediaStreamTrack, settings: Settings): Promise<boolean> {
  const advanced: MediaTrackConstraintSet[] = [settings as MediaTrackConstraintSet];
  return track.applyConstraints({ advanced }).then(
    () => true,
    () => false,
  );
}
