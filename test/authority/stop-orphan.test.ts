import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stopOrphan } from '../../src/authority/database/stop-orphan.ts';
import { isAlive } from '../../src/authority/start/processes.ts';
import { makeFolder } from '../support/postgres.ts';

let data: string;
let bystander: ChildProcess;
beforeEach(async () => {
  data = makeFolder('orphan');
  bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await new Promise((resolve) => bystander.once('spawn', resolve));
});
afterEach(async () => {
  const exited = new Promise((resolve) => bystander.once('exit', resolve));
  if (bystander.kill('SIGKILL')) await exited;
  rmSync(data, { recursive: true });
});

function leave(pid: number | string): string {
  const file = join(data, 'postmaster.pid');
  writeFileSync(file, `${pid}\n${data}\n`);
  return file;
}

test('a process whose command line cannot be read is not signalled, and people are asked', async () => {
  const pid = bystander.pid ?? 0;
  const file = leave(pid);
  const stopping = stopOrphan(
    data,
    () => {},
    () => undefined,
  );
  await expect(stopping).rejects.toMatchObject({
    code: 'database-failed',
    message: expect.stringMatching(`Process ${pid} .* stop it; if not, remove ${file}`),
  });
  expect(existsSync(file)).toBe(true);
  expect([isAlive(pid), bystander.signalCode]).toEqual([true, null]);
});

test('another program that got the number is left alone, and the file goes', async () => {
  const file = leave(bystander.pid ?? 0);
  await stopOrphan(data, () => {});
  expect(existsSync(file)).toBe(false);
  expect(bystander.signalCode).toBe(null);
});

test.each(['', '0', '-1', 'x'])('a file that names no process (%j) goes', async (pid) => {
  const file = leave(pid);
  await stopOrphan(data, () => {});
  expect(existsSync(file)).toBe(false);
});
