import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadKeyRing, pinOf } from '../../src/authority/keys/key-ring.ts';
import { loadSecret } from '../../src/authority/keys/secret-file.ts';
import { NOW } from '../core/make.ts';
import { makeFolder } from '../support/postgres.ts';

let folder: string;
beforeEach(() => {
  folder = join(makeFolder('keys'), 'keys');
  mkdirSync(folder, { mode: 0o700 });
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const load = (isFirstStart: boolean) =>
  loadKeyRing(folder, { clock: () => NOW, warn: () => {}, isFirstStart });

test.each([
  ['empty', 0],
  ['cut short', 60],
])(
  'a key file that is %s is made anew before anything was published, and kept after',
  async (_, length) => {
    const pin = await pinOf(await load(true));
    const file = join(folder, 'code.jwk');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.slice(0, length));
    await expect(load(false)).rejects.toMatchObject({ code: 'bad-key-file' });
    expect(readFileSync(file, 'utf8')).toBe(whole.slice(0, length));

    expect(await pinOf(await load(true))).toBe(pin);
    const made = readFileSync(file, 'utf8');
    expect(made).toHaveLength(whole.length);
    expect(made).not.toBe(whole);
    await load(false);
  },
);

test("what is whole and no key is nobody's to replace, at the first start either", async () => {
  writeFileSync(join(folder, 'root.jwk'), '{"mine":true}');
  await expect(load(true)).rejects.toMatchObject({ code: 'bad-key-file' });
});

test('a crash before a key was in its place leaves nothing that matters', async () => {
  writeFileSync(join(folder, 'root.jwk.new'), '{"kty"', { mode: 0o644 });
  await load(false);
  expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
});

test.runIf(platform() === 'linux')(
  'a secret is never seen half: it comes by a rename',
  async () => {
    const events: string[] = [];
    const watcher = watch(folder);
    const ended = new Promise<void>((resolve) => {
      watcher.on('change', (type, name) => {
        if (name === 'end') resolve();
        else if (!String(name).endsWith('.new')) events.push(`${type} ${name}`);
      });
    });
    await load(true);
    loadSecret(
      join(folder, 'secret'),
      () => 'x',
      () => {},
    );
    writeFileSync(join(folder, 'end'), '');
    await ended;
    watcher.close();
    expect(events).toHaveLength(8);
    expect(events.filter((event) => !event.startsWith('rename '))).toEqual([]);
  },
);
