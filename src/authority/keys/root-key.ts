import { CompactEncrypt, compactDecrypt } from 'jose';
import * as v from 'valibot';
import { fromUtf8, utf8 } from '../../core/bytes.ts';
import { Fault } from '../../core/result.ts';
import { type AuthorityKey, makeStoredKey, StoredKey, useKey } from './authority-key.ts';
import { readSecret, warnWhenOpen, writeSecret } from './secret-file.ts';

/** OWASP's figure for PBKDF2 with SHA-512 is 210,000; a root is opened twice a year. */
const ROUNDS = 600_000;

/**
 * Makes a root key in a file of its own, which is nowhere else: an encrypted JWK (RFC 7517
 * section 7) where a passphrase is given, a bare one where not.
 *
 * @param now epoch seconds.
 * @throws Fault `file-exists`: a key is never overwritten; `file-unwritable`
 */
export async function makeRootKey(
  file: string,
  passphrase: string | undefined,
  now: number,
): Promise<AuthorityKey<'root'>> {
  if (readSecret(file) !== undefined) throw new Fault('file-exists', `${file} exists already.`);
  const stored = await makeStoredKey('root', now);
  const text = JSON.stringify(stored, null, 2);
  const kept = passphrase === undefined ? text : await encrypt(text, passphrase);
  try {
    writeSecret(file, `${kept}\n`);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new Fault('file-unwritable', `${file} cannot be written${why}.`);
  }
  return useKey('root', stored);
}

/**
 * @param ask for the passphrase, if there is one.
 * @param warn told when others on this machine can read the file.
 * @throws Fault `bad-key-file` or `wrong-passphrase`
 */
export async function readRootKey(
  file: string,
  ask: () => Promise<string>,
  warn: (text: string) => void,
): Promise<AuthorityKey<'root'>> {
  const text = readSecret(file)?.trim();
  if (text === undefined) throw new Fault('bad-key-file', `There is no file ${file}.`);
  warnWhenOpen(file, warn);
  const plain = isEncrypted(text) ? await decrypt(text, await ask()) : text;
  try {
    return await useKey('root', v.parse(StoredKey, JSON.parse(plain)));
  } catch {
    // The cause could quote the key.
    throw new Fault('bad-key-file', `${file} is not a root key.`);
  }
}

function encrypt(text: string, passphrase: string): Promise<string> {
  return new CompactEncrypt(utf8(text))
    .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', cty: 'jwk+json' })
    .setKeyManagementParameters({ p2c: ROUNDS })
    .encrypt(utf8(passphrase.normalize('NFC')));
}

function isEncrypted(text: string): boolean {
  return text.split('.').length === 5;
}

async function decrypt(text: string, passphrase: string): Promise<string> {
  try {
    const { plaintext } = await compactDecrypt(text, utf8(passphrase.normalize('NFC')), {
      keyManagementAlgorithms: ['PBES2-HS512+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: ROUNDS,
    });
    return fromUtf8(plaintext) ?? '';
  } catch {
    throw new Fault('wrong-passphrase', 'This passphrase does not open the key.');
  }
}
