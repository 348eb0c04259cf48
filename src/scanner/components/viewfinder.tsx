import { useEffect, useRef, useState } from 'preact/hooks';
import { type CameraProblem, openCamera } from '../capture/camera.ts';
import type { Decoder } from '../capture/decoder.ts';
import { createInView } from '../capture/repeat.ts';
import { type Watch, watch } from '../capture/watch.ts';
import { words } from '../i18n/index.ts';

/** A text that came into view; `isNew` says whether the person it belongs to is new there. */
export type OnText = (text: string, isNew: (who: string) => boolean) => void;

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

type Sight = 'starting' | 'open' | CameraProblem;

/** The camera's picture with the frame to aim by, or why there is none and what to do. */
export function Viewfinder({ decoder, looking, deviceId, aim, onText }: ViewfinderProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [sight, setSight] = useState<Sight>('starting');
  const [mirrored, setMirrored] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(onText);
  latest.current = onText;
  const { scan } = words.value;

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    let gone = false;
    let stop = () => {};
    setSight('starting');
    openCamera(element, { deviceId, onEnded: () => setSight('in-use') }).then((camera) => {
      if (!camera.ok) return gone || setSight(camera.reason);
      if (gone) return camera.value.stop();
      stop = camera.value.stop;
      setMirrored(camera.value.facesUser);
      setSight('open');
    });
    return () => {
      gone = true;
      stop();
    };
  }, [deviceId, attempt]);

  const [watching, setWatching] = useState<Watch>();
  useEffect(() => {
    const element = video.current;
    if (!element || !decoder || sight !== 'open') return;
    const inView = createInView();
    const started = watch(
      element,
      decoder,
      (text, now) => latest.current(text, (who) => inView.belongs(text, who, now)),
      inView,
    );
    setWatching(started);
    return started.stop;
  }, [decoder, sight]);

  useEffect(() => {
    if (looking) watching?.resume();
    else watching?.pause();
  }, [looking, watching]);

  return (
    <div class="viewfinder">
      <video
        ref={video}
        muted
        playsInline
        class={mirrored ? 'mirrored' : ''}
        hidden={sight !== 'open'}
      />
      {sight === 'open' && <div class="frame" />}
      {sight === 'open' && <p class="aim">{aim}</p>}
      {sight === 'starting' && <p class="aim">{scan.starting}</p>}
      {sight !== 'open' && sight !== 'starting' && (
        <div class="trouble" role="alert">
          <b>{words.value.camera[sight].why}</b>
          <span>{words.value.camera[sight].next}</span>
          <button type="button" class="primary" onClick={() => setAttempt(attempt + 1)}>
            {scan.tryAgain}
          </button>
        </div>
      )}
    </div>
  );
}
