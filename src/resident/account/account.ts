import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type {
  CheckIn,
  Declaration,
  DeclarationRequest,
  Me,
  Person,
} from '../../core/protocol/residents.ts';
import { MINUTE } from '../../core/time.ts';
import { forgetDrafts } from '../../page/form/draft.ts';
import type { Answer, ClientRefusal } from '../ask.ts';
import type { Clock } from '../clock.ts';
import type { HeldCode, ObtainRefusal } from '../obtain-code.ts';
import type { Resident } from '../resident.ts';
import type { KeptAccount, ResidentStore, WaitingCheckIn } from '../store.ts';
import { type CheckInState, checkInQueue } from './check-ins.ts';
import type { Wire } from './wire.ts';

/** Who is signed in on this phone, their people, and what they do. */
export interface Account {
  readonly signedIn: ReadonlySignal<boolean>;
  /** As the authority last said; undefined: nobody is signed in, or it never answered. */
  readonly me: ReadonlySignal<Me | undefined>;
  /** Check-ins that wait for the network, and any that the authority will never take. */
  readonly waiting: ReadonlySignal<readonly WaitingCheckIn[]>;
  readonly wall: Clock;
  /** What needs no keeping: histories, the code by text message. */
  readonly wire: Wire;
  readonly areas: Resident['areas'];
  readonly nameAreas: Resident['nameAreas'];
  codeOf(person: string): HeldCode | undefined;
  signIn(phone: string, code: string): Promise<ClientRefusal | undefined>;
  /** Nothing of the account stays on this phone, whether the authority hears of it or not. */
  signOut(): Promise<void>;
  refresh(): Promise<ClientRefusal | undefined>;
  declare(request: DeclarationRequest): Promise<Answer<Person>>;
  correct(person: string, declaration: Declaration): Promise<ClientRefusal | undefined>;
  appeal(person: string, text: string): Promise<ClientRefusal | undefined>;
  checkIn(person: Person, checkIn: CheckIn): Promise<CheckInState>;
  sendWaiting(): Promise<void>;
  /** Takes note of a check-in that was refused. */
  dismiss(waiting: WaitingCheckIn): Promise<void>;
  /** Gets the person's code for this phone. A live one ends on any other phone. */
  getCode(
    person: Person,
    options?: { readonly moving: boolean },
  ): Promise<ObtainRefusal | undefined>;
  withdraw(person: string): Promise<ClientRefusal | undefined>;
  /** A withdrawn code again, by declaring the very same. */
  resume(person: Person): Promise<ObtainRefusal | undefined>;
  /** With the account's own person the account goes. */
  erase(person: Person): Promise<ClientRefusal | undefined>;
  /** What an answer says about the session: `signed-out` is taken note of. */
  heard<T>(answer: Answer<T>): Answer<T>;
}

/** @param wireFor the authority, as the holder of this session reaches it. */
export async function createAccount(parts: {
  readonly store: ResidentStore;
  readonly resident: Resident;
  readonly wireFor: (session: () => string | undefined) => Wire;
}): Promise<Account> {
  const { store, resident, wireFor } = parts;
  const kept = signal<KeptAccount | undefined>(await store.account());
  const wire = wireFor(() => kept.value?.session.session);
  const queue = await checkInQueue({ store, wire, wall: resident.wall, onTaken });

  /** Counts what is asked and told: an answer that was overtaken says what was before. */
  let turn = 0;

  async function keep(account: KeptAccount | undefined): Promise<void> {
    kept.value = account;
    try {
      await store.keepAccount(account);
    } catch {
      // What the disk does not take lasts as long as the page.
    }
  }

  /** Keeps who is signed in and drops the session: the people stay readable offline. */
  function heard<T>(answer: Answer<T>): Answer<T> {
    if (!answer.ok && answer.reason === 'signed-out' && kept.value?.session.session) {
      void keep({ ...kept.value, session: { ...kept.value.session, session: '' } });
    }
    return answer;
  }

  async function merge(person: Person): Promise<void> {
    turn++;
    const { session, me } = kept.value ?? {};
    if (!session || !me) return;
    const known = me.people.some((one) => one.person === person.person);
    const people = known
      ? me.people.map((one) => (one.person === person.person ? person : one))
      : [...me.people, person];
    await keep({ session, me: { ...me, people } });
  }

  const codeOf = (person: string) =>
    resident.codes.value?.find(({ code }) => code.claims.sub === person);

  async function fetchCode(person: Person): Promise<ObtainRefusal | undefined> {
    const { ticket, kind } = person;
    if (ticket === null) return undefined;
    const before = codeOf(person.person);
    const obtained = await resident.obtain({ ticket, kind });
    if (!obtained.ok) return obtained.reason;
    if (before && before.ticket !== ticket) await resident.forget(before.ticket);
    return undefined;
  }

  /** What was said about a person changes their code too, where this phone has it. */
  async function onTaken(person: Person): Promise<void> {
    await merge(person);
    if (codeOf(person.person)) await fetchCode(person);
  }

  async function refresh(): Promise<ClientRefusal | undefined> {
    const session = kept.value?.session;
    if (!session) return undefined;
    const mine = ++turn;
    const answer = heard(await wire.me());
    if (!answer.ok) return answer.reason;
    // Meanwhile somebody may have signed out, or the session may be over.
    if (mine !== turn || kept.value?.session !== session) return undefined;
    await keep({ session, me: answer.value });
    void resident.nameAreas(answer.value.people.map(({ area }) => area));
    for (const person of answer.value.people) {
      if (mine !== turn) return undefined;
      const held = codeOf(person.person);
      if (held && isBehind(held, person)) await fetchCode(person);
    }
    return undefined;
  }

  /** What one person leaves on a phone, the next should not find. */
  async function forgetAll(me: Me | undefined): Promise<void> {
    for (const { person } of me?.people ?? []) await forgetCode(person);
    await queue.clear();
    forgetDrafts();
  }

  /** Nobody's phone any more. */
  async function leave(): Promise<void> {
    await forgetAll(kept.value?.me);
    await keep(undefined);
  }

  async function forgetCode(person: string): Promise<void> {
    const held = codeOf(person);
    if (held) await resident.forget(held.ticket);
  }

  return {
    signedIn: computed(() => (kept.value?.session.session ?? '') !== ''),
    me: computed(() => kept.value?.me),
    waiting: queue.waiting,
    wall: resident.wall,
    wire,
    areas: resident.areas,
    nameAreas: resident.nameAreas,
    codeOf,
    heard,
    refresh,
    async signIn(phone, code) {
      const answer = await wire.signIn(phone, code);
      if (!answer.ok) return answer.reason;
      const before = kept.value?.me;
      // Whose people these were, the new session's own answer says.
      await keep({ session: answer.value, me: undefined });
      await refresh();
      const after = kept.value?.me;
      if (before && after && before.phone !== after.phone) await forgetAll(before);
      return undefined;
    },
    async signOut() {
      void wire.signOut();
      await leave();
    },
    async declare(request) {
      const answer = heard(await wire.declare(request));
      if (answer.ok) await merge(answer.value);
      return answer;
    },
    async correct(person, declaration) {
      const answer = heard(await wire.correct(person, declaration));
      if (!answer.ok) return answer.reason;
      const { declarations, ...corrected } = answer.value;
      await onTaken(corrected);
      return undefined;
    },
    async appeal(person, text) {
      const answer = heard(await wire.appeal(person, text));
      if (!answer.ok) return answer.reason;
      await merge(answer.value);
      return undefined;
    },
    async checkIn({ person, name }, checkIn) {
      return queue.add(person, name, checkIn);
    },
    sendWaiting: queue.send,
    dismiss: queue.dismiss,
    async getCode(person, { moving } = { moving: false }) {
      if (!moving) return fetchCode(person);
      const moved = heard(await wire.move(person.person));
      if (!moved.ok) return moved.reason;
      await merge(moved.value);
      return fetchCode(moved.value);
    },
    async withdraw(person) {
      const answer = heard(await wire.withdraw(person));
      if (!answer.ok) return answer.reason;
      await forgetCode(person);
      return refresh();
    },
    async resume({ person, relationship }) {
      const details = heard(await wire.details(person));
      if (!details.ok) return details.reason;
      const [newest] = details.value.declarations;
      if (!newest) return 'failed';
      const declared = heard(
        await wire.declare({ ...newest.declaration, ...(relationship && { relationship }) }),
      );
      if (!declared.ok) return declared.reason;
      await merge(declared.value);
      return fetchCode(declared.value);
    },
    async erase({ person, relationship }) {
      const answer = heard(await wire.erase(person));
      if (!answer.ok) return answer.reason;
      if (relationship === null) {
        await leave();
        return undefined;
      }
      await forgetCode(person);
      return refresh();
    },
  };
}

/** Whether the code on this phone says something else than the authority says now. */
function isBehind({ code }: HeldCode, { colour, cause, checkedInAt }: Person): boolean {
  const { claims } = code;
  // What the hour makes of a green stands in no code, which counts in whole minutes.
  const listed = cause === 'lapsed' || cause === 'not-open' ? 'green' : colour;
  return claims.colour !== listed || claims.checkedInAt !== checkedInAt - (checkedInAt % MINUTE);
}
