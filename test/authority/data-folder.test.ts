import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { takeDataFolder } from '../../src/authority/start/data-folder.ts';
import { makeFolder } from '../support/postgres.ts';

const OUT = resolve('node_modules/.cache/kakou-data-folder-test');
/** Takes the folder when told so, says how that went, and releases it when told so. */
const STARTER = `
  import { createInterface } from 'node:readline';
  import { takeDataFolder } from ${JSON.stringify(join(OUT, 'data-folder.js'))};
  let held;
  for await (const order of createInterface({ input: process.stdin })) {
    if (order === 'release') held?.release();
    else {
      try {
        held = takeDataFolder(process.argv[1]);
        console.log('taken');
      } catch (error) {
        held = undefined;
        console.log(error.code);
      }
    }
  }`;

let folder: string;
beforeEach(() => {
  folder = makeFolder('data');
});
afterEach(() => rmSync(folder, { recursive: true }));

type Child = ChildProcessByStdio<Writable, Readable, null>;
const starters: { tell(order: string): void; answer(): Promise<string> }[] = [];
const children: Child[] = [];
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: 'src/authority/start/data-folder.ts',
      outDir: OUT,
      target: 'node20',
      copyPublicDir: false,
    },
  });
});
afterAll(() => {
  for (const child of children) child.kill();
});

function startStarter() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', STARTER, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  starters.push({
    tell: (order) => child.stdin.write(`${order}\n`),
    answer: async () => String((await lines.next()).value),
  });
}

test('of starters that find the lock of a dead one at once, exactly one takes over', async () => {
  for (let i = 0; i < 6; i++) startStarter();
  for (let round = 0; round < 300; round++) {
    writeFileSync(join(folder, 'lock'), round % 2 ? '' : '4194305 1');
    for (const { tell } of starters) tell('take');
    const answers = await Promise.all(starters.map(({ answer }) => answer()));
    expect(answers.sort()).toEqual([...Array(5).fill('data-folder-in-use'), 'taken']);
    for (const { tell } of starters) tell('release');
    // Whoever held it has let it go: nobody is asked before.
    await expect.poll(() => readdirSync(folder), { interval: 1 }).toEqual([]);
  }
});

test('a lock says whose it is as soon as it is there, and leaves nothing behind', () => {
  writeFileSync(join(folder, 'lock'), '');
  const held = takeDataFolder(folder);
  expect(readdirSync(folder)).toEqual(['lock']);
  expect(readFileSync(join(folder, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  held.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('a take-over that was cut off is one clear line, which says what to remove', () => {
  writeFileSync(join(folder, 'lock'), '4194305 1');
  writeFileSync(join(folder, 'lock.dead'), '4194305 1');
  expect(() => takeDataFolder(folder)).toThrow(`remove ${join(folder, 'lock.dead')}`);
});
