import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import { CompactSign } from 'jose/jws/compact/sign';
import { exportJWK } from 'jose/key/export';
import { generateKeyPair } from 'jose/key/generate/keypair';
import { type Answer, parseAnswer, problemOf } from '../core/answer.ts';
import { utf8 } from '../core/bytes.ts';
import { MAX_TRUST, openTrust } from '../core/documents/trust.ts';
import type { EnrolmentLink } from '../core/enrolment.ts';
import {
  ENROLMENT_TYP,
  type EnrolmentClaims,
  EnrolmentResponse,
} from '../core/protocol/station.ts';
import { emptyHead } from '../core/record/chain.ts';
import { accept, Fault, type Result, refuse } from '../core/result.ts';
import { announce } from './changes.ts';
import { followRoot } from './follow-root.ts';
import { makeMarkKey } from './marks.ts';
import { GIVEN_UP, givenUpTo } from './new-key.ts';
import { refresh } from './refresh.ts';
import { type Fetch, request } from './request.ts';
import { type Enrolment, ONLY, type StoredDocument } from './schema.ts';
import type { Store } from './store.ts';

/**
 * Why a device was not enrolled.
 * - `other-authority`: the link is for another address than this page's
 * - `no-network`: no answer
 * - `not-an-authority`: something else answered, such as a captive portal
 * - `unavailable`: the authority answered that it cannot now
 * - `wrong-root`: it is not the authority that the link was made for
 * - `token-unknown`, `token-used`, `token-expired`: the link is of no use (any more)
 * - `device-barred`: headquarters takes nothing from this device's key any more
 * - `records-waiting`: records of this device's key before are still on it, and in no file
 * - `storage-failed`: this browser does not store, or its disk is full
 */
export type EnrolProblem =
  | 'other-authority'
  | 'no-network'
  | 'not-an-authority'
  | 'unavailable'
  | 'wrong-root'
  | 'token-unknown'
  | 'token-used'
  | 'token-expired'
  | 'device-barred'
  | 'records-waiting'
  | 'storage-failed';

export interface EnrolDeps {
  readonly store: Store;
  readonly fetch: Fetch;
  /** The page's own origin: its content security policy allows no other. */
  readonly origin: string;
  /** The device's clock, epoch seconds. */
  readonly now: () => number;
}

const MAX_ANSWER = 16 * 1024;

/**
 * Enrols this device. The root is checked first, so that a wrong one burns no token, and
 * the key is on the disk before it is offered, so that after a lost answer the same link
 * can be opened again: the authority answers the same key and token as before.
 *
 * A device that is enrolled already, under the same root, keeps its key and its chain:
 * records that wait stay deliverable, and the link moves it to another post or role. Not so
 * once somebody asked for a new key (new-key.ts).
 */
export async function enrol(
  link: EnrolmentLink,
  deps: EnrolDeps,
): Promise<Result<Enrolment, EnrolProblem>> {
  if (link.authority !== deps.origin) return refuse('other-authority');
  try {
    const trust = await fetchTrust(deps.fetch, link.root);
    if (!trust.ok) return trust;
    // A device that slept through a change of the root stays who it is, with what it keeps.
    await followRoot(deps.store, deps.fetch, link.root);
    const givenUp = await givenUpTo(deps.store);
    const keys = await chooseKeys(deps.store, link, givenUp);
    if (!keys.ok) return keys;
    const answer = await register(deps.fetch, keys.value, link.token);
    if (!answer.ok) return answer;

    const { authority, root } = link;
    const { device, post, role } = answer.value;
    const enrolledAt = deps.now();
    const enrolment = { device, keys: keys.value, authority, root, post, role, enrolledAt };
    if (!(await save(deps.store, enrolment, trust.value, givenUp))) {
      return refuse('records-waiting');
    }
    announce('enrolment');
    // Enrolled even if the network ends here: the rest comes with the next refresh.
    await refresh(deps.store, deps.fetch);
    return accept(enrolment);
  } catch (error) {
    if (error instanceof Fault && error.code.startsWith('storage-'))
      return refuse('storage-failed');
    throw error;
  }
}

async function fetchTrust(
  fetch: Fetch,
  root: string,
): Promise<Result<StoredDocument, EnrolProblem>> {
  const answer = await request(fetch, '/trust', {}, MAX_TRUST);
  if (answer?.status !== 200) return refuse(problemIn(answer));
  const opened = await openTrust(answer.text, { thumbprint: root });
  if (opened.ok) {
    const etag = answer.headers.get('etag') ?? undefined;
    return accept({ name: 'trust', text: answer.text, etag });
  }
  const readable = opened.reason === 'wrong-root' || opened.reason === 'not-enough-signatures';
  return refuse(readable ? 'wrong-root' : 'not-an-authority');
}

/** The key that this device has, or that it offered with this token, or a new one. */
async function chooseKeys(
  store: Store,
  { root, token }: EnrolmentLink,
  givenUp: number | undefined,
): Promise<Result<CryptoKeyPair, 'records-waiting'>> {
  const { enrolment, pending, waiting } = await store.read(
    ['enrolment', 'pending', 'outbox'],
    async (tx) => ({
      enrolment: await tx.objectStore('enrolment').get(ONLY),
      pending: await tx.objectStore('pending').get(ONLY),
      waiting: await tx.objectStore('outbox').count(since(givenUp)),
    }),
  );
  if (enrolment?.root === root && givenUp === undefined) return accept(enrolment.keys);
  if (waiting > 0) return refuse('records-waiting');
  if (pending?.root === root && pending.token === token) return accept(pending.keys);

  const keys = await generateKeyPair('ES256', { extractable: false });
  await store.write(['pending'], (tx) =>
    tx.objectStore('pending').put({ token, root, keys }, ONLY),
  );
  return accept(keys);
}

/** Records that are in no file. */
function since(givenUp = 0): IDBKeyRange {
  return IDBKeyRange.lowerBound(givenUp, true);
}

async function register(
  fetch: Fetch,
  { publicKey, privateKey }: CryptoKeyPair,
  token: string,
): Promise<Result<EnrolmentResponse, EnrolProblem>> {
  const { x = '', y = '' } = await exportJWK(publicKey);
  const claims: EnrolmentClaims = { token, jwk: { kty: 'EC', crv: 'P-256', x, y } };
  const signed = await new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'ES256', typ: ENROLMENT_TYP })
    .sign(privateKey);
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ request: signed }),
  };
  const answer = await request(fetch, '/devices', init, MAX_ANSWER);
  const response = answer?.status === 200 ? parseAnswer(answer, EnrolmentResponse) : undefined;
  if (!response) return refuse(problemIn(answer));
  const own = await calculateJwkThumbprint(claims.jwk);
  return response.device === own ? accept(response) : refuse('not-an-authority');
}

function problemIn(answer: Answer | undefined): EnrolProblem {
  if (!answer) return 'no-network';
  const code = problemOf(answer);
  switch (code) {
    case 'token-unknown':
    case 'token-used':
    case 'token-expired':
    case 'device-barred':
      return code;
  }
  return answer.status === 429 || answer.status >= 500 ? 'unavailable' : 'not-an-authority';
}

/** @returns false when a record was written for the enrolment before, in the meantime. */
async function save(
  store: Store,
  enrolment: Enrolment,
  trust: StoredDocument,
  givenUp: number | undefined,
): Promise<boolean> {
  const head = await emptyHead(enrolment.device);
  const markKey = await makeMarkKey();
  const names = [
    'enrolment',
    'pending',
    'documents',
    'lists',
    'partials',
    'outbox',
    'chain',
    'delivery',
    'markKey',
    'floor',
    'settings',
  ] as const;
  return store.write(names, async (tx) => {
    const chain = await tx.objectStore('chain').get(ONLY);
    if (chain?.device !== enrolment.device) {
      if ((await tx.objectStore('outbox').count(since(givenUp))) > 0) return false;
      await tx.objectStore('outbox').clear();
      await tx.objectStore('settings').delete(GIVEN_UP);
      await tx.objectStore('chain').put({ device: enrolment.device, n: 1, head }, ONLY);
      await tx.objectStore('delivery').clear();
      await tx.objectStore('documents').clear();
      await tx.objectStore('lists').clear();
      await tx.objectStore('partials').clear();
      // A device that stays the same keeps the trust that it has: this one may be older.
      await tx.objectStore('documents').put(trust);
    }
    // A person with a link stands here: the way out for a device whose clock once ran ahead.
    await tx.objectStore('floor').clear();
    const marks = tx.objectStore('markKey');
    if (!(await marks.get(ONLY))) await marks.put(markKey, ONLY);
    await tx.objectStore('enrolment').put(enrolment, ONLY);
    await tx.objectStore('pending').clear();
    return true;
  });
}
