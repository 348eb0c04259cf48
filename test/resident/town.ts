import * as v from 'valibot';
import { codeToText } from '../../src/core/code/text.ts';
import { issueCode } from '../../src/core/code/write.ts';
import {
  CodeRequest,
  type CodeResponse,
  type DemoPeople,
} from '../../src/core/protocol/station.ts';
import { ISSUER, liveClaims, makeAuthority, printedClaims } from '../core/make.ts';
import { residentsDesk } from './residents-desk.ts';

const MINUTE = 60;
const DAY = 86_400;

const PEOPLE: DemoPeople = [
  { ticket: 'ticket-green', scenario: 'green', kind: 'live', name: '张*明' },
  { ticket: 'ticket-lapsed', scenario: 'lapsed', kind: 'live', name: '李*' },
  { ticket: 'ticket-red', scenario: 'red', kind: 'live', name: '赵*' },
  { ticket: 'ticket-elder', scenario: 'elder', kind: 'printed', name: '陈*英' },
];

/** What the network does to the next requests. */
interface Conditions {
  online: boolean;
  /** What is asked arrives, and what is answered does not. */
  loseAnswers: boolean;
  /** The server's clock, epoch seconds. */
  now: () => number;
  /** Where whoever did not declare lives. */
  area: string;
  /** Answers in place of the authority. */
  answer?: (() => Response) | undefined;
}

/** A demo town that really signs, reached by a `fetch` whose wire can be cut. */
export async function makeTown(now: () => number) {
  const { keys, trusted } = await makeAuthority();
  const conditions: Conditions = { online: true, loseAnswers: false, now, area: '420606' };
  const requests: string[] = [];
  const desk = residentsDesk(() => Math.floor(conditions.now()));

  const fetcher = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(new URL(String(input), 'https://town.example'), init);
    const { pathname } = new URL(request.url);
    requests.push(pathname);
    if (!conditions.online) throw new TypeError('Failed to fetch');
    if (conditions.answer) return conditions.answer();
    const [, path] = pathname.match(/^\/residents(\/.*)$/) ?? [];
    if (path) {
      const answer = await desk.answer(request, path);
      if (conditions.loseAnswers) throw new TypeError('Failed to fetch');
      return answer;
    }
    if (pathname === '/demo/people') return Response.json(PEOPLE);
    const { ticket, jwk } = v.parse(CodeRequest, await request.json());
    const mine = desk.people.find((one) => one.person.ticket === ticket)?.person;
    const person = mine
      ? { ...mine, scenario: mine.colour === 'red' ? 'red' : 'green' }
      : PEOPLE.find((one) => one.ticket === ticket);
    if (!person) return problem(404, 'ticket-unknown');
    if (person.kind === 'live' && !jwk) return problem(400, 'key-needed');

    const issuedAt = Math.floor(conditions.now() / MINUTE) * MINUTE;
    const common = {
      ...(mine && { sub: mine.person }),
      area: mine?.area ?? conditions.area,
      name: person.name,
      colour: person.scenario === 'red' ? 'red' : 'green',
      issuedAt,
      expiresAt: issuedAt + 14 * DAY,
      checkedInAt: mine
        ? Math.floor(mine.checkedInAt / MINUTE) * MINUTE
        : issuedAt - (person.scenario === 'lapsed' ? 4 * DAY : 120 * MINUTE),
    } as const;
    const claims = jwk
      ? liveClaims(keys.code.kid, jwk, common)
      : printedClaims(keys.code.kid, common);
    const code = await issueCode(claims, ISSUER, keys.code.privateKey);
    return Response.json({
      text: codeToText(code),
      issuer: ISSUER,
      validity: 3 * DAY,
      now: Math.floor(conditions.now()),
    } satisfies CodeResponse);
  };
  return { fetcher, trusted, conditions, requests, desk };
}

export function problem(status: number, code: string): Response {
  return Response.json({ status, title: code, code }, { status });
}
