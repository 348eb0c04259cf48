import type { Evidence } from '../../core/verdict/decide.ts';
import { words } from '../i18n/index.ts';

/** Who stands there, for as long as that may be on the screen. */
export function Person({ evidence, shown }: { evidence: Evidence; shown: boolean }) {
  const { measure, relationship } = words.value;
  if (evidence.kind !== 'code') return null;
  if (!shown) return <p class="person hint">{measure.hidden}</p>;
  const { claims } = evidence.code;
  if (claims.kind === 'live') {
    return (
      <p class="person">
        <b>{claims.name}</b>
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
      <dd>{relationship[claims.guardian.relationship]}</dd>
    </dl>
  );
}
