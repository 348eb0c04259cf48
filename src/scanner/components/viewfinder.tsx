import { useEffect, useRef, useState } from 'preact/hooks';
import { FRONT_CAMERA } from '../capture/camera.ts';
import type { Decoder } from '../capture/decoder.ts';
import { words } from '../i18n/index.ts';
import type { CameraTools } from './camera-tools.tsx';
import { pointInPicture } from './point-in-picture.ts';
import { useCamera } from './use-camera.ts';
import { type OnText, useWatch } from './use-watch.ts';

interface ViewfinderProps {
  /** Undefined while the engines start. */
  decoder: Decoder | undefined;
  /** While false the camera stays on and nobody looks: opening it again takes a second. */
  looking: boolean;
  deviceId: string | undefined;
  /** What to hold into the frame. */
  aim: string;
  onText: OnText;
}

/** The camera's picture with the frame to aim by, or why there is none and what to do. */
export function Viewfinder({ decoder, looking, deviceId, aim, onText }: ViewfinderProps) {
  const video = useRef<HTMLVideoElement>(null);
  const { sight, camera, controls, lose, tryAgain } = useCamera(video, deviceId);
  const isOpen = sight === 'open';
  // Its first picture is seen as it comes, not once the page was drawn again.
  const isTrouble = !isOpen && sight !== 'starting';
  const view = useWatch(video, {
    decoder: isOpen ? decoder : undefined,
    looking,
    onText,
    onSilence: lose,
  });
  const isIdle = isOpen && view?.idle === true;
  const { scan } = words.value;

  // What the staff wish of a camera: one that is opened again is dark and wide.
  const [kept] = useState({ isLit: false, zoom: undefined });
  const [Tools, setTools] = useState<typeof CameraTools>();
  useEffect(() => {
    if (!controls) return;
    import('./camera-tools.tsx').then(
      (loaded) => setTools(() => loaded.CameraTools),
      () => {},
    );
  }, [controls]);

  useEffect(() => {
    if (!isIdle) return undefined;
    void camera?.rest(true);
    return () => void camera?.rest(false);
  }, [isIdle, camera]);

  const focusAt = ({ clientX, clientY }: PointerEvent, element: HTMLVideoElement) => {
    const at = { x: clientX, y: clientY };
    const size = { width: element.videoWidth, height: element.videoHeight };
    const { x, y } = pointInPicture(at, element.getBoundingClientRect(), size);
    void controls?.focus?.at(camera?.facesUser ? 1 - x : x, y);
  };

  return (
    <div
      class="viewfinder"
      onPointerDown={(event) => video.current && focusAt(event, video.current)}
    >
      <video
        ref={video}
        muted
        playsInline
        class={(camera?.facesUser ?? deviceId === FRONT_CAMERA) ? 'mirrored' : ''}
        hidden={isTrouble}
      />
      {isOpen && <div class={isIdle ? 'frame idle' : 'frame'} />}
      {isOpen && <p class="aim">{view?.hint ? scan.hint[view.hint] : aim}</p>}
      {isOpen && Tools && controls && <Tools {...controls} kept={kept} isIdle={isIdle} />}
      {sight === 'starting' && <p class="aim">{scan.starting}</p>}
      {isTrouble && (
        <div class="trouble" role="alert">
          <b>{words.value.camera[sight].why}</b>
          <span>{words.value.camera[sight].next}</span>
          <button type="button" class="primary" onClick={tryAgain}>
            {scan.tryAgain}
          </button>
        </div>
      )}
    </div>
  );
}
