import { readCode } from '../core/code/read.ts';
import type { TrustedKeys } from '../core/documents/trust.ts';
import { draftRecord, type RecordDraft } from '../core/record/draft.ts';
import {
  type Actions,
  decide,
  type Evidence,
  type Knowledge,
  type Verdict,
} from '../core/verdict/decide.ts';

/** A person at the post: what they showed, and what staff did about it so far. */
export interface Subject {
  readonly evidence: Evidence;
  readonly actions: Actions;
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
  /** Seals and stores; resolves when the record is on the disk. */
  readonly append: (draft: RecordDraft) => Promise<number>;
  /** Epoch seconds by this device's clock. */
  readonly clock: () => number;
  readonly onFault: (fault: unknown) => void;
}

export interface Pipeline {
  /** Text that was scanned, to what it proves. */
  identify(text: string): Promise<Subject>;
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
      const { now } = await parts.knowledge(evidence);
      return shown(now.ok ? { ...evidence, seenAt: now.value } : evidence);
    },

    async judge(subject) {
      const { evidence, actions } = subject;
      const wall = parts.clock();
      const knowledge = await parts.knowledge(evidence);
      const verdict = decide(evidence, knowledge, actions);
      const draft = draftRecord({ evidence, knowledge, actions, verdict, wall });
      return { subject, verdict, record: draft && (await keep(draft)) };
    },
  };

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
