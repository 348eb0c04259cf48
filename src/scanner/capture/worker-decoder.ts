import type {
  DecodeRequest,
  DecoderReport,
  Effort,
  EngineName,
  Sight,
} from '../../core/decoding.ts';
import type { Decoder, Frame } from './decoder.ts';

/** Milliseconds: a worker that was killed for its memory gives no other sign. */
const ANSWER_LIMIT = 10_000;
/** Milliseconds: its script comes first, then each of its engines may take a quarter of this. */
const START_LIMIT = 60_000;
/** Workers on end that fall silent: what killed those would kill the next. */
const MOST_SILENCES = 2;

interface WorkerLimits {
  /** Milliseconds without a word after which a worker that was asked counts as dead. */
  readonly answer?: number;
  /** Milliseconds after which a worker that has not said who reads in it counts as dead. */
  readonly start?: number;
}

/**
 * A decoder in a worker. A worker that falls silent is replaced; what it was asked counts as
 * a miss.
 *
 * @param start starts a worker that speaks {@link DecoderReport}; may throw
 * @param onDead called once, when this decoder, which did read, does so no more
 * @returns undefined when it does not start, or no engine reads in it
 */
export async function openWorkerDecoder(
  start: () => Worker,
  onDead: () => void = () => {},
  limits: WorkerLimits = {},
): Promise<Decoder | undefined> {
  const waiting = new Map<number, (sight: Sight) => void>();
  let worker: Worker | undefined;
  let engine: EngineName | undefined;
  let lastId = 0;
  let silences = 0;
  let alarm: ReturnType<typeof setTimeout> | undefined;
  let isOpen = false;

  /** @returns whether an engine reads in the worker that it starts. */
  function launch(): Promise<boolean> {
    return new Promise<boolean>((resolve) => {
      setTimeout(resolve, limits.start ?? START_LIMIT, false);
      worker = start();
      worker.onerror = () => resolve(false);
      worker.onmessage = ({ data }: MessageEvent<DecoderReport>) => {
        hear(data);
        if (data.type === 'engine') resolve(data.name !== undefined);
      };
    }).catch(() => false);
  }

  function hear(report: DecoderReport): void {
    if (report.type === 'answer') {
      silences = 0;
      waiting.get(report.id)?.(report.sight);
    }
    if (report.type === 'engine') {
      engine = report.name;
      if (!engine) die();
    }
    awaitWord();
  }

  /** From now on: whoever is asked must say something in time. */
  function awaitWord(): void {
    clearTimeout(alarm);
    if (waiting.size > 0) alarm = setTimeout(replace, limits.answer ?? ANSWER_LIMIT);
  }

  async function replace(): Promise<void> {
    end();
    if (++silences === MOST_SILENCES) return die();
    ready = launch();
    if (!(await ready)) die();
  }

  function die(): void {
    if (!isOpen) return;
    close();
    onDead();
  }

  function close(): void {
    isOpen = false;
    end();
  }

  function end(): void {
    clearTimeout(alarm);
    worker?.terminate();
    worker = undefined;
    for (const answer of waiting.values()) answer({});
  }

  function ask(asked: Worker, frame: Frame, effort: Effort): Promise<Sight> {
    const id = ++lastId;
    return new Promise((resolve) => {
      try {
        asked.postMessage({ id, frame, effort } satisfies DecodeRequest<Frame>, [frame]);
      } catch {
        // A frame that was closed cannot be transferred.
        return resolve({});
      }
      waiting.set(id, (sight) => {
        waiting.delete(id);
        resolve(sight);
      });
      if (waiting.size === 1) awaitWord();
    });
  }

  let ready = launch();
  if (!(await ready) || !engine) {
    end();
    return undefined;
  }
  const first: EngineName = engine;
  isOpen = true;
  return {
    get engine() {
      return engine ?? first;
    },
    async decode(frame, effort = 'glance') {
      await ready;
      if (worker) return ask(worker, frame, effort);
      frame.close();
      return {};
    },
    close,
  };
}
