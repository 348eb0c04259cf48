import { BULLETIN, type Bulletin, homeShards } from '../core/documents/bulletin.ts';
import { openDocument } from '../core/documents/signed.ts';
import { digestBits, inflateBits } from '../core/documents/status-bits.ts';
import { type StatusList, shardOf, statusOf } from '../core/documents/status-list.ts';
import { openTrust, type TrustedKeys } from '../core/documents/trust.ts';
import { trustedTime } from '../core/time.ts';
import type { Knowledge } from '../core/verdict/decide.ts';
import { readStored, type Stored } from './documents.ts';
import type { FeverHere } from './marks.ts';
import type { Enrolment, StoredList } from './schema.ts';
import type { Store } from './store.ts';

/** What this device holds and has verified. A part that is absent or does not verify is undefined. */
export interface Holdings {
  readonly enrolment: Enrolment | undefined;
  /** Without the retired keys, but for those of role `code`: decide() names these. */
  readonly trusted: TrustedKeys | undefined;
  readonly bulletin: Bulletin | undefined;
  /** By shard. */
  readonly lists: ReadonlyMap<number, HeldList>;
  /** Trusted time is never before this, epoch seconds. */
  readonly floor: number;
}

export interface HeldList extends StatusList {
  /** See `digestBits`. */
  readonly digest: string;
  /** When it was last known to be current: the time of issue of the last bulletin that names it. */
  readonly currentAt: number;
}

export async function loadHoldings(store: Store): Promise<Holdings> {
  return openHoldings(await readStored(store));
}

/** Verifies everything anew: the database is no more trusted than the network. */
export async function openHoldings(stored: Stored): Promise<Holdings> {
  const { enrolment } = stored;
  const { trusted, bulletin } = await openKeys(stored);
  const lists = new Map<number, HeldList>();
  if (trusted) {
    for (const list of await Promise.all(
      stored.lists.map((one) => openList(one, bulletin, trusted)),
    )) {
      if (list) lists.set(list.shard, list);
    }
  }
  const floor = Math.max(stored.floor, trusted?.issuedAt ?? 0, bulletin?.iat ?? 0);
  return { enrolment, trusted, bulletin, lists, floor };
}

/** The part of the holdings that verifies everything else. */
export async function openKeys({
  enrolment,
  documents,
}: Stored): Promise<Pick<Holdings, 'trusted' | 'bulletin'>> {
  const none = { trusted: undefined, bulletin: undefined };
  const text = documents.get('trust')?.text;
  if (!enrolment || text === undefined) return none;
  const trust = await openTrust(text, { thumbprint: enrolment.root });
  if (!trust.ok) return none;
  const bulletin = await openBulletin(documents.get('bulletin')?.text, trust.value);
  return { trusted: withoutRetired(trust.value, bulletin?.retired ?? []), bulletin };
}

/** What decide() has to know about the code that was shown, or about anybody without one. */
export function knowledge(
  holdings: Holdings,
  /** The device's clock, epoch seconds. */
  wall: number,
  shown: {
    readonly statusIndex?: number;
    /** A fever of them that this station measured. */
    readonly fever?: FeverHere | undefined;
  } = {},
): Knowledge {
  const { trusted, bulletin, lists, floor } = holdings;
  const now = trustedTime(wall, floor);
  const at = now.ok ? now.value : wall;
  const age = (since: number | undefined) =>
    since === undefined ? undefined : Math.max(0, Math.floor(at - since));
  const list =
    shown.statusIndex === undefined ? oldest(holdings) : lists.get(shardOf(shown.statusIndex));
  return {
    now,
    policy: bulletin?.policy,
    ages: {
      trust: age(trusted?.issuedAt),
      bulletin: age(bulletin?.iat),
      status: age(list?.currentAt),
    },
    retired: bulletin?.retired ?? [],
    status: list && shown.statusIndex !== undefined ? statusOf(list, shown.statusIndex) : undefined,
    feverEarlier: shown.fever !== undefined,
    feverAgo: age(shown.fever?.at),
    feverBeside: shown.fever?.beside,
  };
}

export async function openBulletin(
  text: string | undefined,
  trusted: TrustedKeys,
): Promise<Bulletin | undefined> {
  if (text === undefined) return undefined;
  const opened = await openDocument(text, BULLETIN, trusted);
  return opened.ok ? opened.value : undefined;
}

/** Whether a bulletin says that these very bits are the list. */
export function isListed(
  { shard, digest }: Pick<HeldList, 'shard' | 'digest'>,
  bulletin: Bulletin | undefined,
): boolean {
  return listingOf(shard, digest, bulletin) !== undefined;
}

function listingOf(shard: number, digest: string, bulletin: Bulletin | undefined) {
  return bulletin?.status.find((one) => one.shard === shard && one.digest === digest);
}

/** @returns undefined for bits that no bulletin names. */
async function openList(
  { shard, packed, bulletin: former }: StoredList,
  bulletin: Bulletin | undefined,
  trusted: TrustedKeys,
): Promise<HeldList | undefined> {
  const bits = await inflateBits(packed);
  if (!bits) return undefined;
  const digest = await digestBits(bits);
  for (const voucher of [bulletin, await openBulletin(former, trusted)]) {
    const listed = listingOf(shard, digest, voucher);
    if (listed && voucher) {
      return { shard, version: listed.version, bits, digest, currentAt: voucher.iat };
    }
  }
  return undefined;
}

function withoutRetired(trusted: TrustedKeys, retired: readonly string[]): TrustedKeys {
  const keys = [...trusted.keys].filter(
    ([kid, { role }]) => role === 'code' || !retired.includes(kid),
  );
  return { ...trusted, keys: new Map(keys) };
}

/** The oldest of those that this post should have; undefined when one of them is missing. */
function oldest({ enrolment, bulletin, lists }: Holdings): HeldList | undefined {
  const home = enrolment && bulletin ? homeShards(bulletin, enrolment.post.area) : [];
  if (home.some(({ shard }) => !lists.has(shard))) return undefined;
  const inUse = bulletin?.status.flatMap(({ shard }) => lists.get(shard) ?? []);
  return inUse?.sort((a, b) => a.currentAt - b.currentAt)[0];
}
