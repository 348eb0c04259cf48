import { type Context, Hono } from 'hono';
import { utf8 } from '../../core/bytes.ts';
import type { Sql } from '../database/sql.ts';
import { problem } from '../problem.ts';
import { afterRoot } from '../publish/trust.ts';
import { serveRepresentation } from './representation.ts';

const SHARD = '/status/:shard{\\d{1,3}}';
const JSON_TYPE = 'application/json';
const DELTA_TYPE = 'application/statuslist-delta+jwt';

/** What is signed says itself how old it is; a cache may keep it and must ask. */
const NEWEST = 'no-cache';
/** A name with a version in it stands for the same bytes for ever. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * What everyone may have, the same for everyone:
 * - `GET /trust`, `/trust/after/{root}`, `/bulletin`, `/status/{shard}`: the newest, signed;
 * - `GET /status/{shard}/{version}`: that list's bits, as zlib data;
 * - `GET /status/{shard}/since/{version}/{newer}`: the signed delta from one to the other;
 *   without `newer`, the nearest that leads on from that version to the newest.
 */
export function documentRoutes({ sql }: { readonly sql: Sql }): Hono {
  return new Hono()
    .get('/trust', (c) => serveNewest(c, sql, 'trust', JSON_TYPE))
    .get('/trust/after/:root{[\\w-]{43}}', (c) =>
      serveNewest(c, sql, afterRoot(c.req.param('root')), JSON_TYPE),
    )
    .get('/bulletin', (c) => serveNewest(c, sql, 'bulletin', 'application/jwt'))
    .get(SHARD, (c) => {
      const name = `status/${Number(c.req.param('shard'))}`;
      return serveNewest(c, sql, name, 'application/statuslist+jwt');
    })
    .get(`${SHARD}/:version{\\d{1,15}}`, async (c) => {
      const { shard, version } = c.req.param();
      const [list] = await sql<{ digest: string; packed: Buffer }>`
        select digest, packed from status_versions
        where shard = ${shard} and version = ${version} and packed is not null`;
      if (!list) return problem('not-found');
      return serveRepresentation(c.req.raw, {
        type: 'application/zlib',
        cache: FOR_EVER,
        digest: list.digest,
        plain: list.packed,
      });
    })
    .get(`${SHARD}/since/:since{\\d{1,15}}/:version{\\d{1,15}}`, async (c) => {
      const { shard, since, version } = c.req.param();
      const [delta] = await sql<StoredText>`
        select digest, body, br, gzip from status_deltas
        where shard = ${shard} and version = ${version} and since = ${since}`;
      return serveText(c, delta, DELTA_TYPE, FOR_EVER);
    })
    .get(`${SHARD}/since/:since{\\d{1,15}}`, async (c) => {
      const { shard, since } = c.req.param();
      const [delta] = await sql<StoredText>`
        select digest, body, br, gzip from status_deltas
        where shard = ${shard} and since <= ${since} and version > ${since}
          and version = (select max(version) from status_versions where shard = ${shard})
        order by since desc limit 1`;
      return serveText(c, delta, DELTA_TYPE, NEWEST);
    });
}

interface StoredText {
  readonly digest: string;
  readonly body: string;
  /** Null: published before there were compressed forms. */
  readonly br: Buffer | null;
  readonly gzip: Buffer | null;
}

async function serveNewest(c: Context, sql: Sql, name: string, type: string): Promise<Response> {
  const [document] = await sql<StoredText>`
    select digest, body, br, gzip from documents where name = ${name}`;
  return serveText(c, document, type, NEWEST);
}

function serveText(
  c: Context,
  stored: StoredText | undefined,
  type: string,
  cache: string,
): Response {
  if (!stored) return problem('not-found');
  const { body, ...forms } = stored;
  return serveRepresentation(c.req.raw, { type, cache, plain: utf8(body), ...forms });
}
