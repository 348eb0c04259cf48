/**
 * P-256 points in half the space: x and the parity of y (SEC 1 section 2.3.3).
 * WebCrypto engines disagree on importing compressed points, so y is computed here.
 * Public values only, hence no need for constant time.
 */
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/**
 * @param x 32 bytes, big-endian.
 * @param odd whether y is odd.
 * @returns y, 32 bytes, big-endian; undefined when no point of P-256 has this x.
 */
export function decompressY(x: Uint8Array, odd: boolean): Uint8Array<ArrayBuffer> | undefined {
  const xValue = toBigInt(x);
  if (xValue >= P) return undefined;
  const square = mod(xValue * mod(xValue * xValue - 3n) + B);
  const root = squareRoot(square);
  if (mod(root * root) !== square) return undefined;
  return toBytes((root & 1n) === (odd ? 1n : 0n) ? root : P - root);
}

/** The candidate root value^((p+1)/4), where (p+1)/4 = 2^254 - 2^222 + 2^190 + 2^94. */
function squareRoot(value: bigint): bigint {
  const ones2 = mod(shift(value, 1) * value);
  const ones4 = mod(shift(ones2, 2) * ones2);
  const ones8 = mod(shift(ones4, 4) * ones4);
  const ones16 = mod(shift(ones8, 8) * ones8);
  const ones32 = mod(shift(ones16, 16) * ones16);
  const high = mod(shift(ones32, 32) * value);
  return shift(mod(shift(high, 96) * value), 94);
}

/** value^(2^times) */
function shift(value: bigint, times: number): bigint {
  let result = value;
  for (let i = 0; i < times; i++) result = (result * result) % P;
  return result;
}

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function toBigInt(bytes: Uint8Array): bigint {
  const words = new DataView(bytes.buffer, bytes.byteOffset, 32);
  return [0, 8, 16, 24].reduce((value, at) => (value << 64n) | words.getBigUint64(at), 0n);
}

function toBytes(value: bigint): Uint8Array<ArrayBuffer> {
  const words = new DataView(new ArrayBuffer(32));
  for (const at of [0, 8, 16, 24]) words.setBigUint64(24 - at, value >> BigInt(8 * at));
  return new Uint8Array(words.buffer);
}
