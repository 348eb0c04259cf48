interface Processors {
  new (init: { track?: MediaStreamTrack }): { readable: ReadableStream<VideoFrame> };
}

export interface Appearances {
  /** When the code in view came, on the page's clock; undefined: none is, or it was seen already. */
  seen(): number | undefined;
  stop(): void;
}

/**
 * Notes when the white marker, which a code's frames carry in their corner, comes and goes.
 * Handed over as source to the pages of the bench, as is {@link painted}: they use nothing
 * from around them.
 */
export async function watchMarker(): Promise<Appearances> {
  const { MediaStreamTrackProcessor } = globalThis as unknown as {
    MediaStreamTrackProcessor: Processors;
  };
  // Without a size it would be another, and the corner cut off.
  const video = { width: 1280, height: 720 };
  const stream = await navigator.mediaDevices.getUserMedia({ video });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error('No camera');
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const pixels = new Uint8Array(6);
  let appearedAt: number | undefined;
  const watch = async (): Promise<void> => {
    // A code that is there from the start has an unknown first frame.
    for (let before = true; ; ) {
      const { value: frame } = await reader.read();
      if (!frame) return;
      const now = performance.now();
      await frame.copyTo(pixels, { rect: { x: 0, y: 0, width: 2, height: 2 } });
      frame.close();
      // Luma of the marker, and of nothing else that comes to that corner.
      const there = (pixels[0] ?? 0) > 200;
      if (there !== before) appearedAt = there ? now : undefined;
      before = there;
    }
  };
  void watch();
  return {
    seen() {
      const since = appearedAt;
      appearedAt = undefined;
      return since;
    },
    stop: () => track.stop(),
  };
}

/** Resolves with the time at which what is on the page by now was painted. */
export function painted(): Promise<number> {
  return new Promise((resolve) => {
    // The callback comes before the frame is painted, and the message after it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(undefined);
    });
  });
}
