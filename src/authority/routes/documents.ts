import { type Context, Hono } from 'hono';
import type { Sql } from '../database/sql.ts';
import { problem } from '../problem.ts';

/** `GET /trust`, `/bulletin` and `/status/{shard}`: signed, the same for everyone. */
export function documentRoutes({ sql }: { readonly sql: Sql }): Hono {
  return new Hono()
    .get('/trust', (c) => serve(c, sql, 'trust', 'application/json'))
    .get('/bulletin', (c) => serve(c, sql, 'bulletin', 'application/jwt'))
    .get('/status/:shard{\\d{1,3}}', (c) =>
      serve(c, sql, `status/${Number(c.req.param('shard'))}`, 'application/statuslist+jwt'),
    );
}

async function serve(c: Context, sql: Sql, name: string, type: string): Promise<Response> {
  const held = etagsIn(c.req.header('If-None-Match') ?? '');
  const [document] = await sql<{ digest: string; body: string | null }>`
    select digest, case when digest = any(${held}) then null else body end as body
    from documents where name = ${name}`;
  if (!document) return problem('not-found');
  // What is signed says itself how old it is; a cache may keep it and must ask.
  const headers = { ETag: `"${document.digest}"`, 'Cache-Control': 'no-cache' };
  return document.body === null
    ? new Response(null, { status: 304, headers })
    : new Response(document.body, { headers: { ...headers, 'Content-Type': type } });
}

/** RFC 9110 section 13.1.2, where weak tags compare like strong ones. */
function etagsIn(header: string): string[] {
  return [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map(([, tag = '']) => tag);
}
