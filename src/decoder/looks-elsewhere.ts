import type { Region } from '../core/decoding.ts';
import type { Gray } from './gray.ts';
import type { Find, OtherLooks } from './other-looks.ts';

/** Milliseconds: who says nothing for so long was killed for its memory. */
const ANSWER_LIMIT = 10_000;
/** Milliseconds: what was found earlier is of something that has left the view since. */
const FRESH = 100;

export interface LookRequest {
  readonly frame: Gray;
  readonly symbol: Region | undefined;
}

/** What the worker of the other looks says: whether it has an engine, then one find a request. */
export type LookReport =
  | { readonly type: 'engine'; readonly reads: boolean }
  | { readonly type: 'find'; readonly find: Find };

const NOTHING: Find = { isHeld: false };

/**
 * The other looks in a worker of their own, so that the plain look at the next frame does not
 * wait for them: they take the newest frame whenever they are free, and what they find is the
 * answer to a later one. Where that worker does not start, or falls silent, they are done here.
 *
 * @param start starts a worker that speaks {@link LookReport}; may throw
 * @param here for pictures that are studied, and for want of that worker
 * @param now milliseconds of any clock that goes forward
 * @param limit milliseconds of silence after which the worker counts as gone
 */
export function createLooksElsewhere(
  start: () => Worker,
  here: OtherLooks,
  now: () => number = () => performance.now(),
  limit: number = ANSWER_LIMIT,
): OtherLooks {
  let state: 'none' | 'free' | 'busy' | 'gone' = 'none';
  let worker: Worker | undefined;
  let found: { readonly find: Find; readonly at: number } | undefined;
  let alarm: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    busy();
    try {
      worker = start();
      worker.onerror = giveUp;
      worker.onmessage = ({ data }: MessageEvent<LookReport>) => hear(data);
    } catch {
      giveUp();
    }
  }

  function hear(report: LookReport): void {
    clearTimeout(alarm);
    state = 'free';
    if (report.type === 'find') found = { find: report.find, at: now() };
    else if (!report.reads) giveUp();
  }

  function busy(): void {
    state = 'busy';
    alarm = setTimeout(giveUp, limit);
  }

  function giveUp(): void {
    clearTimeout(alarm);
    state = 'gone';
    worker?.terminate();
    worker = undefined;
  }

  return async (frame, symbol, effort, onTurn) => {
    if (effort === 'study' || state === 'gone') return here(frame, symbol, effort, onTurn);
    if (state === 'none') open();
    if (state === 'free') {
      busy();
      // Copied, which is soon done: who asked measures the frame as well.
      worker?.postMessage({ frame, symbol } satisfies LookRequest);
    }
    const last = found;
    found = undefined;
    return last && now() - last.at <= FRESH ? last.find : NOTHING;
  };
}
