/** What a tab or the service worker did that the others have to show. */
export type Change = 'enrolment' | 'documents' | 'outbox' | 'shift';

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
