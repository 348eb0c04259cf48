import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const USER_PRESENT = 1;
const USER_VERIFIED = 4;
const ATTESTED = 64;

/** An authenticator in software, as WebAuthn level 3 has it, without attestation. */
export function makePasskey(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  let counter = 0;

  const hash = (data: Uint8Array | string) => createHash('sha256').update(data).digest();
  const client = (type: string, challenge: string, at: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: at, crossOrigin: false }));
  const authenticator = (flags: number, rest: Uint8Array = new Uint8Array()) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([hash(new URL(origin).hostname), Buffer.of(flags), count, rest]);
  };

  return {
    id: id.toString('base64url'),
    /** @param at the origin of the page that asks. */
    register(challenge: string, at = origin, flags = USER_PRESENT | USER_VERIFIED) {
      const key = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
          [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
        ]),
      );
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, key]);
      const authData = new Uint8Array(authenticator(flags | ATTESTED, attested));
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]) as Parameters<typeof isoCBOR.encode>[0],
      );
      return {
        id: id.toString('base64url'),
        attestation: Buffer.from(attestation).toString('base64url'),
        client: client('webauthn.create', challenge, at).toString('base64url'),
      };
    },
    assert(challenge: string, at = origin, flags = USER_PRESENT | USER_VERIFIED) {
      counter += 1;
      const data = authenticator(flags);
      const said = client('webauthn.get', challenge, at);
      const signature = sign('sha256', Buffer.concat([data, hash(said)]), privateKey);
      return {
        id: id.toString('base64url'),
        client: said.toString('base64url'),
        authenticator: data.toString('base64url'),
        signature: signature.toString('base64url'),
      };
    },
  };
}
