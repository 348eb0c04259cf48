import { type ReadonlySignal, signal } from '@preact/signals';
import type { BodySite, Policy } from '../../core/documents/policy.ts';
import type { StationRole } from '../../core/protocol/station.ts';
import { personIn } from '../../core/verdict/person.ts';
import { isFever, isPlausible, type Reading } from '../../core/verdict/reading.ts';
import type {
  NoCodeDocument,
  NoCodeReason,
  OverrideReason,
  VerdictKind,
} from '../../core/verdict/reasons.ts';
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
  /**
   * @param number as it stands on the document; undefined with `none`.
   * @returns false when the screen waits, as with {@link Post.handed}.
   */
  withoutCode(
    document: NoCodeDocument,
    number: string | undefined,
    why: NoCodeReason,
  ): Promise<boolean>;
  /** Whoever was asked to wait for staff has gone, or was sent away: that is recorded. */
  leave(): Promise<void>;
  /** @param matches whether guardian and relationship are as the code says. */
  checkGuardian(matches: boolean): Promise<void>;
  /** @param matches whether the identity card is that of the person in front. */
  checkIdentity(matches: boolean): Promise<void>;
  /**
   * A temperature, tenths of a degree Celsius: of whom is being measured, or at a
   * temperature station of whoever shows a code next, unless somebody is stopped there.
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
  /** The same, where nobody is there to see what comes of it. */
  giveUpReading(): void;
  /** Beside a stop: a temperature that was taken all the same is recorded too. */
  takeReading(): Promise<void>;
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
  let working: Promise<unknown> | undefined;
  const first = createFirstReading((reading) => void inTurn(() => record(reading)));

  async function judge(subject: Subject): Promise<void> {
    clearTimeout(timers.pass);
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
  async function record(reading: Reading): Promise<void> {
    newest.value = await pipeline.judge(nobody(reading));
  }

  /** One person at a time: what staff did waits until it is clear who is on the screen. */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (working) await working.catch(() => {});
    const turn = work().finally(() => {
      working = undefined;
    });
    working = turn;
    return turn;
  }

  /** Begins the next person, unless somebody waits for the staff: that is said once more. */
  function afterStanding(work: () => Promise<void>): Promise<boolean> {
    return inTurn(async () => {
      const waits = standing();
      if (waits) announce(waits);
      else await work();
      return waits === undefined;
    });
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

  /** Judges whoever is on the screen once more, with something added. */
  async function continueWith(actions: Subject['actions']): Promise<void> {
    const about = outcomeIn(scene.value);
    await inTurn(async () => {
      // A second tap, or somebody else by now: it was not about them.
      if (about && outcomeIn(scene.value) === about) await judgeAgain(about, actions);
    });
  }

  function judgeAgain({ subject }: Outcome, actions: Subject['actions']): Promise<void> {
    return judge({ ...subject, actions: { ...subject.actions, ...actions } });
  }

  async function begin(text: string, isNew: (who: string) => boolean): Promise<void> {
    const subject = await pipeline.identify(text);
    // What is no code is known by its text alone.
    if (!isNew(personIn(subject.evidence) ?? text)) return;
    showPerson();
    await judge(subject.evidence.kind === 'code' ? withFirstReading(subject) : subject);
  }

  function withFirstReading(subject: Subject): Subject {
    const reading = first.take();
    return reading ? { ...subject, actions: { ...subject.actions, reading } } : subject;
  }

  /** A reading before its person: kept for the code, if it can be right at all. */
  async function readFirst(reading: Reading): Promise<boolean> {
    const plausible = isPlausible(reading.tenths, policy());
    const fever = plausible && isFever(reading.tenths, policy());
    if (standing() === 'stop') {
      // Of whoever is stopped, or of the next: nobody's, and a fever is recorded all the same.
      if (fever) await record(reading);
      announce('stop');
      return fever;
    }
    const before = first.take();
    if (before) await record(before);
    if (!plausible) {
      await judge(nobody(reading));
      return true;
    }
    first.hold(reading, fever);
    // A verdict stays for as long as it would.
    if (scene.value.name === 'measure') next();
    announce(fever ? 'stop' : 'measure');
    return true;
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
      if (working || scene.value.name !== 'scan') return false;
      await inTurn(() => begin(text, isNew));
      return true;
    },
    handed: (text) =>
      afterStanding(() => {
        // Behind a pass the same person has not come again: the reader still sees their code.
        const shown = outcomeIn(scene.value);
        const passed =
          shown?.verdict.verdict === 'pass' ? personIn(shown.subject.evidence) : undefined;
        return begin(text, (who) => who !== passed);
      }),
    withoutCode: (document, number, why) =>
      afterStanding(async () => {
        showPerson();
        const subject = await pipeline.present({ kind: 'no-code', document, number, why });
        await judge(withFirstReading(subject));
      }),
    leave: () =>
      inTurn(async () => {
        const { value } = scene;
        if (value.name !== 'measure') return;
        if (isUndecided(value.outcome)) newest.value = await pipeline.judge(gone(value.outcome));
        next();
      }),
    checkGuardian: (matches) => continueWith({ guardianConfirmed: matches }),
    checkIdentity: (matches) => continueWith({ identityConfirmed: matches }),
    measured: (tenths, { instrument = 'keypad', site = policy().fever.site } = {}) =>
      inTurn(async () => {
        const reading = { tenths, site, instrument };
        const { value } = scene;
        const asked = value.name === 'measure' ? value.outcome : undefined;
        if (asked && !isFirst(asked.subject)) {
          await judgeAgain(asked, { reading });
          return true;
        }
        return asked || role() === 'temperature' ? readFirst(reading) : false;
      }),
    firstReading: first.value,
    measureFirst: () =>
      inTurn(async () => {
        if (scene.value.name === 'scan') await judge(nobody());
      }),
    recordAlone: () =>
      inTurn(async () => {
        const reading = first.take();
        if (!reading) return;
        const isShown = !standing() && isFever(reading.tenths, policy());
        await (isShown ? judge(nobody(reading)) : record(reading));
      }),
    giveUpReading: first.giveUp,
    override: (override, overriddenBy) => continueWith({ override, overriddenBy }),
    measureAgain: () => continueWith({ reading: undefined, remeasured: true }),
    takeReading: () => continueWith({ measuring: true }),
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

/** Whether a reading of them is that of whoever shows a code next. */
function isFirst({ evidence, actions }: Subject): boolean {
  return evidence.kind === 'reading-only' && !actions.remeasured;
}

/** Whether there is somebody, and no record tells of them: before a second reading one does. */
export function isUndecided({ subject }: Outcome): boolean {
  const { remeasured, measuring } = subject.actions;
  return !isFirst(subject) && !remeasured && !measuring;
}

/** What cannot be a reading of theirs is not recorded as one. */
function gone({ subject, verdict }: Outcome): Subject {
  const { evidence, before, actions } = subject;
  const reading = verdict.reason === 'implausible-reading' ? undefined : actions.reading;
  return { evidence, before, actions: { ...actions, reading, left: true } };
}

function outcomeIn(scene: Scene): Outcome | undefined {
  return scene.name === 'scan' ? undefined : scene.outcome;
}
