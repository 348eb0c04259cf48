import fc from 'fast-check';
import { toBase64url, utf8 } from '../../src/core/bytes.ts';
import {
  type Claims,
  COLOURS,
  EPOCH,
  GUARDIAN_BYTES,
  NAME_BYTES,
  RELATIONSHIPS,
} from '../../src/core/code/claims.ts';
import type { PackedCode } from '../../src/core/code/pack.ts';
import type { PublicJwk } from '../../src/core/documents/trust.ts';
import { DAY, MINUTE } from '../../src/core/time.ts';

/** Whether this is `npm run fuzz`, and not one test of many. */
export const FUZZING = process.env['FUZZ_RUNS'] !== undefined;
/** How often each property is tried; `FUZZ_RUNS=1000000` for a long night. */
export const RUNS = Number(process.env['FUZZ_RUNS'] ?? 500);

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const base64url = (length: number) => bytes(length).map(toBase64url);

/** Names as people have them: Chinese, masked, Latin, rare characters, markup too. */
const name = (maxBytes: number) =>
  fc
    .string({
      unit: fc.constantFrom(...'王欧阳锋小红*李𰻝·éÅ가 O\'<>&"\\/zß'),
      minLength: 1,
      maxLength: maxBytes,
    })
    .map((text) => text.normalize('NFC').trim())
    .filter((text) => text.length > 0 && utf8(text).length <= maxBytes);

/** Claims that fit the format, of both kinds; live ones are bound to one of `holders`. */
export function arbitraryClaims(holders: readonly PublicJwk[]): fc.Arbitrary<Claims> {
  const common = fc
    .record({
      sub: base64url(8),
      kid: base64url(4),
      colour: fc.constantFrom(...COLOURS),
      issuedAt: fc.nat(2 ** 24 - 1).map((minutes) => EPOCH + minutes * MINUTE),
      days: fc.integer({ min: 1, max: 31 }),
      silence: fc.nat(31 * 24 * 60),
      area: fc.integer({ min: 100_000, max: 999_999 }).map(String),
      name: name(NAME_BYTES),
      statusIndex: fc.nat(2 ** 28 - 1),
    })
    .map(({ days, silence, ...rest }) => ({
      ...rest,
      expiresAt: rest.issuedAt + days * DAY,
      checkedInAt: rest.issuedAt - silence * MINUTE,
    }));
  const holder = fc.constantFrom(...holders).map(({ x, y }) => ({ x, y }));
  const guardian = fc.record({
    name: name(GUARDIAN_BYTES),
    relationship: fc.constantFrom(...RELATIONSHIPS),
  });
  return fc.oneof(
    fc
      .tuple(common, holder)
      .map(([rest, key]) => ({ ...rest, kind: 'live' as const, holder: key })),
    fc
      .tuple(common, guardian)
      .map(([rest, by]) => ({ ...rest, kind: 'printed' as const, guardian: by })),
  );
}

/** Codes that fit the format, with signatures that nobody made. */
export function arbitraryCode(holders: readonly PublicJwk[]): fc.Arbitrary<PackedCode> {
  const proof = fc.record({ late: fc.nat(31 * DAY), signature: bytes(64) });
  return fc
    .tuple(arbitraryClaims(holders), bytes(64), fc.option(proof, { nil: undefined }))
    .map(([claims, signature, given]) =>
      claims.kind === 'live' && given
        ? {
            claims,
            signature,
            proof: { at: claims.issuedAt + given.late, signature: given.signature },
          }
        : { claims, signature },
    );
}
