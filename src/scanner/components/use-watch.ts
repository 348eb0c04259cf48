import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Decoder } from '../capture/decoder.ts';
import { createMemory, type View, type Watch, watch } from '../capture/watch.ts';

/**
 * A text that came into view; `isNew` says whether the person it belongs to is new there.
 * Answers whether anybody had time for it: if not, it is told again.
 */
export type OnText = (text: string, isNew: (who: string) => boolean) => Promise<boolean>;

interface WatchProps {
  /** Left out while there is no picture, or nobody who reads it. */
  readonly decoder: Decoder | undefined;
  /** While false nobody looks, and who is in view is kept in mind. */
  readonly looking: boolean;
  readonly onText: OnText;
  /** The camera gives no frames any more. */
  readonly onSilence: () => void;
}

/** Looks for codes in the video. @returns what the picture is like, once that is known */
export function useWatch(
  video: RefObject<HTMLVideoElement | null>,
  props: WatchProps,
): View | undefined {
  const { decoder, looking } = props;
  const [view, setView] = useState<View>();
  const [watching, setWatching] = useState<Watch>();
  const latest = useRef(props);
  latest.current = props;
  // Whoever is in view still is when the camera was lost and is back.
  const [memory] = useState(createMemory);

  useEffect(() => {
    const element = video.current;
    if (!element || !decoder) return;
    const { inView } = memory;
    const watcher = {
      async onText(text: string, now: number) {
        const isNew = (who: string) => inView.belongs(text, who, now);
        if (!(await latest.current.onText(text, isNew))) inView.forget(text);
      },
      onView: setView,
      onSilence: () => latest.current.onSilence(),
    };
    const started = watch(element, decoder, watcher, memory);
    setView(undefined);
    setWatching(started);
    return started.stop;
  }, [decoder]);

  useEffect(() => {
    if (looking) watching?.resume();
    else watching?.pause();
  }, [looking, watching]);

  return view;
}
