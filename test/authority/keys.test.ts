import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { platform } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rotateKey } from '../../src/authority/keys/change-keys.ts';
import { openFirstRing } from '../../src/authority/keys/first-keys.ts';
import { KeyRing } from '../../src/authority/keys/key-ring.ts';
import { makeRootKey } from '../../src/authority/keys/root-key.ts';
import { loadSecret } from '../../src/authority/keys/secret-file.ts';
import { NOW } from '../core/make.ts';
import { makeFolder } from '../support/postgres.ts';

let folder: string;
beforeEach(() => {
  folder = join(makeFolder('keys'), 'keys');
  mkdirSync(folder, { mode: 0o700 });
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

const deps = { clock: () => NOW, warn: () => {} };
const first = () => openFirstRing(folder, deps);
const later = () => KeyRing.open(folder, deps);
const kidsOf = (ring: KeyRing) => ring.named().map(({ role, kid }) => `${role} ${kid}`);
const fileOf = (prefix: string) =>
  join(folder, readdirSync(folder).find((name) => name.startsWith(prefix)) ?? '');

test.each([
  ['empty', 0],
  ['cut short', 60],
])(
  'a key file that is %s is made anew before anything was published, and kept after',
  async (_, length) => {
    const before = kidsOf(await first());
    const file = fileOf('code-');
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.slice(0, length));
    await expect(later()).rejects.toMatchObject({ code: 'bad-key-file' });
    expect(readFileSync(file, 'utf8')).toBe(whole.slice(0, length));

    const after = kidsOf(await first());
    expect(after.filter((key) => !before.includes(key))).toHaveLength(1);
    expect(after).toHaveLength(before.length);
    expect(kidsOf(await later())).toEqual(after);
  },
);

test("what is whole and no key is nobody's to replace, at the first start either", async () => {
  writeFileSync(join(folder, 'root.jwk'), '{"mine":true}');
  await expect(first()).rejects.toMatchObject({ code: 'bad-key-file' });
});

test('a key under the name that an earlier version gave it is the same key', async () => {
  const before = kidsOf(await first());
  renameSync(fileOf('code-'), join(folder, 'code.jwk'));
  expect(kidsOf(await first())).toEqual(before);
});

test('a crash before a key was in its place leaves nothing that matters', async () => {
  writeFileSync(join(folder, 'root.jwk.new'), '{"kty"', { mode: 0o644 });
  await first();
  expect(kidsOf(await later())).toHaveLength(6);
});

test('a damaged ledger stops everything: a retired key would count again', async () => {
  await first();
  writeFileSync(join(folder, 'ledger.json'), '{}');
  await expect(later()).rejects.toMatchObject({ code: 'bad-ledger' });
});

test.runIf(platform() !== 'win32')(
  'every key is for our eyes only, whatever the umask',
  async () => {
    const umask = process.umask(0);
    try {
      rmSync(folder, { recursive: true });
      const ring = await first();
      await rotateKey(ring, 'code', NOW);
      await makeRootKey(join(folder, 'stick.jwk'), undefined, NOW);
    } finally {
      process.umask(umask);
    }
    const modes = ['.', ...readdirSync(folder)].map((name) => statSync(join(folder, name)).mode);
    expect(modes).toHaveLength(1 + 1 + 6 + 1 + 1 + 1);
    expect(modes.filter((mode) => mode & 0o077)).toEqual([]);
  },
);

test.runIf(platform() !== 'win32')('who can read a key is warned of, each file once', async () => {
  const ring = await first();
  const open = [folder, ...readdirSync(folder).map((name) => join(folder, name))];
  for (const path of open) chmodSync(path, path === folder ? 0o750 : 0o644);
  const warned: string[] = [];
  const watched = await KeyRing.open(ring.folder, { ...deps, warn: (text) => warned.push(text) });
  await watched.reload();
  expect(warned).toHaveLength(open.length);
  for (const path of open) expect(warned.join('\n')).toContain(`Close it: chmod go= ${path}`);
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
    await first();
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
