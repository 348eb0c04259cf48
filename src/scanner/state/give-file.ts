import type { Parcel } from '../../device/carry.ts';
import { saveFile } from '../../page/save-file.ts';

/**
 * Gives a file to the share sheet where there is one, and to the downloads where not.
 *
 * @returns false when the person thought better of it.
 */
export async function giveFile({ name, text }: Parcel): Promise<boolean> {
  const file = new File([text], name, { type: 'text/plain' });
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return true;
    } catch (fault) {
      if (fault instanceof DOMException && fault.name === 'AbortError') return false;
      // The sheet may refuse what it said it would take: the file is more important.
    }
  }
  saveFile(name, file);
  return true;
}
