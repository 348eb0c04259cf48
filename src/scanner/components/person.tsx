import type { Evidence } from '../../core/verdict/decide.ts';
import { lazyWords } from '../i18n/lazy/index.ts';

interface PersonProps {
  evidence: Evidence;
  shown: boolean;
  /** In large type, to be compared with papers and confirmed; otherwise all in one line. */
  large?: boolean;
}

/** Who stands there, for as long as that may be on the screen. */
export function Person({ evidence, shown, large = false }: PersonProps) {
  const { measure, noCode, relationship } = lazyWords.value;
  if (evidence.kind === 'refused' || evidence.kind === 'reading-only') return null;
  if (!shown) return <p class="person hint">{measure.hidden}</p>;
  if (evidence.kind === 'no-code') {
    return <p class="person">{evidence.number ?? noCode.none}</p>;
  }
  const { claims } = evidence.code;
  if (claims.kind === 'live') {
    return large ? (
      <dl class="person guardian">
        <dt>{measure.person}</dt>
        <dd>{claims.name}</dd>
      </dl>
    ) : (
      <p class="person">
        <b>{claims.name}</b>
      </p>
    );
  }
  const relation = relationship[claims.guardian.relationship];
  if (!large) {
    return (
      <p class="person">
        <b>{claims.name}</b> · {measure.guardian} <b>{claims.guardian.name}</b> ({relation})
      </p>
    );
  }
  return (
    <dl class="person guardian">
      <dt>{measure.printed}</dt>
      <dd>{claims.name}</dd>
      <dt>{measure.guardian}</dt>
      <dd>{claims.guardian.name}</dd>
      <dt>{measure.relationship}</dt>
      <dd>{relation}</dd>
    </dl>
  );
}
