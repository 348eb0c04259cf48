import type { ListedShard } from '../core/documents/bulletin.ts';
import { deflateBits, digestBits, inflateBits } from '../core/documents/status-bits.ts';
import { applyStatusDelta, openStatusDelta, STATUS_DELTA } from '../core/documents/status-delta.ts';
import { openStatusList, STATUS_LIST, type StatusList } from '../core/documents/status-list.ts';
import type { TrustedKeys } from '../core/documents/trust.ts';
import { accept, type Result, refuse } from '../core/result.ts';
import { replaceList } from './documents.ts';
import { downloadList, forgetDownload } from './download.ts';
import { type Fetch, request } from './request.ts';
import type { Store } from './store.ts';

export interface ListDeps {
  readonly store: Store;
  readonly fetch: Fetch;
  readonly trusted: TrustedKeys;
  /** The text of the bulletin that lists it. */
  readonly bulletin: string | undefined;
}

type Packed = Uint8Array<ArrayBuffer>;
type Brought = Result<Packed, 'unreachable' | 'refused'>;

/**
 * Brings one status list to the version that the bulletin names: by a delta from the one that
 * is held, or whole. Only bits whose digest is the named one take the place of what is held.
 *
 * @throws Fault one of the store's.
 */
export async function updateList(
  listed: ListedShard,
  held: (StatusList & { readonly digest: string }) | undefined,
  deps: ListDeps,
): Promise<'changed' | 'same' | 'refused' | 'unreachable'> {
  if (held?.digest === listed.digest) return 'same';
  const { shard } = listed;
  // Whoever comes while another brings it waits, and finds it here.
  return navigator.locks.request(`kakou-status-${shard}`, async () => {
    if (await isHere(listed, deps.store)) return 'same';
    const brought = await bring(listed, held, deps);
    if (!brought.ok) return brought.reason;
    const next = { shard, packed: brought.value };
    return (await replaceList(deps.store, next, deps.bulletin)) ? 'changed' : 'same';
  });
}

async function isHere({ shard, digest }: ListedShard, store: Store): Promise<boolean> {
  const stored = await store.read(['lists'], (tx) => tx.objectStore('lists').get(shard));
  const bits = stored && (await inflateBits(stored.packed));
  return bits !== undefined && (await digestBits(bits)) === digest;
}

async function bring(
  listed: ListedShard,
  held: StatusList | undefined,
  deps: ListDeps,
): Promise<Brought> {
  const led = held ? await leadOn(held, listed, deps) : refuse('refused');
  return led.ok || led.reason === 'unreachable' ? led : fetchWhole(listed, deps);
}

async function leadOn(list: StatusList, listed: ListedShard, deps: ListDeps): Promise<Brought> {
  const { shard, version } = listed;
  const from = Math.max(...listed.since.filter((since) => since <= list.version));
  if (!Number.isFinite(from)) return refuse('refused');
  const path = `/status/${shard}/since/${from}/${version}`;
  const answer = await request(deps.fetch, path, {}, STATUS_DELTA.maxLength);
  if (!answer) return refuse('unreachable');
  const delta = await openStatusDelta(answer.text, shard, deps.trusted);
  const next = delta.ok ? applyStatusDelta(list, delta.value) : delta;
  return next.ok ? packIfListed(next.value.bits, listed) : refuse('refused');
}

async function fetchWhole(listed: ListedShard, deps: ListDeps): Promise<Brought> {
  const { shard, digest } = listed;
  const download = await downloadList(deps.store, deps.fetch, listed);
  if (!download.ok) {
    if (download.reason === 'unreachable') return refuse('unreachable');
    return download.reason === 'gone' ? fetchToken(listed, deps) : refuse('refused');
  }
  const { version, bytes } = download.value;
  const bits = await inflateBits(bytes);
  if (bits && (await digestBits(bits)) === digest) return accept(bytes);
  const led = bits ? await leadOn({ shard, version, bits }, listed, deps) : refuse('refused');
  if (!led.ok && led.reason === 'refused') await forgetDownload(deps.store, shard);
  return led;
}

/** The newest list as the standard has it: what a carried file brings, for one. */
async function fetchToken(listed: ListedShard, deps: ListDeps): Promise<Brought> {
  const { shard } = listed;
  const answer = await request(deps.fetch, `/status/${shard}`, {}, STATUS_LIST.maxLength);
  if (!answer) return refuse('unreachable');
  const list = await openStatusList(answer.text, shard, deps.trusted);
  return list.ok ? packIfListed(list.value.bits, listed) : refuse('refused');
}

async function packIfListed(bits: Packed, { digest }: ListedShard): Promise<Brought> {
  return (await digestBits(bits)) === digest ? accept(await deflateBits(bits)) : refuse('refused');
}
