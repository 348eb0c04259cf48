import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** Whether a process of this number runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * What tells a process from a later one of the same number: when it started.
 * @returns undefined when there is no such process, or no way to know.
 */
export function startOf(pid: number): string | undefined {
  if (platform() === 'linux') {
    // proc(5): field 22, counted after the name, which may hold spaces and brackets.
    const stat = read(`/proc/${pid}/stat`);
    return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  }
  return ps('lstart=', pid);
}

/** @returns undefined when there is no such process, or no way to know. */
export function commandOf(pid: number): string | undefined {
  return platform() === 'linux'
    ? read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ')
    : ps('command=', pid);
}

function ps(column: string, pid: number): string | undefined {
  if (platform() === 'win32') return undefined;
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
