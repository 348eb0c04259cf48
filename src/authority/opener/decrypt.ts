import { createDecipheriv, createECDH, createHash, type ECDH, KeyObject } from 'node:crypto';
import type { CryptoKey } from 'jose';
import * as v from 'valibot';
import { Base64url32, parseStrict } from '../../core/documents/signed.ts';
import { SEALED_TYP } from '../../core/record/seal.ts';
import { accept, Fault, type Result, refuse } from '../../core/result.ts';

/** Private keys that records are sealed to, by kid, as {@link importSealingKey} makes them. */
export type SealingKeys = ReadonlyMap<string, ECDH>;

/** The one header that sealed records have; `apu` and `apv` are not used. */
const Header = v.object({
  alg: v.literal('ECDH-ES'),
  enc: v.literal('A256GCM'),
  kid: v.string(),
  typ: v.literal(SEALED_TYP),
  epk: v.object({
    kty: v.literal('EC'),
    crv: v.literal('P-256'),
    x: Base64url32,
    y: Base64url32,
  }),
  // What would change how the text has to be read.
  crit: v.optional(v.never()),
  zip: v.optional(v.never()),
  apu: v.optional(v.never()),
  apv: v.optional(v.never()),
});

const UNCOMPRESSED = Buffer.of(4);
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

export function importSealingKey(key: CryptoKey): ECDH {
  const { d } = KeyObject.from(key).export({ format: 'jwk' });
  if (!d) throw new Fault('bad-key', 'a sealing key is a private key of P-256');
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(Buffer.from(d, 'base64url'));
  return ecdh;
}

/**
 * Decrypts a compact JWE (RFC 7516) of the one kind that `seal` writes. jose does the same in
 * four times the time: WebCrypto imports every ephemeral key, and goes through a thread for
 * every step.
 */
export function decrypt(
  body: string,
  keys: SealingKeys,
): Result<Buffer, 'not-sealed' | 'unknown-key' | 'altered'> {
  const [header = '', encryptedKey, ...rest] = body.split('.', 6);
  const [iv, ciphertext, tag, ...more] = rest.map(bytesOf);
  const encoded = bytesOf(header);
  const said = encoded && parseStrict(encoded, Header);
  if (!said || encryptedKey !== '' || more.length > 0) return refuse('not-sealed');
  if (iv?.length !== IV_LENGTH || !ciphertext || tag?.length !== TAG_LENGTH) {
    return refuse('not-sealed');
  }
  const key = keys.get(said.kid);
  if (!key) return refuse('unknown-key');
  const secret = agree(key, said.epk);
  if (!secret) return refuse('not-sealed');
  const decipher = createDecipheriv('aes-256-gcm', concatKdf(secret, 'A256GCM', 256), iv, {
    authTagLength: TAG_LENGTH,
  });
  // The header as it stands: RFC 7516 section 5.2 step 14.
  decipher.setAAD(Buffer.from(header, 'ascii')).setAuthTag(tag);
  try {
    return accept(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
  } catch {
    return refuse('altered');
  }
}

/** Like core's `fromBase64url`: undefined unless it is the one spelling of its bytes. */
function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** @returns undefined when `epk` is no point of the curve. */
function agree(key: ECDH, { x, y }: { x: string; y: string }): Buffer | undefined {
  try {
    return key.computeSecret(
      Buffer.concat([UNCOMPRESSED, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]),
    );
  } catch {
    return undefined;
  }
}

/**
 * The key out of the shared secret: Concat KDF (RFC 7518 section 4.6.2, NIST SP 800-56A) of one
 * round of SHA-256.
 *
 * @param enc the algorithm that the key is for.
 * @param bits of the key, at most 256.
 */
export function concatKdf(
  secret: Uint8Array,
  enc: string,
  bits: number,
  apu: Uint8Array = Buffer.of(),
  apv: Uint8Array = Buffer.of(),
): Buffer {
  const hash = createHash('sha256').update(uint32(1)).update(secret);
  for (const part of [Buffer.from(enc, 'ascii'), apu, apv]) {
    hash.update(uint32(part.length)).update(part);
  }
  return hash
    .update(uint32(bits))
    .digest()
    .subarray(0, bits / 8);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
