import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { writePolicy } from '../../../src/authority/settings.ts';
import { EPOCH } from '../../../src/core/code/claims.ts';
import { DEFAULT_POLICY, type Policy } from '../../../src/core/documents/policy.ts';
import {
  HqCounterResident,
  HqImport,
  HqResident,
} from '../../../src/core/protocol/headquarters-residents.ts';
import {
  type CheckIn,
  ColourEvents,
  type DeclarationRequest,
  Person,
  PersonDetails,
  SessionResponse,
} from '../../../src/core/protocol/residents.ts';
import { residentIdCheckCharacter } from '../../../src/core/resident-id.ts';
import { DAY } from '../../../src/core/time.ts';
import { HQ, request, type TestAuthority } from '../make.ts';

/** Passage is open everywhere. */
export const OPEN: Policy = { ...DEFAULT_POLICY, passage: { opensAt: EPOCH, areas: {} } };

/** A number by GB 11643 of somebody born on a day, `YYYYMMDD`. */
export function idNumber(n: number, born = '19900101'): string {
  const first17 = `420606${born}${String(n).padStart(3, '0')}`;
  return first17 + residentIdCheckCharacter(first17);
}

export function declarationOf(
  n: number,
  changes: Partial<DeclarationRequest> = {},
): DeclarationRequest {
  return {
    name: '王建国',
    document: { type: 'resident-id', number: idNumber(n) },
    area: '420606',
    address: '人民路1号',
    travel: '',
    contact: false,
    symptoms: [],
    promise: true,
    ...changes,
  };
}

export const HEALTHY: CheckIn = { tenths: 365, symptoms: [] };
export const FEBRILE: CheckIn = { tenths: 379, symptoms: ['cough'] };

/** What a phone with a session does. */
export async function signIn(authority: TestAuthority, phone: string) {
  await request(authority, 'POST', '/residents/sign-in/codes', { phone });
  const code = authority.sent.get(phone) ?? '';
  const answer = await request(authority, 'POST', '/residents/sessions', { phone, code });
  const { session } = v.parse(SessionResponse, await answer.json());
  const ask = (method: string, path: string, body?: unknown) =>
    request(authority, method, `/residents${path}`, body, { Authorization: `Bearer ${session}` });
  return {
    session,
    ask,
    declare: async (declaration: DeclarationRequest) =>
      personIn(await ask('POST', '/people', declaration)),
    checkIn: (person: string, checkIn: CheckIn = HEALTHY, key = newKey()) =>
      ask('PUT', `/people/${person}/check-ins/${key}`, checkIn),
    details: async (person: string) =>
      v.parse(PersonDetails, await (await ask('GET', `/people/${person}`)).json()),
    /** The newest. */
    events: async (person: string) =>
      v.parse(ColourEvents, await (await ask('GET', `/people/${person}/events`)).json()).entries,
  };
}
export type Phone = Awaited<ReturnType<typeof signIn>>;

export async function personIn(answer: Response): Promise<Person> {
  return v.parse(Person, await answer.json());
}

/** 16 random bytes. */
export function newKey(): string {
  return randomBytes(16).toString('base64url');
}

export function openPassage(authority: TestAuthority): Promise<void> {
  return writePolicy(authority.sql, OPEN);
}

/** Time passes, and the authority does what it does then. */
export async function wait(authority: TestAuthority, days: number): Promise<void> {
  authority.clock.now += Math.round(days * DAY);
  await authority.keep();
  await authority.sweep();
}

export function sendList(
  authority: TestAuthority,
  kind: string,
  csv: string | Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const headers = { ...HQ, 'Content-Type': 'text/csv' };
  const sent = authority.app.request(`/hq/lists/${kind}`, { method: 'POST', headers, body: csv });
  return Promise.resolve(sent);
}

export async function list(authority: TestAuthority, kind: string, ...numbers: string[]) {
  const answer = await sendList(authority, kind, `number\n${numbers.join('\n')}\n`);
  return v.parse(HqImport, await answer.json());
}

export function review(authority: TestAuthority, person: string, from: 'red' | 'yellow') {
  return request(authority, 'POST', `/hq/residents/${person}/reviews`, { from }, HQ);
}

export async function residentIn(answer: Response): Promise<HqResident> {
  return v.parse(HqResident, await answer.json());
}

/** With the ticket for a printed code. */
export async function counterIn(answer: Response): Promise<HqCounterResident> {
  return v.parse(HqCounterResident, await answer.json());
}

/** A live code as a record of a post has it. */
export function codeIn(sub: string, issuedAt: number) {
  const of = { sub, area: '420606', statusIndex: 1, issuedAt };
  return { ...of, kind: 'live', colour: 'green' } as const;
}
