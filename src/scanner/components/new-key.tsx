import { useState } from 'preact/hooks';
import { wantNewKey } from '../../device/new-key.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { App } from '../state/app.ts';
import { giveFile } from '../state/give-file.ts';
import { navigate } from '../state/route.ts';

/**
 * The way on while headquarters takes nothing more of this device's chain: all that waits
 * leaves as a file, and the device is enrolled anew, with a new key.
 */
export function NewKey({ app: { store, station } }: { app: Pick<App, 'store' | 'station'> }) {
  const { newKey } = lazyWords.value;
  const { records } = station;
  const [working, setWorking] = useState(false);
  const [last, setLast] = useState<number>();

  const save = async () => {
    setWorking(true);
    try {
      const parcel = await records.pack();
      if (!parcel?.last || !(await giveFile(parcel))) return;
      records.saved();
      setLast(parcel.last);
    } catch (fault) {
      if (!records.blame(fault)) throw fault;
    } finally {
      setWorking(false);
    }
  };
  const enrolAnew = async (last: number) => {
    try {
      await wantNewKey(store, last);
      navigate('/enrol');
    } catch (fault) {
      if (!records.blame(fault)) throw fault;
    }
  };
  return (
    <div data-new-key={last === undefined ? 'first' : 'saved'}>
      <p class="hint">{last === undefined ? newKey.first : newKey.saved}</p>
      <button type="button" disabled={working} onClick={save}>
        {newKey.save}
      </button>
      {last !== undefined && records.held.value.count === 0 && (
        <button type="button" class="primary" onClick={() => enrolAnew(last)}>
          {newKey.enrol}
        </button>
      )}
    </div>
  );
}
