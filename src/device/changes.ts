/**
 * What a tab or the service worker did that the others have to show; `online`: the network
 * returned, which pages are told by the browser and the service worker is not.
 */
export type Change = 'enrolment' | 'documents' | 'outbox' | 'shift' | 'online';

const CHANNEL = 'kakou';

/** Tells every realm of this origin, the one that calls included. */
export function announce(change: Change): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(change);
  channel.close();
}

/** @returns how to stop listening. */
export function onChange(listener: (change: Change) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Change>) => listener(data);
  return () => channel.close();
}
