import { toBase64url, utf8 } from '../../src/core/bytes.ts';
import {
  type KeyRole,
  type Root,
  rootThumbprint,
  TRUST_HEADER,
  type Trust,
} from '../../src/core/documents/trust.ts';
import { jws, sign, type TestKey, testKey } from './sign.ts';

export const ISSUER = 'https://xiangyang.example';
/** 2020-03-10T08:00:00Z */
export const NOW = 1_583_827_200;
export const DAY = 86_400;
/** The first minute that a code can say: 2020-01-01T00:00:00Z */
export const EPOCH = 1_577_836_800;

export const roots = [testKey('root 1'), testKey('root 2'), testKey('root 3')] as const;
export const keys = {
  code: testKey('code'),
  bulletin: testKey('bulletin'),
  status: testKey('status'),
  badge: testKey('badge'),
  receipt: testKey('receipt'),
  sealing: testKey('sealing'),
  /** Of role `code`, valid until a day before {@link NOW}. */
  oldCode: testKey('old code'),
};
/** Whose phones show live codes: y is odd, and even. */
export const holder = testKey('holder');
export const secondHolder = testKey('second holder');
export const stranger = testKey('stranger');

const roles: Record<keyof typeof keys, KeyRole> = {
  code: 'code',
  bulletin: 'bulletin',
  status: 'status',
  badge: 'badge',
  receipt: 'receipt',
  sealing: 'sealing',
  oldCode: 'code',
};

export const root: Root = { threshold: 2, keys: roots.map(({ jwk }) => jwk) };

export const trust: Trust = {
  iss: ISSUER,
  version: 3,
  iat: NOW - 3600,
  root,
  keys: Object.entries(keys).map(([name, { jwk, kid }]) => ({
    kid,
    role: roles[name as keyof typeof keys],
    jwk,
    notBefore: EPOCH,
    notAfter: name === 'oldCode' ? NOW - DAY : NOW + 365 * DAY,
  })),
};

/** A general JWS by these root keys. */
export function signTrust(said: Trust, by: readonly TestKey[]): string {
  return signWords(JSON.stringify(said), by);
}

/** The same, word for word. */
export function signWords(
  words: string,
  by: readonly TestKey[],
  header = JSON.stringify(TRUST_HEADER),
): string {
  const said = toBase64url(utf8(header));
  const payload = toBase64url(utf8(words));
  const signatures = by.map((key) => ({
    protected: said,
    signature: toBase64url(sign(`${said}.${payload}`, key)),
  }));
  return JSON.stringify({ payload, signatures });
}

export const trustText = signTrust(trust, [roots[0], roots[1]]);
export const pin = await rootThumbprint(root);

export function signDocument(
  payload: unknown,
  typ: string,
  key: TestKey,
  header: Record<string, unknown> = {},
): string {
  const said = JSON.stringify({ alg: 'ES256', kid: key.kid, typ, ...header });
  return jws(said, typeof payload === 'string' ? payload : JSON.stringify(payload), key);
}

/** Everything that the vectors are made with, private keys too: for tests and nothing else. */
export const authority = {
  warning: 'TEST KEYS. Their private halves are public. Never trust them.',
  issuer: ISSUER,
  now: NOW,
  rootThumbprint: pin,
  trust: trustText,
  keys: Object.fromEntries(
    Object.entries({
      root1: roots[0],
      root2: roots[1],
      root3: roots[2],
      ...keys,
      holder,
      secondHolder,
      stranger,
    }).map(([name, { jwk, d, kid }]) => [name, { kid, ...jwk, d: toBase64url(d) }]),
  ),
};
