const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** Base45 (RFC 9285): two bytes become three characters of the QR alphanumeric set. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length;
    let rest = pair ? byteAt(bytes, i) * 256 + byteAt(bytes, i + 1) : byteAt(bytes, i);
    for (let digit = 0; digit < (pair ? 3 : 2); digit++) {
      text += ALPHABET[rest % 45];
      rest = Math.floor(rest / 45);
    }
  }
  return text;
}

/**
 * Strict base45 (RFC 9285 section 4.3): a character outside the alphabet, a lone
 * last character and a group whose value does not fit its bytes are all refused.
 *
 * @returns undefined unless `text` is valid base45.
 */
export function decodeBase45(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 2) / 3));
  let at = 0;
  for (let i = 0; i < text.length; i += 3) {
    const group = text.slice(i, i + 3);
    let value = 0;
    for (let digit = group.length - 1; digit >= 0; digit--) {
      const index = ALPHABET.indexOf(group.charAt(digit));
      if (index < 0) return undefined;
      value = value * 45 + index;
    }
    if (group.length === 3) {
      if (value > 0xffff) return undefined;
      bytes[at++] = value >> 8;
    } else if (value > 0xff) return undefined;
    bytes[at++] = value & 0xff;
  }
  return bytes;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
