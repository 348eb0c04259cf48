import { mkdirSync } from 'node:fs';
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
import { readSecret, warnWhenOpen, writeSecret } from './secret-file.ts';

/** Every private key of the authority. Nobody is given the ring, only the keys they need. */
export type KeyRing = { readonly [Role in PrivateRole]: AuthorityKey<Role> };

export interface KeyRingDeps {
  readonly clock: Clock;
  /** Told of what others on this machine can read. */
  readonly warn: (text: string) => void;
  /** Nothing was signed yet: a file that a crash cut short may be made anew. */
  readonly isFirstStart: boolean;
}

/**
 * The keys in `folder`, one file each; those that are missing are made.
 *
 * @throws Fault `bad-key-file` when a file is there and is no key.
 */
export async function loadKeyRing(folder: string, deps: KeyRingDeps): Promise<KeyRing> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  warnWhenOpen(folder, deps.warn);
  const load = async <Role extends PrivateRole>(role: Role) =>
    loadKey(join(folder, `${role}.jwk`), role, deps);
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
  { clock, warn, isFirstStart }: KeyRingDeps,
): Promise<AuthorityKey<Role>> {
  const text = readSecret(file);
  if (text === undefined || (isFirstStart && !isWhole(text))) {
    const made = await makeStoredKey(role, clock());
    writeSecret(file, `${JSON.stringify(made, null, 2)}\n`);
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

/** A file that was cut short, by a crash in the middle of writing it, is no JSON. */
function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
