import * as v from 'valibot';
import { toBase64url } from '../../src/core/bytes.ts';
import {
  CheckIn,
  type ColourEvents,
  DeclarationRequest,
  type Me,
  type Person,
  type PersonDetails,
  SessionRequest,
  SignInCodeRequest,
  type SignInCodeResponse,
} from '../../src/core/protocol/residents.ts';

/** The code that every phone gets. */
export const ONE_TIME_CODE = '135790';
const DAY = 86_400;

export interface DeskResident {
  readonly phone: string;
  person: Person;
  readonly declarations: PersonDetails['declarations'];
  readonly events: ColourEvents['entries'];
}

/**
 * What the pages behind the sign-in speak with: as much of the authority as they need to be
 * looked at. What the authority really does is tested with it, in test/e2e.
 */
export function residentsDesk(now: () => number) {
  const people: DeskResident[] = [];
  const checkIns = new Map<string, CheckIn>();
  let session = '';
  let phone = '';

  async function answer(request: Request, path: string): Promise<Response> {
    const method = `${request.method} ${path.replace(/\/people\/[\w-]{11}/, '/people/:p')}`;
    const body: unknown = request.body ? await request.json() : undefined;
    if (method === 'GET /areas') return Response.json(AREAS);
    if (method === 'POST /sign-in/codes') {
      v.parse(SignInCodeRequest, body);
      const sent: SignInCodeResponse = { expiresAt: now() + 600, againAt: now() + 60, now: now() };
      return Response.json(sent, { status: 202 });
    }
    if (method === 'POST /sessions') {
      const asked = v.parse(SessionRequest, body);
      if (asked.code !== ONE_TIME_CODE) return problem(403, 'code-wrong');
      phone = asked.phone;
      session = `session-${Math.random()}`;
      return Response.json({ session, expiresAt: now() + 30 * DAY }, { status: 201 });
    }
    const bearer = request.headers.get('authorization');
    if (session === '' || bearer !== `Bearer ${session}`) return problem(401, 'signed-out');
    if (method === 'GET /me') {
      const mine = people.filter((one) => one.phone === phone).map(({ person }) => person);
      const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
      return Response.json({ phone: masked, people: mine, now: now() } satisfies Me);
    }
    if (method === 'POST /people') return declare(v.parse(DeclarationRequest, body));
    const resident = people.find(({ person }) => path.includes(person.person));
    if (!resident) return problem(404, 'person-unknown');
    const { person, declarations, events } = resident;
    if (method === 'GET /people/:p') return Response.json({ ...person, declarations });
    if (method === 'GET /people/:p/events') return page(events, request);
    if (method === 'GET /people/:p/looks') return Response.json({ entries: LOOKS, before: null });
    if (method.startsWith('PUT /people/:p/check-ins/')) {
      checkIns.set(path.slice(-22), v.parse(CheckIn, body));
      return change(resident, { checkedInAt: now(), lapsesAt: now() + 3 * DAY });
    }
    if (method === 'POST /people/:p/appeals') return change(resident, { appeal: 'open' });
    if (method === 'POST /people/:p/move') return change(resident, { ticket: `${person.ticket}2` });
    return problem(404, 'not-found');
  }

  function declare({ relationship, ...declaration }: DeclarationRequest) {
    const { type, number } = declaration.document;
    const id = toBase64url(crypto.getRandomValues(new Uint8Array(8)));
    const person: Person = {
      ...{ person: id, ticket: `ticket-${id}`, name: declaration.name, area: declaration.area },
      ...{
        kind: relationship ? 'printed' : 'live',
        relationship: relationship ?? null,
        colour: 'green',
      },
      document: { type, number: `${number.slice(0, 6)}********${number.slice(-4)}` },
      ...{ cause: 'declared', checkedInAt: now(), lapsesAt: now() + 3 * DAY, opensAt: null },
      ...{ reviewFrom: null, corrected: false, appeal: null },
    };
    const events = [{ at: now(), from: 'grey', to: 'green', cause: 'declared' } as const];
    people.push({
      phone,
      person,
      declarations: [{ at: now(), corrects: false, declaration }],
      events,
    });
    return Response.json(person, { status: 201 });
  }

  return {
    people,
    /** By key: what came twice counts once. */
    checkIns,
    signOutAll: () => {
      session = '';
    },
    answer,
  };
}

/** Two at a time. */
function page<Entry>(all: readonly Entry[], { url }: Request): Response {
  const from = Number(new URL(url).searchParams.get('before'));
  const [entries, to] = [all.slice(from, from + 2), from + 2];
  return Response.json({ entries, before: to < all.length ? String(to) : null });
}

function change(resident: DeskResident, changes: Partial<Person>): Response {
  resident.person = { ...resident.person, ...changes };
  return Response.json(resident.person);
}

const AREAS = [
  { code: '420602', zh: '襄阳市襄城区', en: 'Xiangcheng District, Xiangyang' },
  { code: '420606', zh: '襄阳市樊城区', en: 'Fancheng District, Xiangyang' },
  // Headquarters has added it: no page knows it by itself.
  { code: '420699', zh: '襄阳市高新区', en: 'Gaoxin District, Xiangyang' },
];
const UNNOTED = { symptoms: [], outcome: null };
const LOOKS = [
  { at: 1_583_820_000, post: '东门卡口', area: '420606', verdict: 'pass', tenths: 365, ...UNNOTED },
  { at: 1_583_740_000, post: '西门卡口', area: '420606', verdict: 'stop', tenths: 376, ...UNNOTED },
];

function problem(status: number, code: string): Response {
  return Response.json({ status, title: code, code }, { status });
}
