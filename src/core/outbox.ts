import { MAX_BATCH_RECORDS } from './record/batch.ts';

/**
 * The outbox as a state machine: the courier carries out the commands and reports
 * what came of them. Pure: the clock, the dice and the wire are the courier's.
 *
 *   resting  -- wake ----------------> loading
 *   loading  -- loaded, none --------> resting
 *   loading  -- loaded, a run -------> sending
 *   loading  -- rest asked for ------> waiting
 *   sending  -- receipt, too large --> loading
 *   sending  -- missing -------------> sending, with the last receipt
 *   sending  -- unreachable, busy ---> waiting  -- wake --> loading
 *   sending  -- woken, unreachable --> loading
 *   sending  -- refused, missing ----> halted   -- wake --> loading
 *
 * The network's return (`online`) wakes too, makes the next pause a short one again, and
 * leaves what is being sent a few seconds: it may hang on a line that is not there any more.
 *
 * Waiting and halted ask for a timer, so that no state is an end. Halted: the authority
 * will not take records of this device, and people have to act; they may have acted.
 */
export type OutboxState =
  | { readonly phase: 'resting' }
  | {
      readonly phase: 'loading';
      readonly limit: number;
      readonly attempt: number;
      /** Woken since: what is being loaded may lack the newest record. */
      readonly again: boolean;
    }
  | {
      readonly phase: 'sending';
      readonly limit: number;
      readonly attempt: number;
      readonly run: Run;
      /** It goes with the receipt of what is before it: the authority has lost that. */
      readonly vouched: boolean;
      /** Woken since: when nobody answers, it goes once more at once. */
      readonly again: boolean;
    }
  | {
      readonly phase: 'waiting';
      readonly limit: number;
      readonly attempt: number;
      readonly cause: WaitCause;
    }
  | { readonly phase: 'halted'; readonly problem: OutboxProblem };

/** A gapless run of waiting records, and the head of the chain after the last. */
export interface Run {
  readonly first: number;
  readonly last: number;
  readonly head: string;
}

/**
 * Why nothing is sent for a while.
 * - `no-answer`: no network, or too slow
 * - `stranger`: something answered that is not the authority, such as a captive portal
 * - `busy`: the authority asked for rest
 */
export type WaitCause = 'no-answer' | 'stranger' | 'busy';

/** What people have to mend: the records stay on the device meanwhile. */
export type OutboxProblem = 'barred' | 'unknown-device' | 'conflict' | 'gap' | 'rejected';

export type OutboxEvent =
  /** A timer fired, a page opened. */
  | { readonly type: 'wake' }
  /** The network returned. */
  | { readonly type: 'online' }
  /** There is one record more. No reason to disturb an authority that asked for rest. */
  | { readonly type: 'written' }
  /** `rest`: seconds that the authority has asked for and that are not over. */
  | { readonly type: 'loaded'; readonly run: Run | undefined; readonly rest?: number }
  /** A receipt whose signature was verified, and its text. */
  | { readonly type: 'receipt'; readonly receipt: Run; readonly text: string }
  /** The authority lacks what comes before. */
  | { readonly type: 'missing'; readonly first: number }
  | { readonly type: 'too-large' }
  /** `retryAfter`: seconds. */
  | { readonly type: 'busy'; readonly retryAfter?: number | undefined; readonly dice: number }
  | {
      readonly type: 'unreachable';
      readonly cause: 'no-answer' | 'stranger';
      readonly dice: number;
    }
  | { readonly type: 'refused'; readonly problem: OutboxProblem };

export type OutboxCommand =
  /** Report `loaded` with the oldest waiting run of at most `limit` records. */
  | { readonly type: 'load'; readonly limit: number }
  /** `vouched`: with the last receipt; without one, report `missing` again. */
  | { readonly type: 'send'; readonly run: Run; readonly vouched: boolean }
  /** Now, and not in turn: give up what is being sent, unless it is answered within so long. */
  | { readonly type: 'hurry'; readonly seconds: number }
  /** Delete exactly these and keep their receipt, before anything else is loaded. */
  | { readonly type: 'delete'; readonly run: Run; readonly receipt: string }
  /** No courier of this device sends anything for so long, whatever wakes it. */
  | { readonly type: 'rest'; readonly seconds: number }
  | { readonly type: 'wake-after'; readonly seconds: number };

export const RESTING: OutboxState = { phase: 'resting' };

const FIRST_LIMIT = 50;
const BACKOFF_FIRST = 2;
const BACKOFF_MOST = 300;
/** What was sent before the network returned is answered within so long, or hangs. Seconds. */
const HANGS_AFTER = 5;
/** Whatever `Retry-After` says, seconds; and with the dice's part of it. */
const RETRY_AFTER_MOST = 3600;
const REST_MOST = RETRY_AFTER_MOST * 1.5;

type Step = readonly [OutboxState, readonly OutboxCommand[]];

/** @param event `dice` is a random number from 0 to 1, so that devices do not march in step. */
export function step(state: OutboxState, event: OutboxEvent): Step {
  if (event.type === 'wake') return wake(state);
  if (event.type === 'online') return online(state);
  if (event.type === 'written') return isLooking(state) ? wake(state) : [state, []];
  if (state.phase === 'loading' && event.type === 'loaded') return loaded(state, event);
  if (state.phase === 'sending') return answered(state, event);
  return [state, []];
}

/** Or would be: what is being sent is followed by a look anyway, and a pause is for a reason. */
function isLooking({ phase }: OutboxState): boolean {
  return phase === 'resting' || phase === 'loading';
}

function wake(state: OutboxState): Step {
  switch (state.phase) {
    case 'loading':
    case 'sending':
      return [{ ...state, again: true }, []];
    case 'waiting':
      return load(state.limit, state.attempt);
    case 'resting':
    case 'halted':
      return load(FIRST_LIMIT, 0);
  }
}

/** Failures of the network before are none of this one's. */
function online(state: OutboxState): Step {
  const [next, commands] = wake('attempt' in state ? { ...state, attempt: 0 } : state);
  return next.phase === 'sending'
    ? [next, [{ type: 'hurry', seconds: HANGS_AFTER }]]
    : [next, commands];
}

function loaded(
  { limit, attempt, again }: OutboxState & { phase: 'loading' },
  { run, rest = 0 }: OutboxEvent & { type: 'loaded' },
): Step {
  if (!run) return again ? load(limit, attempt) : [RESTING, []];
  if (rest > 0) return waitFor('busy', Math.min(rest, REST_MOST), limit, attempt);
  return send({ limit, attempt, run, vouched: false, again: false });
}

function send(what: Omit<OutboxState & { phase: 'sending' }, 'phase'>): Step {
  const { run, vouched } = what;
  return [{ phase: 'sending', ...what }, [{ type: 'send', run, vouched }]];
}

function answered(state: OutboxState & { phase: 'sending' }, event: OutboxEvent): Step {
  const { run, limit, attempt, vouched, again } = state;
  switch (event.type) {
    case 'receipt': {
      const { receipt } = event;
      // A receipt for anything but exactly this run deletes nothing.
      if (receipt.first !== run.first || receipt.last !== run.last || receipt.head !== run.head) {
        return halt('rejected');
      }
      const [next, commands] = load(Math.min(limit * 2, MAX_BATCH_RECORDS), 0);
      return [next, [{ type: 'delete', run, receipt: event.text }, ...commands]];
    }
    case 'missing':
      // What was sent is the oldest there is: the authority has lost what it once confirmed.
      if (event.first >= run.first) return halt('rejected');
      return vouched ? halt('gap') : send({ limit, attempt, run, vouched: true, again });
    case 'too-large':
      return run.last === run.first
        ? halt('rejected')
        : load(Math.floor((run.last - run.first + 1) / 2), attempt);
    case 'busy': {
      const pause = backoff(attempt, event.dice);
      if (event.retryAfter === undefined) return waitFor('busy', pause, limit, attempt + 1);
      const asked = Math.min(event.retryAfter, RETRY_AFTER_MOST) * (1 + event.dice / 2);
      const seconds = Math.max(asked, pause);
      const [next, commands] = waitFor('busy', seconds, limit, attempt + 1);
      return [next, [{ type: 'rest', seconds }, ...commands]];
    }
    case 'unreachable': {
      // A smaller batch gets through a network that a large one does not.
      const smaller = Math.min(limit, Math.max(FIRST_LIMIT / 10, Math.floor(limit / 2)));
      if (again) return load(smaller, attempt);
      return waitFor(event.cause, backoff(attempt, event.dice), smaller, attempt + 1);
    }
    case 'refused':
      return halt(event.problem);
    default:
      return [state, []];
  }
}

function load(limit: number, attempt: number): Step {
  return [{ phase: 'loading', limit, attempt, again: false }, [{ type: 'load', limit }]];
}

function waitFor(cause: WaitCause, seconds: number, limit: number, attempt: number): Step {
  return [{ phase: 'waiting', limit, attempt, cause }, [{ type: 'wake-after', seconds }]];
}

function halt(problem: OutboxProblem): Step {
  return [{ phase: 'halted', problem }, [{ type: 'wake-after', seconds: BACKOFF_MOST }]];
}

/** Seconds: doubling from 2 to 300, of which between half and all is waited. */
function backoff(attempt: number, dice: number): number {
  const most = Math.min(BACKOFF_FIRST * 2 ** Math.min(attempt, 16), BACKOFF_MOST);
  return most * (0.5 + dice / 2);
}
