import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader, ByteWriter } from '../../../src/core/code/byte-stream.ts';

test('what is written is read back, and nothing is left over', () => {
  const bytes = fc.uint8Array({ maxLength: 20 });
  const numbers = fc.tuple(
    fc.nat(255),
    fc.nat(2 ** 24 - 1),
    fc.nat(2 ** 28 - 1),
    fc.nat(2 ** 28 - 1),
  );
  fc.assert(
    fc.property(bytes, numbers, (values, [byte, uint24, first, second]) => {
      const out = new ByteWriter();
      out.byte(byte);
      out.varint(first);
      out.bytes(values);
      out.uint24(uint24);
      out.varint(second);
      const input = new ByteReader(out.finish());
      expect(input.byte()).toBe(byte);
      expect(input.varint()).toBe(first);
      expect(input.bytes(values.length)).toEqual(values);
      expect(input.uint24()).toBe(uint24);
      expect(input.varint()).toBe(second);
      expect(input.ended).toBe(true);
    }),
  );
});

test.each([
  [0, [0]],
  [127, [0x7f]],
  [128, [0x80, 0x01]],
  [300, [0xac, 0x02]],
  [123_456, [0xc0, 0xc4, 0x07]],
  [2 ** 28 - 1, [0xff, 0xff, 0xff, 0x7f]],
])('the varint of %d is %j', (value, bytes) => {
  const out = new ByteWriter();
  out.varint(value);
  expect([...out.finish()]).toEqual(bytes);
});

test('a varint of five bytes is 0, not a large number', () => {
  expect(new ByteReader(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x01])).varint()).toBe(0);
});

test('reads past the end give zeros', () => {
  for (const read of ['byte', 'uint24', 'varint'] as const) {
    expect(new ByteReader(new Uint8Array())[read]()).toBe(0);
  }
  expect(new ByteReader(new Uint8Array(3)).bytes(4)).toEqual(new Uint8Array(4));
});
