import { digest } from '../core/bytes.ts';
import { SHARD_SIZE } from '../core/code/claims.ts';
import { BULLETIN, type Bulletin } from '../core/documents/bulletin.ts';
import { openDocument } from '../core/documents/signed.ts';
import { openStatusList, type StatusList, statusOf } from '../core/documents/status-list.ts';
import { openTrust, type TrustedKeys } from '../core/documents/trust.ts';
import { trustedTime } from '../core/time.ts';
import type { Knowledge } from '../core/verdict/decide.ts';
import { readStored, type Stored } from './documents.ts';
import type { Enrolment } from './schema.ts';
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
  /**
   * When it was last known to be current, epoch seconds: its own time of issue, or that
   * of the bulletin that names exactly this text.
   */
  readonly currentAt: number;
}

export async function loadHoldings(store: Store): Promise<Holdings> {
  return openHoldings(await readStored(store));
}

/** Verifies everything anew: the database is no more trusted than the network. */
export async function openHoldings(stored: Stored): Promise<Holdings> {
  const { enrolment, documents } = stored;
  const { trusted, bulletin } = await openKeys(stored);
  const lists = new Map<number, HeldList>();
  for (const { name, text } of documents.values()) {
    const [kind, shard] = name.split(':');
    if (kind !== 'status' || !trusted) continue;
    const list = await openListed(text, Number(shard), bulletin, trusted);
    if (list) lists.set(list.shard, list);
  }
  const issued = [...lists.values()].map((list) => list.issuedAt);
  const floor = Math.max(stored.floor, trusted?.issuedAt ?? 0, bulletin?.iat ?? 0, ...issued);
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
  { trusted, bulletin, lists, floor }: Holdings,
  /** The device's clock, epoch seconds. */
  wall: number,
  shown: { readonly statusIndex?: number; readonly feverEarlier?: boolean } = {},
): Knowledge {
  const now = trustedTime(wall, floor);
  const at = now.ok ? now.value : wall;
  const age = (since: number | undefined) =>
    since === undefined ? undefined : Math.max(0, Math.floor(at - since));
  const list =
    shown.statusIndex === undefined
      ? oldest(lists)
      : lists.get(Math.floor(shown.statusIndex / SHARD_SIZE));
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
    feverEarlier: shown.feverEarlier ?? false,
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

/** @returns undefined also for a list that shares its version with another in the bulletin. */
export async function openListed(
  text: string,
  shard: number,
  bulletin: Bulletin | undefined,
  trusted: TrustedKeys,
): Promise<HeldList | undefined> {
  const opened = await openStatusList(text, shard, trusted);
  if (!opened.ok) return undefined;
  const list = opened.value;
  const listed = bulletin?.status.find((one) => one.shard === shard);
  if (!bulletin || listed?.version !== list.version) return { ...list, currentAt: list.issuedAt };
  if (listed.digest !== (await digest(text))) return undefined;
  return { ...list, currentAt: Math.max(list.issuedAt, bulletin.iat) };
}

function withoutRetired(trusted: TrustedKeys, retired: readonly string[]): TrustedKeys {
  const keys = [...trusted.keys].filter(
    ([kid, { role }]) => role === 'code' || !retired.includes(kid),
  );
  return { ...trusted, keys: new Map(keys) };
}

function oldest(lists: Holdings['lists']): HeldList | undefined {
  return [...lists.values()].sort((a, b) => a.currentAt - b.currentAt)[0];
}
