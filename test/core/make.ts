import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import { CompactSign } from 'jose/jws/compact/sign';
import { GeneralSign } from 'jose/jws/general/sign';
import { exportJWK } from 'jose/key/export';
import { generateKeyPair } from 'jose/key/generate/keypair';
import { fromBase64url, toBase64url, utf8 } from '../../src/core/bytes.ts';
import type { Claims, LiveClaims, PrintedClaims } from '../../src/core/code/claims.ts';
import type { Bulletin } from '../../src/core/documents/bulletin.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/core/documents/policy.ts';
import { buildStatusBits, deflateBits, type Status } from '../../src/core/documents/status-bits.ts';
import type { StatusListClaims } from '../../src/core/documents/status-list.ts';
import {
  KEY_ROLES,
  type KeyRole,
  openTrust,
  type PublicJwk,
  rootThumbprint,
  TRUST_HEADER,
  type Trust,
  type TrustedKeys,
} from '../../src/core/documents/trust.ts';

/** 2020-03-10T08:00:00Z: the first day that Hubei's village certificates counted. */
export const NOW = 1_583_827_200;
export const ISSUER = 'https://xiangyang.example';

export type KeyPair = Awaited<ReturnType<typeof makeKey>>;

export async function makeKey(alg: 'ES256' | 'ECDH-ES' = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const { x = '', y = '' } = await exportJWK(publicKey);
  const jwk: PublicJwk = { kty: 'EC', crv: 'P-256', x, y };
  const thumbprint = await calculateJwkThumbprint(jwk);
  const kid = toBase64url((fromBase64url(thumbprint) ?? new Uint8Array()).slice(0, 4));
  return { privateKey, publicKey, jwk, kid };
}

/** A whole small authority: a root, a key for every role, and the trust that binds them. */
export async function makeAuthority(changes: Partial<Trust> = {}) {
  const root = await makeKey();
  const keys = {} as Record<KeyRole, KeyPair>;
  for (const role of KEY_ROLES)
    keys[role] = await makeKey(role === 'sealing' ? 'ECDH-ES' : 'ES256');
  const trust: Trust = {
    iss: ISSUER,
    version: 1,
    iat: NOW - 3600,
    root: { threshold: 1, keys: [root.jwk] },
    keys: KEY_ROLES.map((role) => ({
      kid: keys[role].kid,
      role,
      jwk: keys[role].jwk,
      notBefore: NOW - 30 * 86_400,
      notAfter: NOW + 365 * 86_400,
    })),
    ...changes,
  };
  const text = await signTrust(trust, [root]);
  const opened = await openTrust(text, { thumbprint: await rootThumbprint(trust.root) });
  if (!opened.ok) throw new Error(opened.reason);
  return { root, keys, trust, text, trusted: opened.value as TrustedKeys };
}

export async function signTrust(trust: Trust, roots: readonly KeyPair[]): Promise<string> {
  const sign = new GeneralSign(utf8(JSON.stringify(trust)));
  for (const root of roots) sign.addSignature(root.privateKey).setProtectedHeader(TRUST_HEADER);
  const { payload, signatures } = await sign.sign();
  return JSON.stringify({
    payload,
    signatures: signatures.map((one) => ({ protected: one.protected, signature: one.signature })),
  });
}

/** A signed document as the authority writes it; `header` to write it wrongly. */
export function signDocument(
  payload: unknown,
  typ: string,
  key: KeyPair,
  header: Record<string, unknown> = {},
): Promise<string> {
  return new CompactSign(utf8(typeof payload === 'string' ? payload : JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ, ...header })
    .sign(key.privateKey);
}

/** The default rules, with green passage open for everyone. */
export const OPEN_POLICY: Policy = { ...DEFAULT_POLICY, passage: { opensAt: 0, areas: {} } };

export function makeBulletin(changes: Partial<Bulletin> = {}): Bulletin {
  return {
    iss: ISSUER,
    version: 1,
    iat: NOW - 600,
    policy: OPEN_POLICY,
    status: [],
    retired: [],
    barredBadges: [],
    ...changes,
  };
}

/** Claims of shard 0 with these entries. */
export async function makeStatusList(
  entries: Iterable<readonly [index: number, status: Status]> = [],
  changes: Partial<StatusListClaims> = {},
): Promise<StatusListClaims> {
  return {
    sub: `${ISSUER}/status/0`,
    iat: NOW - 600,
    ttl: 3600,
    version: 1,
    status_list: { bits: 2, lst: toBase64url(await deflateBits(buildStatusBits(entries))) },
    ...changes,
  };
}

export function liveClaims(
  kid: string,
  holder: PublicJwk,
  changes: Partial<LiveClaims> = {},
): LiveClaims {
  return { ...commonClaims(kid), kind: 'live', holder: { x: holder.x, y: holder.y }, ...changes };
}

export function printedClaims(kid: string, changes: Partial<PrintedClaims> = {}): PrintedClaims {
  return {
    ...commonClaims(kid),
    kind: 'printed',
    guardian: { name: '王小红', relationship: 'daughter' },
    ...changes,
  };
}

function commonClaims(kid: string): Omit<Claims, 'kind' | 'holder' | 'guardian'> {
  return {
    kid,
    sub: toBase64url(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8])),
    colour: 'green',
    issuedAt: NOW - 7200,
    expiresAt: NOW - 7200 + 14 * 86_400,
    checkedInAt: NOW - 10_800,
    area: '420606',
    name: '王*明',
    statusIndex: 123_456,
  };
}

/** The other signature that ECDSA accepts for the same words: (r, n - s). */
export function twin(signature: Uint8Array): Uint8Array {
  const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  const other = (n - s).toString(16).padStart(64, '0');
  return new Uint8Array([...signature.subarray(0, 32), ...Buffer.from(other, 'hex')]);
}
