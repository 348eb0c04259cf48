import { fromBase64url, fromUtf8, toBase64url, utf8 } from '../bytes.ts';
import { Fault } from '../result.ts';
import { DAY, MINUTE } from '../time.ts';
import { ByteReader, ByteWriter } from './byte-stream.ts';
import {
  type Claims,
  COLOURS,
  EPOCH,
  GUARDIAN_BYTES,
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
const MAX_DAYS = 31;
const MAX_INDEX = 2 ** 28 - 1;
/** Flags; the colour is in the two bits between them. */
const PRINTED = 0x80;
const ODD_Y = 0x08;

/**
 * Claims to bytes, as docs/code-format.md lays them out.
 *
 * @throws Fault `code-out-of-range` when a claim does not fit the format.
 */
export function pack({ claims, signature, proof }: PackedCode): Uint8Array<ArrayBuffer> {
  const { issuedAt, expiresAt, checkedInAt, area } = claims;
  need(/^[1-9]\d{5}$/.test(area), 'area');
  const out = new ByteWriter();
  out.byte(flagsOf(claims));
  out.bytes(bytesOf(claims.kid, 4, 'kid'));
  out.bytes(bytesOf(claims.sub, 8, 'sub'));
  out.uint24(uint((issuedAt - EPOCH) / MINUTE, 0, 2 ** 24 - 1, 'iat'));
  out.byte(uint((expiresAt - issuedAt) / DAY, 1, MAX_DAYS, 'exp'));
  out.varint(uint((issuedAt - checkedInAt) / MINUTE, 0, MAX_DAYS * (DAY / MINUTE), 'checked_in'));
  out.varint(uint(claims.statusIndex, 0, MAX_INDEX, 'idx'));
  out.uint24(Number(area));
  writeName(out, claims.name, NAME_BYTES);
  if (claims.kind === 'printed') {
    out.byte(indexIn(RELATIONSHIPS, claims.guardian.relationship, 'relationship'));
    writeName(out, claims.guardian.name, GUARDIAN_BYTES);
  } else {
    out.bytes(bytesOf(claims.holder.x, 32, 'x'));
  }
  writeSignature(out, signature);
  if (proof) {
    need(claims.kind === 'live', 'proof');
    out.varint(uint(proof.at - issuedAt, 0, MAX_DAYS * DAY, 'proof.iat'));
    writeSignature(out, proof.signature);
  }
  return out.finish();
}

function flagsOf(claims: Claims): number {
  const colour = indexIn(COLOURS, claims.colour, 'colour') << 4;
  if (claims.kind === 'printed') return PRINTED | colour;
  const y = bytesOf(claims.holder.y, 32, 'y');
  return colour | ((y[31] ?? 0) & 1 ? ODD_Y : 0);
}

/** @returns undefined unless `bytes` are exactly what {@link pack} makes of some code. */
export function unpack(bytes: Uint8Array): PackedCode | undefined {
  const code = read(new ByteReader(bytes));
  if (!code) return undefined;
  try {
    // One spelling only: whatever does not pack to itself is not a code. That is also what
    // finds bytes that are missing, left over or out of range.
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
  if (flags & PRINTED) {
    const relationship = RELATIONSHIPS[input.byte()];
    const guardian = readName(input, GUARDIAN_BYTES);
    if (!relationship || guardian === undefined) return undefined;
    claims = { ...common, kind: 'printed', guardian: { name: guardian, relationship } };
  } else {
    const x = input.bytes(32);
    const y = decompressY(x, (flags & ODD_Y) !== 0);
    if (!y) return undefined;
    claims = { ...common, kind: 'live', holder: { x: toBase64url(x), y: toBase64url(y) } };
  }
  const signature = input.bytes(SIGNATURE_BYTES);
  const proof = input.ended
    ? undefined
    : { at: issuedAt + input.varint(), signature: input.bytes(SIGNATURE_BYTES) };
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

function writeSignature(out: ByteWriter, signature: Uint8Array): void {
  need(signature.length === SIGNATURE_BYTES, 'signature');
  out.bytes(signature);
}

function uint(value: number, min: number, max: number, member: string): number {
  need(Number.isInteger(value) && value >= min && value <= max, member);
  return value;
}

function indexIn<T>(list: readonly T[], value: T, member: string): number {
  const index = list.indexOf(value);
  need(index >= 0, member);
  return index;
}

function bytesOf(text: string, length: number, member: string): Uint8Array {
  const bytes = fromBase64url(text);
  need(bytes?.length === length, member);
  return bytes ?? new Uint8Array();
}

function need(holds: boolean, member: string): void {
  if (!holds) throw new Fault('code-out-of-range', `"${member}" does not fit the code format`);
}
