import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A disk of its own, whose power can be cut. */
export interface Disk {
  readonly folder: string;
  /** Everything is forced onto it, as systems do by themselves within half a minute. */
  settle(): void;
  /**
   * At once: what was forced onto the disk is there, and what only the system's memory holds
   * never will be. Until it is plugged in again, everything that is asked of it fails.
   */
  cut(): void;
  /** With its journal replayed, as when the power is back. Whoever used it is dead by then. */
  plugIn(): Promise<void>;
  remove(): Promise<void>;
}

/** Sparse: only what is written takes room. */
const SIZE = '1G';
/** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH: no write goes out, the journal's neither. */
const SHUTDOWN =
  'open my $disk, "<", $ARGV[0] or die; my $how = pack "L", 2; ioctl $disk, 0x8004587d, $how or die';
/** Processes that were killed let go of their files a moment later, milliseconds. */
const LET_GO = 10_000;

/** An ext4 in a file, mounted as `folder`. @throws where that is not allowed. */
export function makeDisk(folder: string): Disk {
  const image = `${folder}.img`;
  run('truncate', '--size', SIZE, image);
  run('mkfs.ext4', '-q', '-F', image);
  mkdirSync(folder);
  const mount = () => run('mount', '-o', 'loop', image, folder);
  mount();

  async function unmount(): Promise<void> {
    for (const until = Date.now() + LET_GO; ; await pause(50)) {
      try {
        return run('umount', folder);
      } catch (busy) {
        if (Date.now() > until) throw busy;
      }
    }
  }

  return {
    folder,
    settle: () => run('sync', '--file-system', folder),
    cut: () => run('perl', '-e', SHUTDOWN, folder),
    async plugIn() {
      await unmount();
      mount();
    },
    async remove() {
      // Whatever went wrong: nothing stays mounted.
      await unmount().catch(() => run('umount', '--lazy', folder));
      rmSync(folder, { recursive: true });
      rmSync(image);
    },
  };
}

/** @returns why no disk can be made here: it takes Linux, root, ext4 and a loop device. */
export async function whyNoDisk(): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-disk-'));
  try {
    await makeDisk(join(folder, 'disk')).remove();
    return undefined;
  } catch (fault) {
    return String(fault);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
