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

/**
 * A decoder in a worker. A worker that falls silent is replaced; what it was asked
 * counts as a miss.
 *
 * @param start starts a worker that speaks {@link DecoderReport}; may throw
 * @param answerLimit milliseconds after which a worker counts as dead
 * @returns undefined when it does not start, or no engine reads in it
 */
export async function openWorkerDecoder(
  start: () => Worker,
  answerLimit: number = ANSWER_LIMIT,
): Promise<Decoder | undefined> {
  const waiting = new Map<number, (sight: Sight) => void>();
  let worker: Worker | undefined;
  let engine: EngineName | undefined;
  let lastId = 0;

  /** Resolves when it is known whether the worker reads. */
  function launch(): Promise<void> {
    return new Promise((resolve) => {
      worker = start();
      worker.onerror = () => resolve();
      worker.onmessage = ({ data }: MessageEvent<DecoderReport>) => {
        if (data.type === 'answer') return waiting.get(data.id)?.(data.sight);
        engine = data.name ?? engine;
        resolve();
      };
    });
  }

  function end(): void {
    worker?.terminate();
    worker = undefined;
    for (const answer of waiting.values()) answer({});
  }

  function ask(asked: Worker, frame: Frame, effort: Effort): Promise<Sight> {
    const id = ++lastId;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        end();
        ready = launch().catch(() => {});
      }, answerLimit);
      waiting.set(id, (sight) => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(sight);
      });
      try {
        asked.postMessage({ id, frame, effort } satisfies DecodeRequest<Frame>, [frame]);
      } catch {
        // A frame that was closed cannot be transferred.
        waiting.get(id)?.({});
      }
    });
  }

  let ready = launch().catch(() => {});
  await ready;
  if (!engine) {
    end();
    return undefined;
  }
  const first = engine;
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
    close: end,
  };
}
