import type { Frame } from './decoder.ts';

/** Where frames come from. There is no backlog: frames that nobody waits for are dropped. */
export interface FrameSource {
  /**
   * Resolves with the newest frame, or with the next to appear; who asked closes it.
   * Rejects when it cannot be had, as while a video changes its source.
   */
  next(): Promise<Frame>;
  /** What is still waited for never comes. */
  close(): void;
}

/** Insertable streams for MediaStreamTrack, as far as used here: in windows of Chromium only. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
interface TrackProcessors {
  new (init: { track: MediaStreamTrack; maxBufferSize: number }): TrackProcessor;
}
declare const MediaStreamTrackProcessor: TrackProcessors | undefined;

/** The frames of the camera that a video shows, the straightest way that this browser has. */
export function framesOf(video: HTMLVideoElement): FrameSource {
  const { srcObject } = video;
  const [track] = srcObject instanceof MediaStream ? srcObject.getVideoTracks() : [];
  return track && typeof MediaStreamTrackProcessor === 'function'
    ? framesOfTrack(track, MediaStreamTrackProcessor)
    : framesOfVideo(video);
}

/** The track's own frames, before they are drawn: they go to a worker without a copy. */
function framesOfTrack(track: MediaStreamTrack, Processor: TrackProcessors): FrameSource {
  // Room for one: a newer frame takes the place of the one that nobody has taken yet.
  const { readable } = new Processor({ track, maxBufferSize: 1 });
  const reader = readable.getReader();
  let closed = false;
  return {
    async next() {
      const { value } = await reader.read();
      if (value) return value;
      if (closed) return new Promise(() => {});
      throw new Error('The camera gives no more frames');
    },
    close() {
      closed = true;
      void reader.cancel();
    },
  };
}

/** The frames as they are shown: everywhere else. */
export function framesOfVideo(video: HTMLVideoElement): FrameSource {
  let handle = 0;
  // Firefox before 132 tells of no frame: some are looked at twice there.
  const isTold = typeof video.requestVideoFrameCallback === 'function';
  return {
    async next() {
      await new Promise((resolve) => {
        handle = isTold ? video.requestVideoFrameCallback(resolve) : requestAnimationFrame(resolve);
      });
      return createImageBitmap(video);
    },
    close() {
      if (isTold) video.cancelVideoFrameCallback(handle);
      else cancelAnimationFrame(handle);
    },
  };
}
