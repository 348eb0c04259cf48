import { accept, type Result, refuse } from '../../core/result.ts';
import { type CameraControls, controlsOf, followPicture } from './camera-controls.ts';

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

export interface Camera {
  readonly deviceId: string | undefined;
  /** A camera that looks at the staff: show its picture mirrored, as people expect. */
  readonly facesUser: boolean;
  readonly controls: CameraControls;
}

/** Opens a camera and plays its picture in `video`, until the signal says so. */
export async function openCamera(
  video: HTMLVideoElement,
  choice: CameraChoice = {},
): Promise<Result<Camera, CameraProblem>> {
  // Without a secure context there is no mediaDevices at all.
  if (!window.isSecureContext) return refuse('insecure-page');
  try {
    return await play(video, await openStream(choice), choice);
  } catch (error) {
    return refuse(problemOf(error));
  }
}

/** The cameras to choose from. Browsers tell their names once one was opened. */
export async function listCameras(): Promise<readonly MediaDeviceInfo[]> {
  if (!window.isSecureContext) return [];
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === 'videoinput');
}

async function openStream({ deviceId }: CameraChoice): Promise<MediaStream> {
  const size = { width: { ideal: 1920 }, height: { ideal: 1080 } };
  if (deviceId === FRONT_CAMERA) return getVideo({ ...size, facingMode: { ideal: 'user' } });
  if (deviceId) {
    try {
      return await getVideo({ ...size, deviceId: { exact: deviceId } });
    } catch (error) {
      if (problemOf(error) !== 'no-camera') throw error;
    }
  }
  return getVideo({ ...size, facingMode: { ideal: 'environment' } });
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
  try {
    await video.play();
  } catch {
    stop();
    return refuse('failed');
  }
  void followPicture(track);
  const { deviceId, facingMode } = track.getSettings();
  // Cameras on a cable do not say where they look: then it is as the staff said.
  const facesUser = (facingMode ?? (chosen === FRONT_CAMERA ? 'user' : '')) === 'user';
  return accept({ deviceId, facesUser, controls: controlsOf(track) });
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
