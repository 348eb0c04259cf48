import { accept, type Result, refuse } from '../../core/result.ts';
import type { CameraControls } from './camera-controls.ts';

/**
 * Why there is no camera picture.
 * - `no-camera`: this device has none
 * - `permission-denied`: the user, or the device's owner, does not allow it
 * - `in-use`: another app or tab holds it
 * - `insecure-page`: browsers give a camera to https pages and to localhost only
 * - `failed`: the camera or its driver did not start
 */
export type CameraProblem =
  | 'no-camera'
  | 'permission-denied'
  | 'in-use'
  | 'insecure-page'
  | 'failed';

/** Stands for whichever camera looks at the staff, as that of a tablet on a stand does. */
export const FRONT_CAMERA = 'front';
/** As if none was chosen. */
export const REAR_CAMERA = '';

export interface CameraChoice {
  /**
   * The camera to use, or {@link FRONT_CAMERA}; left out, or gone: the one that looks away
   * from the staff.
   */
  readonly deviceId?: string | undefined;
  /** Called once when the picture stops by itself: unplugged, or taken by another app. */
  readonly onEnded?: (() => void) | undefined;
  /** Turns the camera off, and one that is still being opened too. */
  readonly signal?: AbortSignal | undefined;
}

/** What to ask for: of a smaller picture the far codes are lost. */
const SIZE = { width: { ideal: 1920 }, height: { ideal: 1080 } };
/** Frames a second that are enough to see somebody come. */
const RESTING_RATE = 5;
/** Milliseconds: a camera that is kept from this page opens, and never gives a picture. */
const FIRST_PICTURE = 4_000;

export interface Camera {
  readonly deviceId: string | undefined;
  /** A camera that looks at the staff: show its picture mirrored, as people expect. */
  readonly facesUser: boolean;
  /** What it can do besides: nobody needs a torch before there is a picture. */
  readonly controls: Promise<CameraControls>;
  /** Fewer frames while nobody is there, where the camera can: they cost battery and warmth. */
  rest(isIdle: boolean): Promise<void>;
}

let expected: Promise<MediaStream> | undefined;

/**
 * Asks for the camera that {@link openCamera} opens next, before there is an element to show it
 * in: it takes its time, and the page is drawn meanwhile. Only where that is sure to follow, since
 * nobody else turns it off.
 */
export function expectCamera(choice: CameraChoice): void {
  // What is wrong is told to whoever opens it.
  if (!navigator.mediaDevices) return;
  expected = openStream(choice);
  expected.catch(() => {});
}

/** Opens a camera and plays its picture in `video`, until the signal says so. */
export async function openCamera(
  video: HTMLVideoElement,
  choice: CameraChoice = {},
): Promise<Result<Camera, CameraProblem>> {
  // Without a secure context there is no mediaDevices at all.
  if (!window.isSecureContext) return refuse('insecure-page');
  // With one, a browser may leave it out all the same.
  if (!navigator.mediaDevices) return refuse('no-camera');
  const stream = expected ?? openStream(choice);
  expected = undefined;
  try {
    return await play(video, await stream, choice);
  } catch (error) {
    return refuse(problemOf(error));
  }
}

/** The cameras to choose from. Browsers tell their names once one was opened. */
export async function listCameras(): Promise<readonly MediaDeviceInfo[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.filter((device) => device.kind === 'videoinput');
}

async function openStream({ deviceId }: CameraChoice): Promise<MediaStream> {
  if (deviceId === FRONT_CAMERA) return getVideo({ ...SIZE, facingMode: { ideal: 'user' } });
  if (deviceId) {
    try {
      return await getVideo({ ...SIZE, deviceId: { exact: deviceId } });
    } catch (error) {
      if (problemOf(error) !== 'no-camera') throw error;
    }
  }
  return getVideo({ ...SIZE, facingMode: { ideal: 'environment' } });
}

function getVideo(video: MediaTrackConstraints): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({ video, audio: false });
}

async function play(
  video: HTMLVideoElement,
  stream: MediaStream,
  { deviceId: chosen, onEnded = () => {}, signal: left }: CameraChoice,
): Promise<Result<Camera, CameraProblem>> {
  const [track] = stream.getVideoTracks();
  if (!track) return refuse('failed');
  const listening = new AbortController();
  const { signal } = listening;

  const stop = () => {
    listening.abort();
    track.stop();
    if (video.srcObject === stream) video.srcObject = null;
  };
  const end = () => {
    stop();
    onEnded();
  };
  if (left?.aborted) {
    stop();
    return refuse('failed');
  }
  left?.addEventListener('abort', stop, { signal });
  track.addEventListener('ended', end, { signal });
  // A hidden page's track is muted and comes back; a visible one's was taken away.
  track.addEventListener('mute', () => document.hidden || end(), { signal });

  video.srcObject = stream;
  // Without these, iOS plays full screen, and nothing plays by itself.
  video.muted = true;
  video.playsInline = true;
  if (!(await givesPicture(video, track))) {
    stop();
    return refuse('failed');
  }
  const controls = import('./camera-controls.ts').then(
    ({ controlsOf, followPicture }) => {
      void followPicture(track);
      return controlsOf(track);
    },
    () => ({}),
  );
  const { deviceId, facingMode } = track.getSettings();
  // Cameras on a cable do not say where they look: then it is as the staff said.
  const facesUser = (facingMode ?? (chosen === FRONT_CAMERA ? 'user' : '')) === 'user';
  const rest = (isIdle: boolean) =>
    // What is left out is free again.
    track
      .applyConstraints(isIdle ? { ...SIZE, frameRate: { max: RESTING_RATE } } : SIZE)
      .catch(() => {});
  return accept({ deviceId, facesUser, controls, rest });
}

/** Whether there is a picture in time; a track that is muted gives black, or nothing. */
function givesPicture(video: HTMLVideoElement, track: MediaStreamTrack): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(resolve, FIRST_PICTURE, false);
    const look = () => track.muted || resolve(true);
    track.addEventListener('unmute', look, { once: true });
    video.play().then(look, () => resolve(false));
  });
}

/** What getUserMedia rejects with (Media Capture and Streams, section 10.2). */
function problemOf(error: unknown): CameraProblem {
  switch (error instanceof DOMException ? error.name : undefined) {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'no-camera';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'permission-denied';
    case 'NotReadableError':
      return 'in-use';
    default:
      return 'failed';
  }
}
