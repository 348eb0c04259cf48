import { effect } from '@preact/signals';
import * as v from 'valibot';
import { readSetting, writeSetting } from '../../device/settings.ts';
import type { Store } from '../../device/store.ts';

/** What of the app's state is there again after a reload, a crash or an update. */
interface Outliving<Kept> {
  /** Of the setting that holds it: nothing personal, since whoever has the device can read it. */
  readonly name: string;
  readonly schema: v.GenericSchema<unknown, Kept>;
  /** Told once what the page before has left; undefined: nothing. */
  readonly restore: (kept: Kept | undefined) => void;
  /** What to keep as it stands now; undefined: nothing. It is asked again as signals change. */
  readonly now: () => Kept | undefined;
}

/** @param failed told what the disk says when it keeps nothing: nobody waits for it. */
export async function outlivePage<Kept>(
  store: Store,
  { name, schema, restore, now }: Outliving<Kept>,
  failed: (fault: unknown) => void,
): Promise<void> {
  let written = '';
  try {
    written = (await readSetting(store, name)) ?? '';
  } catch (fault) {
    failed(fault);
  }
  const before = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), written);
  restore(before.success ? before.output : undefined);
  effect(() => {
    const kept = now();
    const text = kept === undefined ? '' : JSON.stringify(kept);
    if (text === written) return;
    written = text;
    writeSetting(store, name, text).catch(failed);
  });
}
