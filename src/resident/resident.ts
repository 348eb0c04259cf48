import { type ReadonlySignal, signal } from '@preact/signals';
import { codeToText } from '../core/code/text.ts';
import { proveCode } from '../core/code/write.ts';
import type { Areas } from '../core/protocol/residents.ts';
import type { DemoPeople } from '../core/protocol/station.ts';
import type { Result } from '../core/result.ts';
import type { ClientRefusal } from './ask.ts';
import type { AuthorityClient } from './authority-client.ts';
import { type Clock, correctionFor } from './clock.ts';
import { isNamed, keepAreas } from './i18n/areas.ts';
import { type HeldCode, heldCodes, type ObtainRefusal, obtainCode } from './obtain-code.ts';
import type { Person, ResidentStore } from './store.ts';

/** A live code with its proof, ready to be drawn. */
export interface Proved {
  readonly text: string;
  /** Epoch seconds. */
  readonly at: number;
}

/** What the screens show and do. */
export interface Resident {
  /** The codes on this phone; undefined until they were read. */
  readonly codes: ReadonlySignal<readonly HeldCode[] | undefined>;
  /** The demo town; undefined until it answered. */
  readonly people: ReadonlySignal<Result<DemoPeople, ClientRefusal> | undefined>;
  readonly wall: Clock;
  loadCodes(): Promise<void>;
  /** Where one can live, and from then on what these areas are called. */
  areas(): Promise<Result<Areas, ClientRefusal>>;
  /** Asks for that list where one of these has no name here; once, where it has none there. */
  nameAreas(shown: readonly string[]): Promise<void>;
  loadPeople(): Promise<void>;
  /** Takes a code and its key off this phone. */
  forget(ticket: string): Promise<void>;
  obtain(person: Pick<Person, 'ticket' | 'kind'>): Promise<Result<HeldCode, ObtainRefusal>>;
  /** Gets a held code again, unless that was done just now. The old one stays if it fails. */
  refresh(held: HeldCode): Promise<ObtainRefusal | undefined>;
  /** @throws when this phone holds no key for the code. */
  prove(held: HeldCode): Promise<Proved>;
}

/** A code got within this time need not be got again, seconds. */
const RECENT = 60;

export function createResident(parts: {
  store: ResidentStore;
  client: AuthorityClient;
  wall: Clock;
}): Resident {
  const { store, client, wall } = parts;
  const codes = signal<readonly HeldCode[] | undefined>(undefined);
  const people = signal<Result<DemoPeople, ClientRefusal> | undefined>(undefined);

  /** Areas that the list does not name either: a post may lie in one. */
  const nameless = new Set<string>();

  async function loadCodes(): Promise<void> {
    codes.value = await heldCodes(store);
    void nameAreas(codes.value.map(({ code }) => code.claims.area));
  }
  async function areas(): Promise<Result<Areas, ClientRefusal>> {
    const answer = await client.areas();
    if (answer.ok) keepAreas(answer.value);
    return answer;
  }
  async function nameAreas(shown: readonly string[]): Promise<void> {
    const unknown = shown.filter((area) => !isNamed(area) && !nameless.has(area));
    if (unknown.length === 0) return;
    const answer = await areas();
    if (answer.ok) for (const area of unknown) nameless.add(area);
  }
  const obtain: Resident['obtain'] = async (person) => {
    const obtained = await obtainCode(parts, person);
    if (obtained.ok) await loadCodes();
    return obtained;
  };
  return {
    codes,
    people,
    wall,
    loadCodes,
    areas,
    nameAreas,
    async loadPeople() {
      people.value = await client.people();
    },
    async forget(ticket) {
      await store.forget(ticket);
      await loadCodes();
    },
    obtain,
    async refresh(held) {
      if (!navigator.onLine) return 'unreachable';
      const age = clockOf(held, wall)() / 1000 - held.receivedAt;
      if (Math.abs(age) < RECENT) return undefined;
      const { ticket, code } = held;
      const obtained = await obtain({ ticket, kind: code.claims.kind });
      return obtained.ok ? undefined : obtained.reason;
    },
    async prove(held) {
      const key = await store.keyFor(held.ticket);
      if (!key) throw new Error('no key is kept for this ticket');
      const at = Math.floor(clockOf(held, wall)() / 1000);
      const proved = await proveCode(held.code, held.issuer, key.privateKey, at);
      return { text: codeToText(proved), at: proved.proof?.at ?? at };
    },
  };
}

/** The phone's clock, put right by what the server said when it gave the code. */
export function clockOf({ clockOffset }: HeldCode, wall: Clock): Clock {
  const correction = correctionFor(clockOffset) * 1000;
  return () => wall() + correction;
}
