import { type ReadonlySignal, signal } from '@preact/signals';
import type { BodySite } from '../../core/documents/policy.ts';
import type { NoCodeDocument } from '../../core/verdict/decide.ts';
import type { VerdictKind } from '../../core/verdict/reasons.ts';
import type { Outcome, Pipeline, Subject } from '../pipeline.ts';

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
  readonly bodySite: () => BodySite;
}

export interface Post {
  readonly scene: ReadonlySignal<Scene>;
  /** Whether name and guardian may be on the screen. */
  readonly personShown: ReadonlySignal<boolean>;
  /**
   * @param isNew says whether a person is new in view: a live code changes its text.
   * @returns false when somebody else is being judged or measured: show it again.
   */
  scanned(text: string, isNew?: (who: string) => boolean): Promise<boolean>;
  withoutCode(document: NoCodeDocument, number: string): Promise<void>;
  /** @param matches whether guardian and relationship are as the code says. */
  checkGuardian(matches: boolean): Promise<void>;
  measured(tenths: number): Promise<void>;
  /** Beside a stop: a temperature that was taken all the same is recorded too. */
  takeReading(): void;
  /** After a fever: asks for the second measurement. */
  measureAgain(): Promise<void>;
  /** A finger on a pass keeps it there. */
  hold(): void;
  next(): void;
  hidePerson(): void;
}

export function createPost({ pipeline, announce, bodySite }: PostParts): Post {
  const scene = signal<Scene>({ name: 'scan' });
  const personShown = signal(false);
  const timers = { pass: 0, person: 0 };
  let busy = false;

  async function judge(subject: Subject): Promise<void> {
    const outcome = await pipeline.judge(subject);
    const { verdict } = outcome.verdict;
    if (verdict === 'measure') {
      scene.value = { name: 'measure', outcome };
    } else {
      scene.value = { name: 'verdict', outcome, held: false };
      if (verdict === 'pass') timers.pass = window.setTimeout(next, PASS_SHOWN);
    }
    announce(verdict);
  }

  /** One person at a time. @returns false for what arrives meanwhile: it is not queued. */
  async function alone(work: () => Promise<void>): Promise<boolean> {
    if (busy) return false;
    busy = true;
    try {
      await work();
      return true;
    } finally {
      busy = false;
    }
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

  return {
    scene,
    personShown,
    scanned: async (text, isNew = () => true) => {
      if (scene.value.name !== 'scan') return false;
      return alone(async () => {
        const subject = await pipeline.identify(text);
        if (!isNew(identityOf(subject, text))) return;
        showPerson();
        await judge(subject);
      });
    },
    withoutCode: async (document, number) => {
      await alone(async () => {
        showPerson();
        await judge({ evidence: { kind: 'no-code', document, number }, actions: {} });
      });
    },
    checkGuardian: (matches) => continueWith({ guardianConfirmed: matches }),
    measured: (tenths) =>
      continueWith({ reading: { tenths, site: bodySite(), instrument: 'keypad' } }),
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

/** Whose text it is: the pseudonym; what is no code is known by the text alone. */
function identityOf({ evidence }: Subject, text: string): string {
  return evidence.kind === 'code' ? evidence.code.claims.sub : text;
}
