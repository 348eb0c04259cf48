import type { Colour } from '../../core/code/claims.ts';
import { DEFAULT_POLICY } from '../../core/documents/policy.ts';
import { accept } from '../../core/result.ts';
import { DAY } from '../../core/time.ts';
import { decide, type Evidence, type Knowledge } from '../../core/verdict/decide.ts';
import type { VerdictKind } from '../../core/verdict/reasons.ts';
import type { Pipeline } from '../pipeline.ts';
import { createPost, PASS_SHOWN, type Post } from './post.ts';

/** A moment at which everything is new. */
const NOW = 0;

const POLICY = { ...DEFAULT_POLICY, passage: { opensAt: NOW, areas: {} } };
const KNOWLEDGE: Knowledge = {
  now: accept(NOW),
  policy: POLICY,
  ages: { trust: 0, bulletin: 0, status: 0 },
  retired: [],
  status: 'as-issued',
  feverEarlier: false,
};

/**
 * A post for practice: real screens and rules, nobody's codes, and no outbox. Nothing that is
 * done here can be recorded, since it is given nothing to record with. Its codes' texts are
 * colours.
 */
export function openPractice(announce: (verdict: VerdictKind) => void): Post {
  return createPost({
    pipeline: PIPELINE,
    announce,
    policy: () => POLICY,
    role: () => 'checkpoint',
    passShown: () => PASS_SHOWN,
  });
}

const PIPELINE: Pipeline = {
  identify: async (text) => ({ evidence: codeOf(text === 'red' ? 'red' : 'green'), actions: {} }),
  present: async (evidence) => ({ evidence, actions: {} }),
  judge: async (subject) => ({
    subject,
    verdict: decide(subject.evidence, KNOWLEDGE, subject.actions),
    record: undefined,
  }),
};

function codeOf(colour: Colour): Evidence {
  const claims = {
    kind: 'live',
    sub: '',
    kid: '',
    colour,
    issuedAt: NOW,
    expiresAt: NOW + DAY,
    checkedInAt: NOW,
    area: '420606',
    name: '李*四',
    statusIndex: 0,
    holder: { x: '', y: '' },
  } as const;
  return { kind: 'code', code: { claims, provedAt: NOW }, seenAt: NOW };
}
