/**
 * The few globals that every realm has and that core may use. No DOM, no network,
 * no clock and no timers: what is not declared here does not compile in core.
 */
interface TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare var TextEncoder: { new (): TextEncoder };

interface TextDecoder {
  decode(bytes: Uint8Array): string;
}
declare var TextDecoder: {
  new (label: string, options: { fatal: boolean; ignoreBOM: boolean }): TextDecoder;
};

interface CryptoKey {
  readonly algorithm: { readonly name: string };
  readonly extractable: boolean;
  readonly type: 'private' | 'public' | 'secret';
  readonly usages: string[];
}

declare var crypto: {
  readonly subtle: {
    digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
    importKey(
      format: 'raw',
      point: Uint8Array<ArrayBuffer>,
      algorithm: { readonly name: 'ECDSA'; readonly namedCurve: 'P-256' },
      extractable: boolean,
      usages: readonly 'verify'[],
    ): Promise<CryptoKey>;
  };
};

interface ByteReader {
  read(): Promise<{ done: false; value: Uint8Array } | { done: true; value?: undefined }>;
  cancel(): Promise<void>;
}
interface ByteWriter {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
}
interface ByteTransform {
  readonly readable: { getReader(): ByteReader };
  readonly writable: { getWriter(): ByteWriter };
}
declare var CompressionStream: { new (format: 'deflate'): ByteTransform };
declare var DecompressionStream: { new (format: 'deflate'): ByteTransform };

interface URLSearchParams {
  get(name: string): string | null;
  toString(): string;
}
declare var URLSearchParams: {
  new (init: string | Record<string, string>): URLSearchParams;
};
