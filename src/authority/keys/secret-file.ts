import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** @returns undefined when there is no such file. */
export function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a file that only we can read. When this returns, it is on the disk; whatever
 * happens before, the file is what it was or what it will be, and never a half.
 */
export function writeSecret(file: string, text: string): void {
  const draft = `${file}.new`;
  // What a crash left may be open to others.
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  renameSync(draft, file);
  syncFolder(dirname(file));
}

/** A new name is on the disk when its folder is. Windows opens no folder. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export function warnWhenOpen(path: string, warn: (text: string) => void): void {
  if (process.platform === 'win32') return;
  if (statSync(path).mode & 0o077) {
    warn(`Others on this machine can read ${path}. Close it: chmod go= ${path}`);
  }
}

/**
 * A random secret in a file that only we can read, made when missing.
 *
 * @param make called once, for the first start.
 */
export function loadSecret(file: string, make: () => string, warn: (text: string) => void): string {
  const held = readSecret(file)?.trim();
  if (held) {
    warnWhenOpen(file, warn);
    return held;
  }
  const made = make();
  writeSecret(file, `${made}\n`);
  return made;
}
