import { readCode } from '../core/code/read.ts';
import type { TrustedKeys } from '../core/documents/trust.ts';
import { type Circumstances, draftRecord, type RecordDraft } from '../core/record/draft.ts';
import {
  type Actions,
  decide,
  type Evidence,
  type Knowledge,
  type Verdict,
} from '../core/verdict/decide.ts';
import { personIn } from '../core/verdict/person.ts';

/** A person at the post: what they showed, and what staff did about it so far. */
export interface Subject {
  readonly evidence: Evidence;
  readonly actions: Actions;
  /** The last time that the same person was judged here, if that was lately. */
  readonly before?: Before | undefined;
}

export interface Before {
  /** Seconds before they came again. */
  readonly ago: number;
  readonly verdict: 'pass' | 'stop' | 'unverified';
}

/** A verdict, and the number of its record; `measure` has none, nor has a full disk. */
export interface Outcome {
  readonly subject: Subject;
  readonly verdict: Verdict;
  readonly record:
    | { readonly kept: true; readonly n: number }
    | { readonly kept: false }
    | undefined;
}

export interface PipelineParts {
  /** What this device holds now. */
  readonly trusted: () => TrustedKeys | undefined;
  readonly knowledge: (evidence: Evidence) => Promise<Knowledge>;
  /** The last time that this person was here, if the policy wants it told. */
  readonly seenBefore: (person: string) => Promise<Before | undefined>;
  /** Id of the badge on shift. */
  readonly operator: () => string | undefined;
  /** The vehicle that this person came in, while one is being judged. */
  readonly vehicle: (evidence: Evidence) => Circumstances['vehicle'];
  /** Seals and stores; resolves when the record is on the disk. */
  readonly append: (draft: RecordDraft) => Promise<number>;
  /** Epoch seconds by this device's clock. */
  readonly clock: () => number;
  readonly onFault: (fault: unknown) => void;
}

export interface Pipeline {
  /** Text that was scanned, to what it proves. */
  identify(text: string): Promise<Subject>;
  /** Something that was shown, by somebody who may have been here before. */
  present(evidence: Evidence): Promise<Subject>;
  /** What a subject proves, to a verdict whose record is safe. */
  judge(subject: Subject): Promise<Outcome>;
}

/** frame -> text -> code -> verdict -> sealed record -> outbox */
export function createPipeline(parts: PipelineParts): Pipeline {
  return {
    async identify(text) {
      const trusted = parts.trusted();
      if (!trusted) return shown({ kind: 'refused', refusal: 'unknown-key' });
      const code = await readCode(text, trusted);
      if (!code.ok) return shown({ kind: 'refused', refusal: code.reason });
      const evidence = { kind: 'code', code: code.value } as const;
      const [{ now }, subject] = await Promise.all([parts.knowledge(evidence), present(evidence)]);
      return now.ok ? { ...subject, evidence: { ...evidence, seenAt: now.value } } : subject;
    },

    present,

    async judge(subject) {
      const { evidence, actions } = subject;
      const wall = parts.clock();
      const knowledge = await parts.knowledge(evidence);
      const verdict = decide(evidence, knowledge, actions);
      const circumstances = circumstancesOf(subject);
      const draft = draftRecord({ evidence, knowledge, actions, verdict, wall, circumstances });
      return { subject, verdict, record: draft && (await keep(draft)) };
    },
  };

  async function present(evidence: Evidence): Promise<Subject> {
    const person = personIn(evidence);
    const before = person === undefined ? undefined : await parts.seenBefore(person);
    return { ...shown(evidence), before };
  }

  function circumstancesOf({ evidence, before }: Subject): Circumstances {
    return {
      operator: parts.operator(),
      repeatedAfter: before?.ago,
      vehicle: parts.vehicle(evidence),
    };
  }

  async function keep(draft: RecordDraft): Promise<NonNullable<Outcome['record']>> {
    try {
      return { kept: true, n: await parts.append(draft) };
    } catch (fault) {
      // A person is waiting: the verdict stands, and the screen says that it was not kept.
      parts.onFault(fault);
      return { kept: false };
    }
  }
}

function shown(evidence: Evidence): Subject {
  return { evidence, actions: {} };
}
