/** The colours of the health code, best first. Grey: headquarters has not opened passage. */
export const COLOURS = ['green', 'yellow', 'red', 'grey'] as const;
export type Colour = (typeof COLOURS)[number];

/** Who applied for a printed code, seen from the person that it names. */
export const RELATIONSHIPS = [
  'father',
  'mother',
  'son',
  'daughter',
  'spouse',
  'grandparent',
  'grandchild',
  'sibling',
  'relative',
  'guardian',
] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];

interface CommonClaims {
  /** Pseudonym of the resident: 8 random bytes, base64url. The only identity there is. */
  readonly sub: string;
  /** Key that signed the code: the first 4 bytes of its RFC 7638 thumbprint, base64url. */
  readonly kid: string;
  readonly colour: Colour;
  /** Epoch seconds, whole minutes. */
  readonly issuedAt: number;
  /** Hard end of the code, epoch seconds: {@link issuedAt} plus 1 to 31 whole days. */
  readonly expiresAt: number;
  /** The last health check-in, epoch seconds, whole minutes, not after {@link issuedAt}. */
  readonly checkedInAt: number;
  /** GB/T 2260 division code, six digits. */
  readonly area: string;
  /** Masked name, 1 to 9 bytes of UTF-8. */
  readonly name: string;
  /** Index over all shards of the status list; the shard is its part above 2^20. */
  readonly statusIndex: number;
}

/** Shown by the resident's own phone; bound to the key in `holder`. */
export interface LiveClaims extends CommonClaims {
  readonly kind: 'live';
  /** P-256 public key: x and y, base64url. */
  readonly holder: { readonly x: string; readonly y: string };
}

/** For elders and minors only. */
export interface PrintedClaims extends CommonClaims {
  readonly kind: 'printed';
  readonly guardian: {
    /** 1 to 13 bytes of UTF-8. */
    readonly name: string;
    readonly relationship: Relationship;
  };
}

export type Claims = LiveClaims | PrintedClaims;

export const SHARD_BITS = 20;
export const SHARD_SIZE = 2 ** SHARD_BITS;
export const NAME_BYTES = 9;
export const GUARDIAN_BYTES = 13;
/** iat counts minutes from here: 2020-01-01T00:00:00Z. */
export const EPOCH = 1_577_836_800;

/**
 * The JWS signing input's two halves before base64url, exactly as they are signed.
 * Members stand in this order and numbers are plain integers, so that claims and
 * bytes determine each other.
 *
 * @param issuer the `iss` of the trust document; never said by the paper.
 */
export function codeToJwt(claims: Claims, issuer: string): { header: string; payload: string } {
  const shard = Math.floor(claims.statusIndex / SHARD_SIZE);
  return {
    header: JSON.stringify({ alg: 'ES256', kid: claims.kid, typ: 'hc+jwt' }),
    payload: JSON.stringify({
      iss: issuer,
      sub: claims.sub,
      iat: claims.issuedAt,
      exp: claims.expiresAt,
      checked_in: claims.checkedInAt,
      colour: claims.colour,
      area: claims.area,
      name: claims.name,
      status: {
        status_list: {
          idx: claims.statusIndex % SHARD_SIZE,
          uri: statusListUri(issuer, shard),
        },
      },
      ...(claims.kind === 'live'
        ? { cnf: { jwk: { kty: 'EC', crv: 'P-256', x: claims.holder.x, y: claims.holder.y } } }
        : {
            guardian: {
              name: claims.guardian.name,
              relationship: claims.guardian.relationship,
            },
          }),
    }),
  };
}

/** The `sub` of a status list token, and the `uri` of the codes that point into it. */
export function statusListUri(issuer: string, shard: number): string {
  return `${issuer}/status/${shard}`;
}
