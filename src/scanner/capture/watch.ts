import type { Decoder } from './decoder.ts';
import { framesOf } from './frames.ts';
import { viewfinderOf } from './region.ts';
import { createInView, type InView } from './repeat.ts';

/** Milliseconds to wait after a frame that could not be had, so that failing costs nothing. */
const AFTER_FAILURE = 100;

export interface Watch {
  /** Looks away, and keeps in mind who is in view. */
  pause(): void;
  resume(): void;
  /** For good. */
  stop(): void;
}

/**
 * Looks at a video for codes until it is stopped: one frame at a time, always the newest,
 * by turns only the viewfinder and all of it. A hidden page does not look.
 *
 * @param onText called with each text that comes into view, and the time on this watch's
 * clock, which stands still while nobody looks: who was in view before a pause still is
 * after it
 */
export function watch(
  video: HTMLVideoElement,
  decoder: Decoder,
  onText: (text: string, now: number) => void,
  inView: InView = createInView(),
): Watch {
  const frames = framesOf(video);
  const clock = startClock();
  let paused = false;
  let stopped = false;
  let wake = () => {};

  const isLooking = () => !paused && !stopped && !document.hidden;

  function change(): void {
    if (isLooking()) clock.go();
    else clock.halt();
    wake();
  }

  async function look(turn: number): Promise<void> {
    const frame = await frames.next();
    if (!isLooking()) return frame.close();
    const text = await decoder.decode(frame, turn % 2 === 0 ? viewfinderOf(frame) : undefined);
    const now = clock.now();
    if (text && isLooking() && inView.enters(text, now)) onText(text, now);
  }

  function nextChange(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
    });
  }

  async function run(): Promise<void> {
    for (let turn = 0; !stopped; turn++) {
      if (isLooking()) await look(turn).catch(recover);
      else await nextChange();
    }
  }

  document.addEventListener('visibilitychange', change);
  run();

  return {
    pause() {
      paused = true;
      change();
    },
    resume() {
      paused = false;
      change();
    },
    stop() {
      stopped = true;
      document.removeEventListener('visibilitychange', change);
      frames.close();
      change();
    },
  };
}

/** One bad frame must not end the shift. */
function recover(error: unknown): Promise<void> {
  reportError(error);
  return new Promise((resolve) => setTimeout(resolve, AFTER_FAILURE));
}

/** Milliseconds of going, not of standing still. */
function startClock() {
  let before = 0;
  let since: number | undefined = performance.now();
  const now = () => before + (since === undefined ? 0 : performance.now() - since);
  return {
    now,
    go() {
      since ??= performance.now();
    },
    halt() {
      before = now();
      since = undefined;
    },
  };
}
