import { useEffect, useRef, useState } from 'preact/hooks';
import { type Camera, type CameraProblem, openCamera } from '../capture/camera.ts';
import type { Decoder } from '../capture/decoder.ts';
import { createInView } from '../capture/repeat.ts';
import { type View, type Watch, watch } from '../capture/watch.ts';
import { words } from '../i18n/index.ts';
import { CameraTools } from './camera-tools.tsx';

/**
 * A text that came into view; `isNew` says whether the person it belongs to is new there.
 * Answers whether anybody had time for it: if not, it is told again.
 */
export type OnText = (text: string, isNew: (who: string) => boolean) => Promise<boolean>;

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

/** Milliseconds between attempts to get back a camera that was lost. */
const RETRY_PACE = 5_000;

type Sight = 'starting' | 'open' | CameraProblem;

/** The camera's picture with the frame to aim by, or why there is none and what to do. */
export function Viewfinder({ decoder, looking, deviceId, aim, onText }: ViewfinderProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [sight, setSight] = useState<Sight>('starting');
  const [camera, setCamera] = useState<Camera>();
  const [view, setView] = useState<View>();
  const [attempt, setAttempt] = useState(0);
  const opening = useRef(false);
  const latest = useRef(onText);
  latest.current = onText;
  const { scan } = words.value;

  /** What is wrong stays on the screen until it is right again, which is tried at once. */
  const lose = (problem: CameraProblem) => {
    setSight(problem);
    setAttempt((last) => last + 1);
  };

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    opening.current = true;
    setSight((last) => (last === 'open' ? 'starting' : last));
    openCamera(element, { deviceId, signal, onEnded: () => lose('in-use') }).then((opened) => {
      if (signal.aborted) return;
      opening.current = false;
      if (opened.ok) setCamera(opened.value);
      setSight(opened.ok ? 'open' : opened.reason);
    });
    return () => leaving.abort();
  }, [deviceId, attempt]);

  const isLost = sight === 'in-use' || sight === 'failed' || sight === 'no-camera';
  useEffect(() => {
    if (!isLost) return undefined;
    const retry = () => document.hidden || opening.current || setAttempt((last) => last + 1);
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

  const [watching, setWatching] = useState<Watch>();
  useEffect(() => {
    const element = video.current;
    if (!element || !decoder || sight !== 'open') return;
    const inView = createInView();
    const started = watch(
      element,
      decoder,
      {
        async onText(text, now) {
          const taken = await latest.current(text, (who) => inView.belongs(text, who, now));
          if (!taken) inView.forget(text);
        },
        onView: setView,
        onSilence: () => lose('failed'),
      },
      inView,
    );
    setView(undefined);
    setWatching(started);
    return started.stop;
  }, [decoder, sight]);

  useEffect(() => {
    if (looking) watching?.resume();
    else watching?.pause();
  }, [looking, watching]);

  /** The picture covers the element: what hangs over its sides is not seen. */
  const focusAt = ({ clientX, clientY }: PointerEvent, element: HTMLVideoElement) => {
    const box = element.getBoundingClientRect();
    const { videoWidth, videoHeight } = element;
    const scale = Math.max(box.width / videoWidth, box.height / videoHeight);
    const x = 0.5 + (clientX - box.x - box.width / 2) / (videoWidth * scale);
    const y = 0.5 + (clientY - box.y - box.height / 2) / (videoHeight * scale);
    void camera?.controls.focus?.at(camera.facesUser ? 1 - x : x, y);
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
        class={camera?.facesUser ? 'mirrored' : ''}
        hidden={sight !== 'open'}
      />
      {sight === 'open' && <div class={view?.idle ? 'frame idle' : 'frame'} />}
      {sight === 'open' && <p class="aim">{view?.hint ? scan.hint[view.hint] : aim}</p>}
      {sight === 'open' && camera && <CameraTools {...camera.controls} />}
      {sight === 'starting' && <p class="aim">{scan.starting}</p>}
      {sight !== 'open' && sight !== 'starting' && (
        <div class="trouble" role="alert">
          <b>{words.value.camera[sight].why}</b>
          <span>{words.value.camera[sight].next}</span>
          <button
            type="button"
            class="primary"
            onClick={() => {
              setSight('starting');
              setAttempt(attempt + 1);
            }}
          >
            {scan.tryAgain}
          </button>
        </div>
      )}
    </div>
  );
}
