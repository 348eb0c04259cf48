import { promisify } from 'node:util';
import { brotliCompress, gzip as gzipCompress } from 'node:zlib';

/** A text as it goes over the wire, made once and at leisure: many devices ask for each. */
export async function compress(text: string): Promise<{ br: Buffer; gzip: Buffer }> {
  const [br, gzip] = await Promise.all([
    promisify(brotliCompress)(text),
    promisify(gzipCompress)(text, { level: 9 }),
  ]);
  return { br, gzip };
}
