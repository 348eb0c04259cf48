import type { Decoder, Frame } from './decoder.ts';
import { framesOf } from './frames.ts';
import { createHints, type Hint } from './hints.ts';
import { createLookingClock, type LookingClock } from './looking-clock.ts';
import { createInView, type InView } from './repeat.ts';
import { createRest } from './rest.ts';

/** Milliseconds to wait after a frame that could not be had, so that failing costs nothing. */
const AFTER_FAILURE = 100;
/** Milliseconds between looks while nobody is there. */
const IDLE_PACE = 400;
/** Milliseconds of looking without a frame: no camera is so slow, and not all say they are gone. */
const SILENT_FOR = 4_000;

/** What the picture is like: told when it changes. */
export interface View {
  /** What hinders reading; undefined: nothing. */
  readonly hint: Hint | undefined;
  /** Nobody is there. */
  readonly idle: boolean;
}

/** Who is in view, and since when: for one watch, or for those that follow each other. */
export interface Memory {
  readonly inView: InView;
  readonly clock: LookingClock;
}

export function createMemory(): Memory {
  return { inView: createInView(), clock: createLookingClock() };
}

export interface Watcher {
  /**
   * A text came into view, at this time on the memory's clock, which stands still while
   * nobody looks: who was in view before a pause still is after it.
   */
  onText(text: string, now: number): void;
  /** What the picture is like has changed. */
  onView?(view: View): void;
  /** The camera gives no frames any more, and does not say so. */
  onSilence?(): void;
}

export interface Watch {
  /** Looks away, and keeps in mind who is in view. */
  pause(): void;
  resume(): void;
  /** For good. */
  stop(): void;
}

/**
 * Looks at a video for codes until it is stopped: one frame at a time, always the newest.
 * A hidden page does not look.
 */
export function watch(
  video: HTMLVideoElement,
  decoder: Decoder,
  watcher: Watcher,
  { inView, clock }: Memory = createMemory(),
): Watch {
  const frames = framesOf(video);
  const hints = createHints();
  const rest = createRest();
  let view: View = { hint: undefined, idle: false };
  let paused = false;
  let stopped = false;
  let wake = () => {};

  const isLooking = () => !paused && !stopped && !document.hidden;

  function change(): void {
    if (isLooking()) clock.go();
    else clock.halt();
    wake();
  }

  async function look(): Promise<void> {
    const frame = await nextFrame();
    if (!isLooking()) return frame?.close();
    if (!frame) return;
    const sight = await decoder.decode(frame);
    const { text, impression } = sight;
    const now = clock.now();
    if (impression && isLooking()) {
      const isIdle = rest(impression, text !== undefined, now);
      const seen = { hint: hints(sight, now), idle: isIdle };
      if (seen.hint !== view.hint || seen.idle !== view.idle) watcher.onView?.(seen);
      view = seen;
    }
    if (text && isLooking() && inView.enters(text, now)) watcher.onText(text, now);
  }

  /** @returns undefined when there is none now, for whatever reason; a late one is let go. */
  function nextFrame(): Promise<Frame | undefined> {
    return new Promise((resolve) => {
      let isLate = false;
      const began = clock.now();
      const listen = () => {
        const left = SILENT_FOR - (clock.now() - began);
        // A camera owes nothing to a page that is hidden.
        if (left > 0 && !stopped) {
          timer = setTimeout(listen, left);
          return;
        }
        isLate = true;
        resolve(undefined);
        if (isLooking()) watcher.onSilence?.();
      };
      let timer = setTimeout(listen, SILENT_FOR);
      frames
        .next()
        .then(
          (frame) => (isLate ? frame.close() : resolve(frame)),
          // The video changes its source, or its track was turned off: no fault of anybody.
          () => wait(AFTER_FAILURE).then(resolve),
        )
        .finally(() => clearTimeout(timer));
    });
  }

  function nextChange(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      if (!isLooking()) await nextChange();
      else if (view.idle) await Promise.all([look().catch(recover), wait(IDLE_PACE)]);
      else await look().catch(recover);
    }
  }

  document.addEventListener('visibilitychange', change);
  change();
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
  return wait(AFTER_FAILURE);
}

function wait(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
