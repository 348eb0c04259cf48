import { concat } from '../core/bytes.ts';
import type { ListedShard } from '../core/documents/bulletin.ts';
import { SHARD_BYTES } from '../core/documents/status-bits.ts';
import { accept, type Result, refuse } from '../core/result.ts';
import { type Fetch, send } from './request.ts';
import type { PartialList } from './schema.ts';
import type { Store } from './store.ts';

/** What cannot be compressed is stored by zlib, with some bytes around it. */
const MAX_PACKED = SHARD_BYTES + 1024;
/** Of a slow download so much is lost at most when the app is closed, bytes. */
const KEEP_EVERY = 8 * 1024;

/**
 * Why there is no list.
 * - `unreachable`: the line broke; what came is kept, and the next try goes on from there
 * - `gone`: the authority no longer has this version
 * - `too-large`: no list is so long
 */
export type DownloadRefusal = 'unreachable' | 'gone' | 'too-large';

/**
 * The listed version as the authority sends it, unverified; or the earlier one that a
 * download began with, as long as a delta leads on from it: over a bad line no download would
 * ever end if each new version began it anew.
 */
export async function downloadList(
  store: Store,
  fetch: Fetch,
  { shard, version, since }: ListedShard,
): Promise<Result<PartialList, DownloadRefusal>> {
  const begun = await store.read(['partials'], (tx) => tx.objectStore('partials').get(shard));
  const isOfUse = begun?.version === version || since.some((one) => begun && one <= begun.version);
  const base = begun && isOfUse ? begun : { shard, version, bytes: new Uint8Array() };
  const response = await ask(fetch, base);
  if (!response) return refuse('unreachable');
  const { status, headers } = response;
  const size = base.bytes.length;
  if (status === 416 && headers.get('content-range') === `bytes */${size}`) return accept(base);
  if (status === 404 || status === 416) return refuse('gone');

  const isList = headers.get('content-type') === 'application/zlib' && response.body !== null;
  const goesOn = headers.get('content-range')?.startsWith(`bytes ${size}-`);
  if (!isList || (status !== 200 && !(status === 206 && goesOn))) return refuse('unreachable');
  return receive(
    store,
    response.body,
    status === 206 ? base : { ...base, bytes: new Uint8Array() },
  );
}

export async function forgetDownload(store: Store, shard: number): Promise<void> {
  await store.write(['partials'], (tx) => tx.objectStore('partials').delete(shard));
}

/** A name with a version in it stands for the same bytes for ever, so that no tag is needed. */
async function ask(
  fetch: Fetch,
  { shard, version, bytes }: PartialList,
): Promise<Response | undefined> {
  const headers = bytes.length > 0 ? { range: `bytes=${bytes.length}-` } : {};
  return send(fetch, `/status/${shard}/${version}`, { headers }).catch(() => undefined);
}

async function receive(
  store: Store,
  body: ReadableStream<Uint8Array>,
  base: PartialList,
): Promise<Result<PartialList, DownloadRefusal>> {
  const reader = body.getReader();
  let bytes = base.bytes;
  let kept = bytes.length;
  for (;;) {
    const piece = await reader.read().catch(() => undefined);
    if (piece?.value) bytes = concat([bytes, piece.value]);
    if (bytes.length > MAX_PACKED) {
      await reader.cancel().catch(() => {});
      await forgetDownload(store, base.shard);
      return refuse('too-large');
    }
    const ended = !piece || piece.done;
    if (bytes.length > kept && (ended || bytes.length - kept >= KEEP_EVERY)) {
      kept = bytes.length;
      const partial = { ...base, bytes };
      await store.write(['partials'], (tx) => tx.objectStore('partials').put(partial));
    }
    if (ended) return piece ? accept({ ...base, bytes }) : refuse('unreachable');
  }
}
