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

/** By character code: the digit, or 45 for what is not in the alphabet. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = ALPHABET.indexOf(String.fromCharCode(code));
  return digit < 0 ? 45 : digit;
});

/**
 * Strict base45 (RFC 9285 section 4.3): a character outside the alphabet, a lone
 * last character and a group whose value does not fit its bytes are all refused.
 *
 * @returns undefined unless `text` is valid base45.
 */
export function decodeBase45(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 2) / 3));
  let at = 0;
  for (let i = 0; i < text.length; i += 3) {
    const pair = i + 2 < text.length;
    let value = 0;
    for (let digit = pair ? 2 : 1; digit >= 0; digit--) {
      // Past the end there is no digit either: a lone last character is half a pair.
      const index = DIGITS[text.charCodeAt(i + digit)] ?? 45;
      if (index === 45) return undefined;
      value = value * 45 + index;
    }
    if (value > (pair ? 0xffff : 0xff)) return undefined;
    if (pair) bytes[at++] = value >> 8;
    bytes[at++] = value & 0xff;
  }
  return bytes;
}

function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
