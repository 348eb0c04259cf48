import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { KEY_ROLES, type Root, rootThumbprint } from '../../core/documents/trust.ts';
import { Fault } from '../../core/result.ts';
import type { Clock } from '../log.ts';
import {
  type AuthorityKey,
  makeStoredKey,
  type PrivateRole,
  StoredKey,
  useKey,
} from './authority-key.ts';

/** Every private key of the authority. Nobody is given the ring, only the keys they need. */
export type KeyRing = { readonly [Role in PrivateRole]: AuthorityKey<Role> };

/**
 * The keys in `folder`, one file each; those that are missing are made.
 *
 * @param warn told of what others on this machine can read.
 * @throws Fault `bad-key-file` when a file is there and is no key.
 */
export async function loadKeyRing(
  folder: string,
  clock: Clock,
  warn: (text: string) => void,
): Promise<KeyRing> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  warnWhenOpen(folder, warn);
  const load = async <Role extends PrivateRole>(role: Role) =>
    loadKey(join(folder, `${role}.jwk`), role, clock, warn);
  return {
    root: await load('root'),
    code: await load('code'),
    bulletin: await load('bulletin'),
    status: await load('status'),
    badge: await load('badge'),
    receipt: await load('receipt'),
    sealing: await load('sealing'),
  };
}

/** The root as devices pin it. */
export function rootOf(keys: KeyRing): Root {
  return { threshold: 1, keys: [keys.root.publicJwk] };
}

/** RFC 7638 thumbprints of the root, as one pin. */
export function pinOf(keys: KeyRing): Promise<string> {
  return rootThumbprint(rootOf(keys));
}

/** What the trust says of the keys. */
export function publicKeysOf(keys: KeyRing) {
  return KEY_ROLES.map((role) => {
    const { kid, publicJwk, notBefore, notAfter } = keys[role];
    return { kid, role, jwk: publicJwk, notBefore, notAfter };
  });
}

async function loadKey<Role extends PrivateRole>(
  file: string,
  role: Role,
  clock: Clock,
  warn: (text: string) => void,
): Promise<AuthorityKey<Role>> {
  const text = readOrUndefined(file);
  if (text === undefined) {
    const made = await makeStoredKey(role, clock());
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return useKey(role, made);
  }
  warnWhenOpen(file, warn);
  try {
    return await useKey(role, v.parse(StoredKey, JSON.parse(text)));
  } catch (cause) {
    // The cause could quote the key.
    throw new Fault('bad-key-file', `${file} is not a private P-256 key (JWK). Restore it.`, {
      cause,
    });
  }
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function warnWhenOpen(path: string, warn: (text: string) => void): void {
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
  const held = readOrUndefined(file)?.trim();
  if (held) {
    warnWhenOpen(file, warn);
    return held;
  }
  const made = make();
  writeFileSync(file, `${made}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return made;
}
