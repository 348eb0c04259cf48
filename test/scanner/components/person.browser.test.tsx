import { render } from 'preact';
import { expect, test } from 'vitest';
import type { Evidence } from '../../../src/core/verdict/decide.ts';
import { Person } from '../../../src/scanner/components/person.tsx';
import { live, printed } from '../../core/verdict/situation.ts';

const MARKUP = '<img src=x onerror="window.injected=1"><b>王</b>';

function show(evidence: Evidence): HTMLElement {
  const place = document.createElement('div');
  render(<Person evidence={evidence} shown={true} large={true} />, place);
  return place;
}

test('a name is text, whatever the authority has signed as one', () => {
  const guardian = { name: `${MARKUP}!`, relationship: 'daughter' as const };
  const code = printed({ name: MARKUP });
  const claims = { ...code.claims, guardian } as typeof code.claims;
  for (const evidence of [
    { kind: 'code', code: live({ name: MARKUP }) },
    { kind: 'code', code: { claims } },
    { kind: 'no-code', document: 'certificate', number: MARKUP },
  ] as const) {
    const place = show(evidence);
    expect(place.textContent).toContain(MARKUP);
    expect(place.querySelector('img')).toBeNull();
  }
  expect('injected' in window).toBe(false);
});
