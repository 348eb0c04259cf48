import { useState } from 'preact/hooks';
import { words } from '../i18n/index.ts';
import { giveFile } from '../state/give-file.ts';
import type { Records } from '../state/records.ts';

/**
 * On every screen, while the disk refuses records: how many are at stake, and the way out.
 *
 * @param covered whether a verdict stands before it: no key comes to what cannot be seen.
 */
export function DiskTroubleBanner({ records, covered }: { records: Records; covered: boolean }) {
  const [working, setWorking] = useState(false);
  const { count, unsaved } = records.held.value;
  const trouble = records.trouble.value;
  const { disk } = words.value;
  if (!trouble) return null;

  const writeOut = async () => {
    setWorking(true);
    try {
      const parcel = await records.pack();
      if (parcel && (await giveFile(parcel))) records.saved();
    } finally {
      setWorking(false);
    }
  };
  return (
    <div class="banner disk-trouble" role="alert" data-held={count} data-unsaved={unsaved}>
      <p>{disk[trouble]}</p>
      {unsaved > 0 ? <p>{disk.held(unsaved)}</p> : count > 0 && <p>{disk.inFile(count)}</p>}
      {unsaved > 0 && (
        <button type="button" disabled={working} inert={covered} onClick={writeOut}>
          {disk.writeOut}
        </button>
      )}
    </div>
  );
}
