import { type Answer, parseAnswer, problemOf } from '../core/answer.ts';
import { openDocument } from '../core/documents/signed.ts';
import type { OutboxEvent, OutboxProblem, Run } from '../core/outbox.ts';
import {
  BatchMissing,
  BatchReceipt,
  type DeviceHint,
  HINT_HEADER,
} from '../core/protocol/station.ts';
import { type BatchBody, signBatch } from '../core/record/batch.ts';
import { RECEIPT } from '../core/record/receipt.ts';
import { takeAssignment } from './assignment.ts';
import { readStored } from './documents.ts';
import { openKeys } from './holdings.ts';
import { refresh } from './refresh.ts';
import { type Fetch, request } from './request.ts';
import type { Enrolment, WaitingRecord } from './schema.ts';
import type { Store } from './store.ts';

/** A receipt is 4 KB at most. */
const MAX_ANSWER = 16 * 1024;

export interface UploadDeps {
  readonly store: Store;
  readonly fetch: Fetch;
  /** The device's clock, epoch seconds. */
  readonly now: () => number;
  /** A random number from 0 to 1. */
  readonly dice: () => number;
  /** Version of the app, for headquarters' board. */
  readonly app?: string;
  /** Gives up waiting for the answer. */
  readonly signal?: AbortSignal;
}

/**
 * Sends one run of records.
 *
 * @param behind what waits behind the run.
 * @param after the receipt of what is before the run.
 * @returns what the authority's answer means to the outbox.
 */
export async function upload(
  deps: UploadDeps,
  { device, keys }: Enrolment,
  { first, last, head }: Run,
  records: readonly WaitingRecord[],
  behind: Omit<DeviceHint, 'app'>,
  after?: string,
): Promise<OutboxEvent> {
  const before = records[0]?.before ?? head;
  const batch = await signBatch({ device, first, last, before, head }, keys.privateKey);
  const body: BatchBody = {
    batch,
    records: records.map(({ sealed }) => sealed),
    ...(after !== undefined && { after }),
  };
  const answer = await request(
    deps.fetch,
    `/devices/${device}/batches/${first}-${last}`,
    {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        ...(deps.app !== undefined && {
          [HINT_HEADER]: JSON.stringify({ app: deps.app, ...behind } satisfies DeviceHint),
        }),
      },
      body: JSON.stringify(body),
      ...(deps.signal && { signal: deps.signal }),
    },
    MAX_ANSWER,
  );
  if (!answer) return { type: 'unreachable', cause: 'no-answer', dice: deps.dice() };
  const said = await meaning(answer, deps, device);
  if (said) return said;
  // An authority in trouble says so as itself; what else answers is some box on the way.
  const cause = problemOf(answer) === undefined ? 'stranger' : 'no-answer';
  return { type: 'unreachable', cause, dice: deps.dice() };
}

/** @returns undefined for what the authority would not say: some box on the way said it. */
async function meaning(
  answer: Answer,
  deps: UploadDeps,
  device: string,
): Promise<OutboxEvent | undefined> {
  switch (answer.status) {
    case 200: {
      const said = parseAnswer(answer, BatchReceipt);
      const receipt = said && (await openReceipt(said.receipt, deps, device));
      if (receipt && said.station) await takeAssignment(deps.store, said.station);
      return receipt;
    }
    case 202: {
      const missing = parseAnswer(answer, BatchMissing)?.missing;
      return missing && { type: 'missing', first: missing.first };
    }
    case 413:
      return { type: 'too-large' };
    case 429:
    case 503: {
      const retryAfter = secondsUntil(answer.headers.get('retry-after'), deps.now());
      return { type: 'busy', retryAfter, dice: deps.dice() };
    }
    default: {
      const problem = PROBLEMS[problemOf(answer) ?? ''];
      return problem && { type: 'refused', problem };
    }
  }
}

const PROBLEMS: Readonly<Record<string, OutboxProblem>> = {
  'device-barred': 'barred',
  'device-unknown': 'unknown-device',
  'batch-conflict': 'conflict',
  'batch-invalid': 'rejected',
  malformed: 'rejected',
};

async function openReceipt(
  text: string,
  { store, fetch }: UploadDeps,
  device: string,
): Promise<OutboxEvent | undefined> {
  let opened = await openByTrust(store, text);
  if (opened?.ok === false && opened.reason === 'unknown-key') {
    // Signed by a key newer than our trust.
    await refresh(store, fetch);
    opened = await openByTrust(store, text);
  }
  if (!opened?.ok) return undefined;
  const { device: named, first, last, head } = opened.value;
  return named === device ? { type: 'receipt', receipt: { first, last, head }, text } : undefined;
}

async function openByTrust(store: Store, text: string) {
  const { trusted } = await openKeys(await readStored(store));
  return trusted && openDocument(text, RECEIPT, trusted);
}

/** `Retry-After` (RFC 9110 section 10.2.3): seconds or a date. */
function secondsUntil(retryAfter: string | null, now: number): number | undefined {
  if (retryAfter === null) return undefined;
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : Date.parse(retryAfter) / 1000 - now;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
