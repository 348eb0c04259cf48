/** Big-endian integers, and LEB128 for small ones (at most 4 bytes: below 2^28). */
export class ByteWriter {
  readonly #bytes: number[] = [];

  byte(value: number): void {
    this.#bytes.push(value & 0xff);
  }

  bytes(values: Uint8Array): void {
    this.#bytes.push(...values);
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
    return Uint8Array.from(this.#bytes);
  }
}

/** Reads past the end give zeros and set `overrun`: the caller checks once, at the end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  overrun = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) this.overrun = true;
    return value ?? 0;
  }

  bytes(length: number): Uint8Array {
    const part = new Uint8Array(length);
    part.set(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    if (this.#at > this.#bytes.length) this.overrun = true;
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
    this.overrun = true;
    return 0;
  }
}
