/** Big-endian integers, and LEB128 for small ones (at most 4 bytes: below 2^28). */
export class ByteWriter {
  readonly #bytes: number[] = [];

  byte(value: number): void {
    this.#bytes.push(value & 0xff);
  }

  bytes(values: Uint8Array): void {
    for (const value of values) this.#bytes.push(value);
  }

  uint24(value: number): void {
    this.#bytes.push((value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff);
  }

  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes.push((rest & 0x7f) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes.push(rest);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes);
  }
}

/**
 * Reads past the end give zeros, and a varint that does not end is 0: whoever writes again
 * what was read, and compares, finds out.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  bytes(length: number): Uint8Array {
    const part = new Uint8Array(length);
    part.set(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    return part;
  }

  uint24(): number {
    return (this.byte() << 16) | (this.byte() << 8) | this.byte();
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return 0;
  }
}
