import { type ReadonlySignal, signal } from '@preact/signals';
import type { BodySite, Policy } from '../../core/documents/policy.ts';
import type { StationRole } from '../../core/protocol.ts';
import type { NoCodeDocument } from '../../core/verdict/decide.ts';
import { isFever, isPlausible, type Reading } from '../../core/verdict/reading.ts';
import type { OverrideReason, VerdictKind } from '../../core/verdict/reasons.ts';
import type { Outcome, Pipeline, Subject } from '../pipeline.ts';
import { createFirstReading } from './first-reading.ts';

/** What the post is doing with the person in front of it. */
export type Scene =
  | { readonly name: 'scan' }
  | { readonly name: 'measure'; readonly outcome: Outcome }
  | { readonly name: 'verdict'; readonly outcome: Outcome; readonly held: boolean };

/** How long a pass stays on the screen, and personal data at most, milliseconds. */
export const PASS_SHOWN = 800;
export const PERSON_SHOWN = 30_000;

export interface PostParts {
  readonly pipeline: Pipeline;
  readonly announce: (verdict: VerdictKind) => void;
  readonly policy: () => Policy;
  readonly role: () => StationRole;
  /** How long a pass stays on the screen, milliseconds. */
  readonly passShown: () => number;
}

/** How a reading came about, where it is not as the policy and the keypad have it. */
interface Taken {
  readonly instrument?: Reading['instrument'];
  readonly site?: BodySite | undefined;
}

export interface Post {
  /** The rules of this moment. */
  readonly policy: () => Policy;
  readonly scene: ReadonlySignal<Scene>;
  /** The newest verdict, whether it was shown or only recorded. */
  readonly newest: ReadonlySignal<Outcome | undefined>;
  /** Whether name and guardian may be on the screen. */
  readonly personShown: ReadonlySignal<boolean>;
  /**
   * @param isNew says whether a person is new in view: a live code changes its text.
   * @returns false when somebody else is being judged or measured: show it again.
   */
  scanned(text: string, isNew?: (who: string) => boolean): Promise<boolean>;
  /**
   * A text that staff read on purpose, with a reader or from a picture. Behind a pass, or
   * what could not be checked, it begins the next person; a stop and a measurement wait for
   * the staff (docs/decisions/013).
   *
   * @returns false when the screen waits: what it says is announced once more.
   */
  handed(text: string): Promise<boolean>;
  withoutCode(document: NoCodeDocument, number: string): Promise<void>;
  /** @param matches whether guardian and relationship are as the code says. */
  checkGuardian(matches: boolean): Promise<void>;
  /** @param matches whether the identity card is that of the person in front. */
  checkIdentity(matches: boolean): Promise<void>;
  /**
   * A temperature, tenths of a degree Celsius: of whom is being measured, or at a
   * temperature station of whoever shows a code next.
   *
   * @returns false when it can be nobody's.
   */
  measured(tenths: number, taken?: Taken): Promise<boolean>;
  /** At a temperature station: the reading that waits for a code. */
  readonly firstReading: ReadonlySignal<Reading | undefined>;
  /** Asks for a reading before any code. */
  measureFirst(): Promise<void>;
  /** Whose reading that is shows no code: it is recorded alone. */
  recordAlone(): Promise<void>;
  /** Beside a stop: a temperature that was taken all the same is recorded too. */
  takeReading(): void;
  /** After a fever: asks for the second measurement. */
  measureAgain(): Promise<void>;
  /** Lets the person pass after all. @param by id of the supervisor's badge. */
  override(reason: OverrideReason, by: string): Promise<void>;
  /** A finger on a pass keeps it there. */
  hold(): void;
  next(): void;
  hidePerson(): void;
}

export function createPost({ pipeline, announce, policy, role, passShown }: PostParts): Post {
  const scene = signal<Scene>({ name: 'scan' });
  const newest = signal<Outcome | undefined>();
  const personShown = signal(false);
  const timers = { pass: 0, person: 0 };
  let working: Promise<void> | undefined;
  const first = createFirstReading((reading) => void recordOnly(reading));

  async function judge(subject: Subject): Promise<void> {
    const outcome = await pipeline.judge(subject);
    const { verdict } = outcome.verdict;
    if (verdict === 'measure') {
      scene.value = { name: 'measure', outcome };
    } else {
      scene.value = { name: 'verdict', outcome, held: false };
      if (verdict === 'pass') timers.pass = window.setTimeout(next, passShown());
      newest.value = outcome;
    }
    announce(verdict);
  }

  /** A reading that stays nobody's is recorded, and nobody waits for its verdict. */
  async function recordOnly(reading: Reading): Promise<void> {
    while (working) await working.catch(() => {});
    await alone(async () => {
      newest.value = await pipeline.judge(nobody(reading));
    });
  }

  /** One person at a time. @returns false for what arrives meanwhile: it is not queued. */
  async function alone(work: () => Promise<void>): Promise<boolean> {
    if (working) return false;
    working = work().finally(() => {
      working = undefined;
    });
    await working;
    return true;
  }

  function showPerson(): void {
    personShown.value = true;
    clearTimeout(timers.person);
    timers.person = window.setTimeout(hidePerson, PERSON_SHOWN);
  }

  function hidePerson(): void {
    clearTimeout(timers.person);
    personShown.value = false;
  }

  function next(): void {
    clearTimeout(timers.pass);
    hidePerson();
    scene.value = { name: 'scan' };
  }

  /** Judges the person being measured once more, with something added. */
  async function continueWith(actions: Subject['actions']): Promise<void> {
    await alone(async () => {
      const { value } = scene;
      if (value.name === 'scan') return;
      const { subject } = value.outcome;
      await judge({ ...subject, actions: { ...subject.actions, ...actions } });
    });
  }

  async function begin(text: string, isNew: (who: string) => boolean): Promise<void> {
    const subject = await pipeline.identify(text);
    if (!isNew(identityOf(subject, text))) return;
    clearTimeout(timers.pass);
    showPerson();
    await judge(subject.evidence.kind === 'code' ? withFirstReading(subject) : subject);
  }

  function withFirstReading(subject: Subject): Subject {
    const reading = first.take();
    return reading ? { ...subject, actions: { ...subject.actions, reading } } : subject;
  }

  /** A reading before its person: kept for the code, if it can be right at all. */
  async function readFirst(reading: Reading): Promise<void> {
    const before = first.take();
    if (before) await recordOnly(before);
    if (!isPlausible(reading.tenths, policy())) {
      await alone(() => judge(nobody(reading)));
      return;
    }
    const fever = isFever(reading.tenths, policy());
    first.hold(reading, fever);
    scene.value = { name: 'scan' };
    announce(fever ? 'stop' : 'measure');
  }

  /** What staff have to do something about before anybody else comes. */
  function standing(): VerdictKind | undefined {
    const { value } = scene;
    if (value.name === 'measure') return 'measure';
    return value.name === 'verdict' && value.outcome.verdict.verdict === 'stop'
      ? 'stop'
      : undefined;
  }

  return {
    policy,
    scene,
    newest,
    personShown,
    scanned: async (text, isNew = () => true) => {
      if (scene.value.name !== 'scan') return false;
      return alone(() => begin(text, isNew));
    },
    handed: async (text) => {
      // Whoever is being judged is on the screen in a moment: then it is clear who waits.
      while (working) await working.catch(() => {});
      const waits = standing();
      if (waits) {
        announce(waits);
        return false;
      }
      // Behind a pass the same person has not come again: the reader still sees their code.
      const { value } = scene;
      const passed =
        value.name === 'verdict' && value.outcome.verdict.verdict === 'pass'
          ? identityOf(value.outcome.subject, '')
          : undefined;
      return alone(() => begin(text, (who) => who !== passed));
    },
    withoutCode: async (document, number) => {
      await alone(async () => {
        showPerson();
        const subject = await pipeline.present({ kind: 'no-code', document, number });
        await judge(withFirstReading(subject));
      });
    },
    checkGuardian: (matches) => continueWith({ guardianConfirmed: matches }),
    checkIdentity: (matches) => continueWith({ identityConfirmed: matches }),
    measured: async (tenths, { instrument = 'keypad', site = policy().fever.site } = {}) => {
      while (working) await working.catch(() => {});
      const reading = { tenths, site, instrument };
      const { value } = scene;
      const asked = value.name === 'measure' ? value.outcome.subject.evidence.kind : undefined;
      if (asked === 'reading-only' || (value.name === 'scan' && role() === 'temperature')) {
        await readFirst(reading);
      } else if (asked) {
        await continueWith({ reading });
      } else return false;
      return true;
    },
    firstReading: first.value,
    measureFirst: async () => {
      await alone(() => judge(nobody()));
    },
    recordAlone: async () => {
      const reading = first.take();
      if (!reading) return;
      if (isFever(reading.tenths, policy())) await alone(() => judge(nobody(reading)));
      else await recordOnly(reading);
    },
    override: (override, overriddenBy) => continueWith({ override, overriddenBy }),
    measureAgain: () => continueWith({ reading: undefined, remeasured: true }),
    takeReading: () => {
      const { value } = scene;
      if (value.name === 'verdict') scene.value = { name: 'measure', outcome: value.outcome };
    },
    hold: () => {
      clearTimeout(timers.pass);
      if (scene.value.name === 'verdict') scene.value = { ...scene.value, held: true };
    },
    next,
    hidePerson,
  };
}

/** Somebody who has shown nothing yet. */
function nobody(reading?: Reading): Subject {
  return { evidence: { kind: 'reading-only' }, actions: { reading } };
}

/** Whose text it is: the pseudonym; what is no code is known by the text alone. */
function identityOf({ evidence }: Subject, text: string): string {
  return evidence.kind === 'code' ? evidence.code.claims.sub : text;
}
