interface Processors {
  new (init: { track?: MediaStreamTrack }): { readable: ReadableStream<VideoFrame> };
}

/**
 * Tells when the white marker, which a code's frames carry in their corner, comes and goes.
 * Handed over as source to the pages of the bench: it uses nothing from around it.
 */
export async function watchMarker(tell: (there: boolean) => boolean): Promise<void> {
  const { MediaStreamTrackProcessor } = globalThis as unknown as {
    MediaStreamTrackProcessor: Processors;
  };
  // Without a size it would be another, and the corner cut off.
  const video = { width: 1280, height: 720 };
  const stream = await navigator.mediaDevices.getUserMedia({ video });
  const [track] = stream.getVideoTracks();
  if (!track) return;
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const pixels = new Uint8Array(6);
  for (let before = true; ; ) {
    const { value: frame } = await reader.read();
    if (!frame) return;
    await frame.copyTo(pixels, { rect: { x: 0, y: 0, width: 2, height: 2 } });
    frame.close();
    // Luma of the marker, and of nothing else that comes to that corner.
    const there = (pixels[0] ?? 0) > 200;
    if (there !== before && tell(there)) return;
    before = there;
  }
}
