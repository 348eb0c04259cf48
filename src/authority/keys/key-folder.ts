import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { KEY_ROLES } from '../../core/documents/trust.ts';
import { Fault } from '../../core/result.ts';
import {
  type AuthorityKey,
  makeStoredKey,
  type PrivateRole,
  StoredKey,
  useKey,
} from './authority-key.ts';
import { readSecret, warnWhenOpen, writeSecret } from './secret-file.ts';

const ROLES: readonly PrivateRole[] = ['root', ...KEY_ROLES];

/** Nobody but us may look into it. */
export function openKeyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/**
 * Every private key in the folder: `<role>-<kid>.jwk`, or `<role>.jwk` of an earlier version.
 *
 * @param warn told of what others on this machine can read.
 * @throws Fault `bad-key-file` when a file is there and is no key.
 */
export async function readKeyFolder(
  folder: string,
  warn: (text: string) => void,
): Promise<AuthorityKey<PrivateRole>[]> {
  warnWhenOpen(folder, warn);
  const keys: AuthorityKey<PrivateRole>[] = [];
  for (const { name, role } of keyNames(folder)) {
    const file = join(folder, name);
    warnWhenOpen(file, warn);
    keys.push(await readKeyFile(file, role));
  }
  return keys;
}

/** @throws Fault `bad-key-file`, which never quotes the file. */
export async function readKeyFile<Role extends PrivateRole>(
  file: string,
  role: Role,
): Promise<AuthorityKey<Role>> {
  try {
    return await useKey(role, v.parse(StoredKey, JSON.parse(readSecret(file) ?? '')));
  } catch (cause) {
    throw new Fault('bad-key-file', `${file} is not a private P-256 key (JWK). Restore it.`, {
      cause,
    });
  }
}

/** Makes a new key and keeps it. @param notBefore epoch seconds. */
export async function addKey<Role extends PrivateRole>(
  folder: string,
  role: Role,
  notBefore: number,
): Promise<AuthorityKey<Role>> {
  const stored = await makeStoredKey(role, notBefore);
  const key = await useKey(role, stored);
  // It would be taken for an option of the command that retires it.
  if (key.kid.startsWith('-')) return addKey(folder, role, notBefore);
  writeSecret(join(folder, `${role}-${key.kid}.jwk`), `${JSON.stringify(stored, null, 2)}\n`);
  return key;
}

/** Removes what a crash cut short. Only while nothing was signed yet. */
export function removeTornKeys(folder: string): void {
  for (const { name } of keyNames(folder)) {
    const file = join(folder, name);
    if (!isJson(readSecret(file) ?? '')) rmSync(file);
  }
}

function keyNames(folder: string): { name: string; role: PrivateRole }[] {
  return readdirSync(folder).flatMap((name) => {
    const [, prefix] = /^([a-z]+)(?:-[\w-]{6})?\.jwk$/.exec(name) ?? [];
    const role = ROLES.find((one) => one === prefix);
    return role ? [{ name, role }] : [];
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
