import { beforeAll, beforeEach, expect, test } from 'vitest';
import { ENDPOINTS, type Endpoint } from '../../src/authority/openapi/endpoints.ts';
import { REQUESTS } from '../../src/authority/openapi/schemas.ts';
import { type GoodRequest, goodRequests, send } from './good-requests.ts';
import { makeAuthority, postgresForThisFile, problemOf, type TestAuthority } from './make.ts';
import { newKey, openPassage } from './residents/make.ts';
import { stateOf } from './state.ts';

/** Every write may be sent again after a lost answer: nothing is done twice. */

const postgres = await postgresForThisFile();
let authority: TestAuthority;
let good: ReturnType<typeof goodRequests>;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
  good = goodRequests(authority);
});
beforeEach(() => openPassage(authority));

const WRITES = ENDPOINTS.filter(({ at }) => !at.startsWith('get '));

/**
 * What is answered to the second one where that is not what the first one was: docs/protocol.md
 * says so. What there was to do is done, and cannot be done again.
 */
const SPENT: Readonly<Record<string, string>> = {
  // Another message, too soon after the first.
  'post /residents/sign-in/codes': '429 busy',
  // One sign-in for each code, each challenge and each invitation.
  'post /residents/sessions': '403 code-wrong',
  'post /hq/sign-in': '403 sign-in-failed',
  'post /hq/passkeys': '404 invitation-unknown',
  'delete /residents/sessions/current': '401 signed-out',
  // Who is deleted is nobody any more, nor is the account of whoever was deleted last.
  'delete /residents/people/{person}': '401 signed-out',
  'delete /hq/residents/{person}': '404 person-unknown',
};
/** What is asked for is something new every time, and lets nobody in by itself. */
const MADE_ANEW = ['post /hq/sign-in/options', 'post /hq/passkeys/options'];

test('only what is there is said to be otherwise', () => {
  const names = WRITES.map(({ at }) => at);
  for (const at of [...Object.keys(SPENT), ...MADE_ANEW]) expect(names).toContain(at);
});

test.each(WRITES.map((one) => [one.at, one] as const))('%s, sent twice', async (at, endpoint) => {
  // Nobody asks more often than they may here.
  authority.clock.now += 60;
  const asked = await made(endpoint);
  const first = await send(authority, at, asked);
  expect(first.ok).toBe(true);
  // The log of acts has a line for each time that somebody asked.
  const mayChange = ['acts', ...(MADE_ANEW.includes(at) ? ['challenges'] : [])];
  const before = await stateOf(authority, mayChange);
  const second = await send(authority, at, asked);
  expect(await stateOf(authority, mayChange)).toEqual(before);
  const spent = SPENT[at];
  if (spent) return expect(await problemOf(second)).toBe(spent);
  expect(second.ok).toBe(true);
  if (MADE_ANEW.includes(at)) return;
  expect(toldIn(await second.text())).toEqual(toldIn(await first.text()));
});

async function made({ at, takes }: Endpoint): Promise<GoodRequest> {
  const make = good.requests[at];
  if (!make) throw new Error(`no good request to ${at}`);
  const asked = await make();
  const takesKey = takes && 'key' in REQUESTS[takes].entries;
  return takesKey ? { ...asked, body: { key: newKey(), ...Object(asked.body) } } : asked;
}

/**
 * What an answer says, without a code or a badge, which are signed anew, and without where a
 * station stands, which only a batch that was new is told.
 */
function toldIn(answer: string): unknown {
  if (answer === '') return undefined;
  const { text, station, ...told } = JSON.parse(answer);
  return told;
}
