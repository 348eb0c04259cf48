import { DEFAULT_POLICY } from '../../../src/core/documents/policy.ts';
import type { StationRole } from '../../../src/core/protocol/station.ts';
import { REASONS, type Reason } from '../../../src/core/verdict/reasons.ts';
import { createPost, PASS_SHOWN } from '../../../src/scanner/state/post.ts';
import { live } from '../../core/verdict/situation.ts';

/** A post that finds what `find` says. A text of a code is that of a person of this name. */
export function makePost(
  find: () => Reason,
  { role = () => 'checkpoint' }: { role?: () => StationRole } = {},
) {
  return createPost({
    pipeline: {
      identify: (text) => Promise.resolve({ evidence: evidenceOf(text), actions: {} }),
      present: (evidence) => Promise.resolve({ evidence, actions: {} }),
      judge: (subject) => {
        const reason = find();
        const verdict = { verdict: REASONS[reason], reason, amber: [] };
        return Promise.resolve({ subject, verdict, record: undefined });
      },
    },
    announce: () => {},
    policy: () => DEFAULT_POLICY,
    role,
    passShown: () => PASS_SHOWN,
  });
}

function evidenceOf(text: string) {
  return text.startsWith('code')
    ? ({ kind: 'code', code: live({ sub: text }) } as const)
    : ({ kind: 'refused', refusal: 'damaged' } as const);
}
