import { problem } from '../problem.ts';

/** Something that is served as bytes, and the compressed forms of it that were made ahead. */
export interface Representations {
  readonly type: string;
  /** Of the content: its identity, and the strong tag of the form that is not compressed. */
  readonly digest: string;
  /** `Cache-Control`. */
  readonly cache: string;
  readonly plain: Uint8Array;
  readonly br?: Uint8Array | null | undefined;
  readonly gzip?: Uint8Array | null | undefined;
}

/**
 * Answers a GET as RFC 9110 has it: one of the encodings that the client takes, each with a
 * strong tag of its own; 304 while the client holds it; and a part of it where one range is
 * asked for, so that an interrupted download goes on where it broke off.
 */
export function serveRepresentation(request: Request, resource: Representations): Response {
  const coding = codingFor(request.headers.get('Accept-Encoding') ?? '', resource);
  const content = (coding && resource[coding]) ?? resource.plain;
  const etag = coding ? `"${resource.digest}.${coding}"` : `"${resource.digest}"`;
  const headers = new Headers({
    'Accept-Ranges': 'bytes',
    'Cache-Control': resource.cache,
    ETag: etag,
    Vary: 'Accept-Encoding',
  });
  if (tagsIn(request.headers.get('If-None-Match') ?? '').includes(etag)) {
    return new Response(null, { status: 304, headers });
  }
  headers.set('Content-Type', resource.type);
  if (coding) headers.set('Content-Encoding', coding);
  const range = rangeOf(request.headers, etag, content.length);
  if (!range) return new Response(new Uint8Array(content), { headers });
  const extent = `bytes ${range.text}/${content.length}`;
  if (!range.part) {
    const refused = problem('malformed', { status: 416 });
    refused.headers.set('Content-Range', extent);
    return refused;
  }
  headers.set('Content-Range', extent);
  const { first, last } = range.part;
  return new Response(content.slice(first, last + 1), { status: 206, headers });
}

function codingFor(accepted: string, resource: Representations): 'br' | 'gzip' | undefined {
  return (['br', 'gzip'] as const).find(
    (name) =>
      resource[name] &&
      accepted.split(',').some((one) => {
        const [coding = '', ...parameters] = one.split(';').map((part) => part.trim());
        return coding.toLowerCase() === name && !parameters.some((q) => /^q=0(\.0*)?$/i.test(q));
      }),
  );
}

/** RFC 9110 section 13.1.2, where weak tags compare like strong ones. */
function tagsIn(header: string): string[] {
  return [...header.matchAll(/"[^"]*"/g)].map(([tag]) => tag);
}

/**
 * RFC 9110 section 14.2. What is no single range of bytes, or of another form than the one
 * that the client began with (`If-Range`), is answered with the whole.
 *
 * @returns without a part: nothing of it is in the content.
 */
function rangeOf(
  headers: Headers,
  etag: string,
  length: number,
): { readonly text: string; readonly part?: { first: number; last: number } } | undefined {
  const condition = headers.get('If-Range');
  if (condition !== null && condition !== etag) return undefined;
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.get('Range') ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(0, length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (from !== '' && to !== '' && Number(to) < first) return undefined;
  if (first >= length) return { text: '*' };
  return { text: `${first}-${last}`, part: { first, last } };
}
