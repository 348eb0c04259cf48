import { fromBase64url, fromUtf8, toBase64url, utf8 } from '../bytes.ts';
import { Fault } from '../result.ts';
import { ByteReader, ByteWriter } from './byte-stream.ts';
import {
  type Claims,
  COLOURS,
  DAY,
  EPOCH,
  GUARDIAN_BYTES,
  MINUTE,
  NAME_BYTES,
  RELATIONSHIPS,
} from './claims.ts';
import { decompressY } from './point.ts';

/** What a QR carries: claims, the issuer's signature and, for a live code, the proof. */
export interface PackedCode {
  readonly claims: Claims;
  /** ES256 signature, r and s, 64 bytes. */
  readonly signature: Uint8Array;
  readonly proof?: PackedProof;
}

export interface PackedProof {
  /** When the resident's phone signed, epoch seconds. */
  readonly at: number;
  readonly signature: Uint8Array;
}

const SIGNATURE_BYTES = 64;
const MAX_LIFE_DAYS = 31;
const MAX_INDEX = 2 ** 28 - 1;

/**
 * Claims to bytes, as docs/code-format.md lays them out.
 *
 * @throws Fault `code-out-of-range` when a claim does not fit the format.
 */
export function pack({ claims, signature, proof }: PackedCode): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  const lifeDays = (claims.expiresAt - claims.issuedAt) / DAY;
  need(Number.isInteger(lifeDays) && lifeDays >= 1 && lifeDays <= MAX_LIFE_DAYS, 'exp');
  const [issuedMinutes, silentMinutes] = [
    (claims.issuedAt - EPOCH) / MINUTE,
    (claims.issuedAt - claims.checkedInAt) / MINUTE,
  ];
  need(isUint(issuedMinutes, 2 ** 24 - 1), 'iat');
  need(isUint(silentMinutes, MAX_LIFE_DAYS * 24 * 60), 'checked_in');
  need(isUint(claims.statusIndex, MAX_INDEX), 'idx');
  need(/^[1-9]\d{5}$/.test(claims.area), 'area');

  const printed = claims.kind === 'printed';
  const colour = COLOURS.indexOf(claims.colour);
  need(colour >= 0, 'colour');
  const y = printed ? undefined : bytesOf(claims.holder.y, 32, 'y');
  out.byte((printed ? 0x80 : 0) | (colour << 4) | (((y?.[31] ?? 0) & 1) << 3));
  out.bytes(bytesOf(claims.kid, 4, 'kid'));
  out.bytes(bytesOf(claims.sub, 8, 'sub'));
  out.uint24(issuedMinutes);
  out.byte(lifeDays);
  out.varint(silentMinutes);
  out.varint(claims.statusIndex);
  out.uint24(Number(claims.area));
  writeName(out, claims.name, NAME_BYTES);
  if (claims.kind === 'printed') {
    const relationship = RELATIONSHIPS.indexOf(claims.guardian.relationship);
    need(relationship >= 0, 'relationship');
    out.byte(relationship);
    writeName(out, claims.guardian.name, GUARDIAN_BYTES);
  } else {
    out.bytes(bytesOf(claims.holder.x, 32, 'x'));
  }
  need(signature.length === SIGNATURE_BYTES, 'signature');
  out.bytes(signature);
  if (proof) {
    need(!printed, 'proof');
    need(isUint(proof.at - claims.issuedAt, MAX_LIFE_DAYS * DAY), 'proof.iat');
    need(proof.signature.length === SIGNATURE_BYTES, 'proof.signature');
    out.varint(proof.at - claims.issuedAt);
    out.bytes(proof.signature);
  }
  return out.finish();
}

/** @returns undefined unless `bytes` are exactly what {@link pack} makes of some code. */
export function unpack(bytes: Uint8Array): PackedCode | undefined {
  const code = read(new ByteReader(bytes));
  if (!code) return undefined;
  try {
    // One spelling only: whatever does not pack to itself is not a code.
    const again = pack(code);
    return again.length === bytes.length && again.every((byte, i) => byte === bytes[i])
      ? code
      : undefined;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function read(input: ByteReader): PackedCode | undefined {
  const flags = input.byte();
  const colour = COLOURS[(flags >> 4) & 3];
  const kid = toBase64url(input.bytes(4));
  const sub = toBase64url(input.bytes(8));
  const issuedAt = EPOCH + input.uint24() * MINUTE;
  const expiresAt = issuedAt + input.byte() * DAY;
  const checkedInAt = issuedAt - input.varint() * MINUTE;
  const statusIndex = input.varint();
  const area = String(input.uint24());
  const name = readName(input, NAME_BYTES);
  if (!colour || name === undefined) return undefined;
  const common = { sub, kid, colour, issuedAt, expiresAt, checkedInAt, area, name, statusIndex };

  let claims: Claims;
  if (flags & 0x80) {
    const relationship = RELATIONSHIPS[input.byte()];
    const guardian = readName(input, GUARDIAN_BYTES);
    if (!relationship || guardian === undefined) return undefined;
    claims = { ...common, kind: 'printed', guardian: { name: guardian, relationship } };
  } else {
    const x = input.bytes(32);
    const y = decompressY(x, (flags & 8) !== 0);
    if (!y) return undefined;
    claims = { ...common, kind: 'live', holder: { x: toBase64url(x), y: toBase64url(y) } };
  }
  const signature = input.bytes(SIGNATURE_BYTES);
  const proof = input.ended
    ? undefined
    : { at: issuedAt + input.varint(), signature: input.bytes(SIGNATURE_BYTES) };
  if (!input.ended || input.overrun) return undefined;
  return { claims, signature, ...(proof && { proof }) };
}

function writeName(out: ByteWriter, name: string, limit: number): void {
  const bytes = utf8(name);
  need(isName(name) && bytes.length <= limit, 'name');
  out.byte(bytes.length);
  out.bytes(bytes);
}

function readName(input: ByteReader, limit: number): string | undefined {
  const length = input.byte();
  if (length > limit) return undefined;
  return fromUtf8(input.bytes(length));
}

/** Control, format, private and invisible characters, and line ends. */
const UNREADABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Something to read aloud, in NFC. Unassigned characters are let be: which ones are
 * assigned depends on the age of the engine, and rare Chinese characters are young.
 */
function isName(name: string): boolean {
  return (
    name.length > 0 &&
    name === name.trim() &&
    name === name.normalize('NFC') &&
    !UNREADABLE.test(name)
  );
}

function isUint(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}

function bytesOf(text: string, length: number, member: string): Uint8Array {
  const bytes = fromBase64url(text);
  need(bytes?.length === length, member);
  return bytes ?? new Uint8Array();
}

function need(holds: boolean, member: string): void {
  if (!holds) throw new Fault('code-out-of-range', `"${member}" does not fit the code format`);
}
