/**
 * Gives a file to the person, by the browser's own way of keeping files.
 *
 * @param name one that every file system takes.
 */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then, and keeps what it reads.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
