import * as v from 'valibot';
import { ENDPOINTS } from '../../src/authority/openapi/endpoints.ts';
import {
  type HqBadgeRequest,
  HqInvitation,
  HqIssuedBadge,
  HqNotice,
  HqPasskeyOptions,
  HqSession,
  HqSignInOptions,
  type StaffRole,
} from '../../src/core/protocol/headquarters.ts';
import { HqAppeals } from '../../src/core/protocol/headquarters-residents.ts';
import { makeKey } from '../core/make.ts';
import { makePasskey } from '../support/passkey.ts';
import {
  enrolStation,
  fetchBulletin,
  HQ,
  ORIGIN,
  POST,
  personOf,
  request,
  signEnrolment,
  type TestAuthority,
  tokenFor,
} from './make.ts';
import { counterIn, declarationOf, HEALTHY, idNumber, newKey, signIn } from './residents/make.ts';

/** A request that does what its address is for. */
export interface GoodRequest {
  /** In the path, by name. */
  readonly at?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The bearer token of whoever it is about; left out: anybody's who may. */
  readonly as?: string;
  /** How it ends where no test brings about what it asks for. */
  readonly ends?: string;
}

/**
 * A good request to every address of the authority, by its name in ENDPOINTS; each call makes
 * whom and what it is about anew.
 */
export function goodRequests(authority: TestAuthority) {
  let count = 0;
  const hq = (method: string, path: string, body?: unknown) =>
    request(authority, method, path, body, HQ);

  /** Somebody who has declared with a phone. */
  async function resident(changes = {}) {
    const n = ++count;
    const phone = await signIn(authority, `139${String(n).padStart(8, '0')}`);
    const declaration = declarationOf(n % 1000, {
      document: { type: 'resident-id', number: idNumber(n % 1000, bornFor(n)) },
      ...changes,
    });
    return { n, declaration, phone, as: phone.session };
  }
  async function declared(changes = {}) {
    const one = await resident(changes);
    const { person } = await one.phone.declare(one.declaration);
    return { ...one, at: { person } };
  }
  async function atCounter() {
    const n = ++count;
    const number = idNumber(n % 1000, bornFor(n));
    const document = { type: 'resident-id', number } as const;
    const declaration = declarationOf(n % 1000, { document });
    const guardian = { name: '李社区', relationship: 'guardian' } as const;
    return { document, body: { declaration, guardian } };
  }
  async function printed() {
    const { body, document } = await atCounter();
    const { person } = await counterIn(await hq('POST', '/hq/residents', body));
    return { document, at: { person } };
  }
  async function invited(role: StaffRole = 'operator', name = '陈主任') {
    const answer = await hq('POST', '/hq/staff', { name, role });
    const { staff, link } = v.parse(HqInvitation, await answer.json());
    return { staff, invitation: new URL(link).hash.slice('#invite='.length) };
  }
  async function passkeyOf({ invitation }: { invitation: string }) {
    const options = await request(authority, 'POST', '/hq/passkeys/options', { invitation });
    const { challenge } = v.parse(HqPasskeyOptions, await options.json());
    const passkey = makePasskey(ORIGIN);
    return { passkey, body: { invitation, ...passkey.register(challenge) } };
  }
  /** A member of headquarters, signed in. */
  async function member(role: StaffRole, name?: string) {
    const invitation = await invited(role, name);
    const { passkey, body } = await passkeyOf(invitation);
    const answer = await request(authority, 'POST', '/hq/passkeys', body);
    const { staff } = invitation;
    return { staff, passkey, token: v.parse(HqSession, await answer.json()).token };
  }
  /** In so small a town no delta is smaller than the list: status.test.ts has larger ones. */
  const noDelta = { at: { shard: '0', since: '1', version: '2' }, ends: '404 not-found' };
  const notice = async () => v.parse(HqNotice, await (await hq('GET', '/hq/notice')).json());
  const device = async () => ({ at: { device: (await enrolStation(authority)).device } });
  const badge: HqBadgeRequest = { name: '王建国', role: 'steward', days: 30 };

  const requests: Readonly<Record<string, () => GoodRequest | Promise<GoodRequest>>> = {
    'get /trust': () => ({}),
    'get /trust/after/{root}': async () => ({
      at: { root: await authority.pin() },
      ends: '404 not-found',
    }),
    'get /bulletin': () => ({}),
    'get /status/{shard}': () => ({ at: { shard: '0' } }),
    'get /status/{shard}/{version}': async () => {
      const { shard, version } = (await fetchBulletin(authority)).status[0] ?? {};
      return { at: { shard: `${shard}`, version: `${version}` } };
    },
    'get /status/{shard}/since/{since}/{version}': () => noDelta,
    'get /status/{shard}/since/{since}': () => noDelta,
    'post /devices': async () => {
      const key = await makeKey();
      const claims = { token: await tokenFor(authority), jwk: key.jwk };
      return { body: { request: await signEnrolment(claims, key) } };
    },
    'put /devices/{device}/batches/{run}': async () => {
      const station = await enrolStation(authority);
      await station.write();
      const at = { device: station.device, run: '1-1' };
      return { at, body: await station.batch(1, 1) };
    },
    'post /codes': async () => {
      const { ticket } = await personOf(authority, 'elder');
      return { body: { ticket } };
    },
    'get /demo/people': () => ({}),
    'get /healthz': () => ({}),
    'get /openapi.json': () => ({}),

    'post /residents/sign-in/codes': () => ({
      body: { phone: `138${String(++count).padStart(8, '0')}` },
    }),
    'post /residents/sessions': async () => {
      const phone = `137${String(++count).padStart(8, '0')}`;
      await request(authority, 'POST', '/residents/sign-in/codes', { phone });
      return { body: { phone, code: authority.sent.get(phone) } };
    },
    'get /residents/areas': () => ({}),
    'delete /residents/sessions/current': resident,
    'get /residents/me': declared,
    'get /residents/export': declared,
    'post /residents/people': async () => {
      const { as, declaration } = await resident();
      return { as, body: declaration };
    },
    'get /residents/people/{person}': declared,
    'delete /residents/people/{person}': declared,
    'put /residents/people/{person}/declaration': async () => {
      const { declaration, ...one } = await declared();
      return { ...one, body: { ...declaration, address: '解放路2号' } };
    },
    'put /residents/people/{person}/check-ins/{key}': async () => {
      const one = await declared();
      return { ...one, at: { ...one.at, key: newKey() }, body: HEALTHY };
    },
    'get /residents/people/{person}/events': declared,
    'get /residents/people/{person}/check-ins': declared,
    'get /residents/people/{person}/looks': declared,
    'post /residents/people/{person}/move': declared,
    'post /residents/people/{person}/withdraw': declared,
    'post /residents/people/{person}/appeals': async () => ({
      ...(await declared({ contact: true })),
      body: { text: '不是我' },
    }),

    'post /hq/passkeys/options': async () => {
      const { invitation } = await invited();
      return { body: { invitation } };
    },
    'post /hq/passkeys': async () => ({ body: (await passkeyOf(await invited())).body }),
    'post /hq/sign-in/options': () => ({}),
    'post /hq/sign-in': async () => {
      const { passkey } = await member('viewer');
      const options = await request(authority, 'POST', '/hq/sign-in/options');
      const { challenge } = v.parse(HqSignInOptions, await options.json());
      return { body: passkey.assert(challenge) };
    },
    'post /hq/sign-out': () => ({}),
    'get /hq/overview': () => ({}),
    'get /hq/charts': () => ({}),
    'get /hq/forks': () => ({}),
    'get /hq/devices/away': () => ({}),
    'post /hq/enrolments': () => ({ body: POST }),
    'post /hq/devices/{device}/bar': device,
    'post /hq/devices/{device}/unbar': device,
    'post /hq/devices/{device}/role': async () => ({
      ...(await device()),
      body: { role: 'temperature' },
    }),
    'get /hq/badges': () => ({}),
    'post /hq/badges': () => ({ body: badge }),
    'post /hq/badges/{badge}/bar': async () => {
      const issued = await (await hq('POST', '/hq/badges', badge)).json();
      return { at: { badge: v.parse(HqIssuedBadge, issued).badge } };
    },
    'get /hq/notice': () => ({}),
    'put /hq/notice': async () => {
      const { policy, digest } = await notice();
      return { body: { policy, replaces: digest } };
    },
    'post /hq/notice/preview': async () => ({ body: { policy: (await notice()).policy } }),
    'get /hq/staff': () => ({}),
    'post /hq/staff': () => ({ body: { name: '陈主任', role: 'viewer' } }),
    'post /hq/staff/{staff}/invitation': async () => ({
      at: { staff: (await invited()).staff },
      body: { key: newKey() },
    }),
    'post /hq/staff/{staff}/bar': async () => ({ at: { staff: (await invited()).staff } }),
    'get /hq/acts': () => ({}),
    'get /hq/acts.csv': () => ({}),
    'get /hq/fevers': () => ({}),
    'put /hq/fevers/{device}/{n}': async () => {
      const station = await enrolStation(authority);
      await station.write({
        ...{ verdict: 'stop', reason: 'fever' },
        reading: { tenths: 385, site: 'forehead', instrument: 'keypad' },
      });
      await station.upload(1, 1);
      await authority.open();
      return { at: { device: station.device, n: '1' }, body: { outcome: 'clinic' } };
    },
    'post /hq/residents': async () => ({ body: (await atCounter()).body }),
    'post /hq/residents/find': async () => ({ body: (await printed()).document }),
    'delete /hq/residents/{person}': printed,
    'put /hq/residents/{person}/check-ins/{key}': async () => {
      const { at } = await printed();
      return { at: { ...at, key: newKey() }, body: HEALTHY };
    },
    'put /hq/residents/{person}/declaration': async () => {
      const { body, document } = await atCounter();
      const { person } = await counterIn(await hq('POST', '/hq/residents', body));
      const declaration = { ...body.declaration, document, address: '解放路2号' };
      return { at: { person }, body: { ...body, declaration } };
    },
    'post /hq/residents/{person}/release': async () => ({
      at: (await declared()).at,
      body: { reason: 'not-theirs' },
    }),
    'get /hq/reviews': () => ({}),
    'post /hq/residents/{person}/reviews': async () => ({
      at: (await declared()).at,
      body: { from: 'red' },
    }),
    'get /hq/appeals': () => ({}),
    'post /hq/residents/{person}/appeals/{appeal}': async () => {
      const { phone, at } = await declared({ contact: true });
      await phone.ask('POST', `/people/${at.person}/appeals`, { text: '不是我' });
      const waiting = v.parse(HqAppeals, await (await hq('GET', '/hq/appeals')).json()).entries;
      const own = waiting.find(({ resident }) => resident.person === at.person);
      return { at: { ...at, appeal: String(own?.appeal) }, body: { decision: 'refused' } };
    },
    'put /hq/areas/{code}': () => ({
      at: { code: '420699' },
      body: { zh: '高新区', en: 'High-tech District' },
    }),
    'get /hq/lists': () => ({}),
    'post /hq/lists/{kind}': () => ({
      at: { kind: 'contact' },
      body: {
        entries: [{ type: 'resident-id', number: idNumber(++count % 1000), since: '2020-03-01' }],
      },
    }),
  };

  return { requests, member, resident: declared };
}

/** Somebody else for every thousand. */
function bornFor(n: number): string {
  return `1980${String(1 + Math.floor(n / 1000)).padStart(2, '0')}15`;
}

export const NAMES = ENDPOINTS.map(({ at }) => at);

/** @param at as in ENDPOINTS. */
export function addressOf(at: string, parameters: Readonly<Record<string, string>> = {}): string {
  const [, path = ''] = at.split(' ');
  return path.replaceAll(/\{(\w+)\}/g, (_, name) => parameters[name] ?? `no-${name}`);
}

/** Sends it as whoever it is about, or as headquarters. */
export function send(authority: TestAuthority, at: string, good: GoodRequest): Promise<Response> {
  const [method = ''] = at.split(' ');
  const headers = good.as ? { Authorization: `Bearer ${good.as}` } : at.includes(' /hq/') ? HQ : {};
  return request(authority, method.toUpperCase(), addressOf(at, good.at), good.body, headers);
}
