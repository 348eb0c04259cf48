import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Fault } from '../../../core/result.ts';
import { DocumentHash, readKeys } from './document-hash.ts';

const IV = 12;
const TAG = 16;
const VERSION = 1;

/** 32 random bytes, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is kept of who people are. Whoever has the database alone can neither read a name or a
 * number nor find out whether somebody is in it; that takes the secret, which is never there.
 */
export class Vault extends DocumentHash {
  readonly #sealKey: Buffer;

  /**
   * @param text 32 random bytes, base64url; after them, of the secrets that they took the place
   *   of, by what numbers were compared.
   * @throws Fault `bad-residents-key`
   */
  constructor(text: string) {
    const [secret, ...before] = readKeys(text) ?? [];
    if (!secret) {
      throw new Fault('bad-residents-key', 'The file residents-key is damaged. Restore it.');
    }
    const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `kakou ${use}`, 32));
    super([...before, derive('hash')], 'residents-key');
    this.#sealKey = derive('seal');
  }

  /** Text of a file for a new secret in the place of this one: see rotate-vault.ts. */
  get successor(): string {
    return `${newSecret()}\n${this.text}`;
  }

  hashPhone(phone: string): Buffer {
    return this.hash(`phone:${phone}`);
  }

  /** Six digits would be guessed from any hash without a key. */
  hashCode(phone: string, code: string): Buffer {
    return this.hash(`code:${phone}:${code}`);
  }

  /** Nobody guesses it without the key, and it is the same for the same session. */
  ticketFor(sub: string, session: string): string {
    return this.hash(`ticket:${sub}:${session}`).subarray(0, 16).toString('base64url');
  }

  /**
   * AES-256-GCM, as version, IV, ciphertext and tag.
   *
   * @param place table and row: what was sealed for one is no good in another.
   */
  seal(value: unknown, place: string): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.#sealKey, iv);
    cipher.setAAD(Buffer.from(place));
    const sealed = [cipher.update(JSON.stringify(value), 'utf8'), cipher.final()];
    return Buffer.concat([Buffer.of(VERSION), iv, ...sealed, cipher.getAuthTag()]);
  }

  /** @throws when it was altered, or sealed for another place or with another key. */
  open(sealed: Buffer, place: string): unknown {
    const decipher = createDecipheriv('aes-256-gcm', this.#sealKey, sealed.subarray(1, 1 + IV), {
      authTagLength: TAG,
    });
    decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(-TAG));
    const text = [decipher.update(sealed.subarray(1 + IV, -TAG)), decipher.final()];
    return JSON.parse(Buffer.concat(text).toString());
  }
}
