import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const COMPRESSIBLE = /^(text\/|application\/(json|manifest|wasm)|image\/svg)/;

const encoders = {
  br: (body: Buffer) =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: promisify(gzip),
} as const;
type Encoding = keyof typeof encoders;

/** A file of the built site. */
export interface SiteFile {
  readonly path: string;
  readonly type: string;
  /** Strong: SHA-256 of the content. */
  readonly etag: string;
  readonly body: Buffer;
  /** Made when first asked for. */
  readonly encoded: Map<Encoding, Promise<Buffer>>;
}

/** The built site by path, such as `/assets/x.js`: only what is in it can be served. */
export type Site = ReadonlyMap<string, SiteFile>;

/** @returns undefined when the site was not built. */
export function loadSite(folder: string): Site | undefined {
  if (!existsSync(join(folder, 'index.html'))) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // Build manifests and the like are not for the world.
    .filter((file) => !/[\\/]\.[^\\/]/.test(file.slice(folder.length)));
  return new Map(
    files.map((file) => {
      const path = `/${relative(folder, file).split(sep).join('/')}`;
      const body = readFileSync(file);
      const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      return [path, { path, type, etag, body, encoded: new Map() }];
    }),
  );
}

/** Answers a GET for a file of the site. */
export async function serveFile(file: SiteFile, request: Request): Promise<Response> {
  const headers = new Headers({
    // Names in assets/ carry a hash of the content; everything else is asked for again.
    'Cache-Control': file.path.startsWith('/assets/')
      ? 'public, max-age=31536000, immutable'
      : 'no-cache',
    'Content-Type': file.type,
    ETag: file.etag,
    Vary: 'Accept-Encoding',
  });
  if (request.headers.get('If-None-Match')?.includes(file.etag)) {
    return new Response(null, { status: 304, headers });
  }
  const encoding = encodingFor(file, request.headers.get('Accept-Encoding') ?? '');
  if (!encoding) return new Response(new Uint8Array(file.body), { headers });
  const body = file.encoded.get(encoding) ?? encoders[encoding](file.body);
  file.encoded.set(encoding, body);
  headers.set('Content-Encoding', encoding);
  return new Response(new Uint8Array(await body), { headers });
}

function encodingFor(file: SiteFile, accepted: string): Encoding | undefined {
  if (!COMPRESSIBLE.test(file.type) || file.body.length < 1024) return undefined;
  return (['br', 'gzip'] as const).find((name) =>
    new RegExp(`\\b${name}\\b(?!;q=0\\b)`).test(accepted),
  );
}
