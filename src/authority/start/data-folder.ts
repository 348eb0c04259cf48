import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../core/result.ts';
import { isAlive, startOf } from './processes.ts';

/** A data folder that this process alone uses, until it is released. */
export interface DataFolder {
  readonly path: string;
  release(): void;
}

/**
 * @throws Fault `data-folder-unusable`: it cannot be made or written;
 *   `data-folder-in-use`: a living authority uses it. The lock of a dead one is taken over.
 */
export function takeDataFolder(path: string): DataFolder {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new Fault(
      'data-folder-unusable',
      `The data folder ${path} cannot be written${why}. Name another with DATA_DIR.`,
      { cause },
    );
  }
  const file = join(path, 'lock');
  lock(file, path);
  return { path, release: () => rmSync(file, { force: true }) };
}

/** The lock is linked into its place, so that it is whole as soon as it is there. */
function lock(file: string, folder: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${process.pid} ${startOf(process.pid) ?? ''}`, { flag: 'wx' });
  try {
    while (!linkUnlessThere(draft, file)) {
      const holder = livingHolder(file);
      if (holder !== undefined) {
        throw new Fault(
          'data-folder-in-use',
          `The data folder ${folder} is in use by another Kakou (process ${holder}). Stop that one, or name another folder with DATA_DIR.`,
        );
      }
      removeDeadLock(file, folder);
    }
  } finally {
    rmSync(draft);
  }
}

/**
 * Of several starters that find a dead lock, only the one that makes the second link to it
 * may remove it: until that link is gone, no other lock can have come into its place.
 */
function removeDeadLock(file: string, folder: string): void {
  const dead = `${file}.dead`;
  try {
    if (!linkUnlessThere(file, dead)) {
      throw new Fault(
        'data-folder-in-use',
        `The data folder ${folder} is being taken by another Kakou. If there is none, remove ${dead}.`,
      );
    }
  } catch (error) {
    // Somebody was faster, or its holder has just let it go.
    if (isErrno(error, 'ENOENT')) return;
    throw error;
  }
  if (livingHolder(dead) === undefined) rmSync(file);
  rmSync(dead);
}

/** @returns false when `file` is there already. */
function linkUnlessThere(from: string, file: string): boolean {
  try {
    linkSync(from, file);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** @returns the process that holds the lock; undefined when it is dead, or the number is another's now. */
function livingHolder(file: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const [number = '', start = ''] = text.split(' ', 2);
  const pid = Number(number);
  // In a container the next process often gets the number of the one that died.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid || !isAlive(pid)) return undefined;
  const now = startOf(pid);
  return start === '' || now === undefined || now === start ? pid : undefined;
}
