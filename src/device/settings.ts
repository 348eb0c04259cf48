import type { Store } from './store.ts';

/** @param name such as `language`, `engine`, `camera`. Nothing personal belongs here. */
export function readSetting(store: Store, name: string): Promise<string | undefined> {
  return store.read(['settings'], (tx) => tx.objectStore('settings').get(name));
}

export async function writeSetting(store: Store, name: string, value: string): Promise<void> {
  await store.write(['settings'], (tx) => tx.objectStore('settings').put(value, name));
}
