import type { Parcel } from '../../device/carry.ts';

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
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then, and keeps what it reads.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return true;
}
