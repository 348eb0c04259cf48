/** Type text in PostgreSQL's catalogue. */
const TEXT = 25;

/**
 * A `text[]` as PostgreSQL takes it in binary: no quotes to look for in long texts, neither here
 * nor there (the wire format of `array_recv`: dimensions, flags, type, length, lower bound, and
 * each element behind its length, all numbers of 4 bytes, big-endian).
 */
export function textArray(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const buffer = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 20));
  let end = 0;
  for (const number of [1, 0, TEXT, texts.length, 1]) end = buffer.writeInt32BE(number, end);
  texts.forEach((text, i) => {
    end = buffer.writeInt32BE(lengths[i] ?? 0, end);
    end += buffer.write(text, end);
  });
  return buffer;
}
