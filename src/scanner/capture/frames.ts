import type { Frame } from './decoder.ts';

/** Where frames come from. There is no backlog: frames that nobody waits for are dropped. */
export interface FrameSource {
  /**
   * Resolves with the next frame to appear; who asked closes it.
   * Rejects when it cannot be had, as while a video changes its source.
   */
  next(): Promise<Frame>;
  /** What is still waited for never comes. */
  close(): void;
}

/** The frames that a video shows. */
export function framesOf(video: HTMLVideoElement): FrameSource {
  let handle = 0;
  return {
    async next() {
      await new Promise((resolve) => {
        handle = video.requestVideoFrameCallback(resolve);
      });
      return createImageBitmap(video);
    },
    close() {
      video.cancelVideoFrameCallback(handle);
    },
  };
}
