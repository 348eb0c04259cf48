import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Camera, type CameraProblem, openCamera } from '../capture/camera.ts';
import type { CameraControls } from '../capture/camera-controls.ts';

/** Milliseconds between attempts to get back a camera that was lost. */
const RETRY_PACE = 5_000;

interface CameraInUse {
  /** Whether there is a picture, or why there is none. */
  readonly sight: 'starting' | 'open' | CameraProblem;
  /** The one that was opened last. */
  readonly camera: Camera | undefined;
  /** What it can do besides, once that is known. */
  readonly controls: CameraControls | undefined;
  /** It is lost: another one, or the same, is opened once the page is seen. */
  lose(): void;
  /** As the staff wish. */
  tryAgain(): void;
}

/** A camera whose picture plays in the video, and that comes back by itself when it is lost. */
export function useCamera(
  video: RefObject<HTMLVideoElement | null>,
  deviceId: string | undefined,
): CameraInUse {
  const [sight, setSight] = useState<CameraInUse['sight']>('starting');
  const [camera, setCamera] = useState<Camera>();
  const [controls, setControls] = useState<CameraControls>();
  const [attempt, setAttempt] = useState(0);
  const opening = useRef(false);
  const lose = () => setAttempt((last) => last + 1);

  // Before the first paint: a camera takes its time, and the page draws meanwhile.
  useLayoutEffect(() => {
    const element = video.current;
    if (!element) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    opening.current = true;
    // What is wrong stays on the screen until it is right again.
    setSight((last) => (last === 'open' ? 'starting' : last));
    const open = async () => {
      await whenSeen(signal);
      const opened = await openCamera(element, { deviceId, signal, onEnded: lose });
      if (signal.aborted) return;
      opening.current = false;
      if (opened.ok) setCamera(opened.value);
      setSight(opened.ok ? 'open' : opened.reason);
      setControls(undefined);
      const known = opened.ok ? await opened.value.controls : undefined;
      if (!signal.aborted) setControls(known);
    };
    void open();
    return () => leaving.abort();
  }, [deviceId, attempt]);

  const isLost = sight === 'in-use' || sight === 'failed' || sight === 'no-camera';
  useEffect(() => {
    if (!isLost) return undefined;
    const retry = () => document.hidden || opening.current || lose();
    // Nobody tells when another app lets go of the camera.
    const timer = setInterval(() => sight === 'no-camera' || retry(), RETRY_PACE);
    document.addEventListener('visibilitychange', retry);
    navigator.mediaDevices?.addEventListener('devicechange', retry);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', retry);
      navigator.mediaDevices?.removeEventListener('devicechange', retry);
    };
  }, [isLost, sight]);

  const tryAgain = () => {
    setSight('starting');
    lose();
  };
  return { sight, camera, controls, lose, tryAgain };
}

/** A hidden page that asks for a camera is refused, and nobody is there to allow it. */
function whenSeen(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => document.hidden || resolve();
    document.addEventListener('visibilitychange', look, { signal });
    look();
  });
}
