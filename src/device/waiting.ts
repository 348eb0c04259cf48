import type { Store } from './store.ts';

export interface Waiting {
  readonly count: number;
  /** When the oldest was written, epoch seconds; undefined when none waits. */
  readonly oldestAt: number | undefined;
}

/** The records that the authority has not confirmed yet. */
export function waiting(store: Store): Promise<Waiting> {
  return store.read(['outbox'], async (tx) => {
    const outbox = tx.objectStore('outbox');
    const [count, oldest] = await Promise.all([outbox.count(), outbox.openCursor()]);
    return { count, oldestAt: oldest?.value.at };
  });
}
