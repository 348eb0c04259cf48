import type { Store } from './store.ts';

/** @param name such as `language`, `engine`, `camera`. Nothing personal belongs here. */
export async function readSetting(store: Store, name: string): Promise<string | undefined> {
  const [value] = await readSettings(store, [name]);
  return value;
}

/** Several of them at one moment, in the order asked for. */
export function readSettings(
  store: Store,
  names: readonly string[],
): Promise<(string | undefined)[]> {
  return store.read(['settings'], (tx) =>
    Promise.all(names.map((name) => tx.objectStore('settings').get(name))),
  );
}

export async function writeSetting(store: Store, name: string, value: string): Promise<void> {
  await store.write(['settings'], (tx) => tx.objectStore('settings').put(value, name));
}
