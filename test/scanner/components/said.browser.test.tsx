import { render } from 'preact';
import { expect, test } from 'vitest';
import { Said } from '../../../src/scanner/components/said.tsx';
import type { Outcome } from '../../../src/scanner/pipeline.ts';

const pass = (): Outcome => ({
  subject: { evidence: { kind: 'reading-only' }, actions: {} },
  verdict: { verdict: 'pass', reason: 'green', amber: [] },
  record: undefined,
});

test('a pass right behind a pass is heard too, and a finger that holds it says nothing', () => {
  const place = document.createElement('div');
  const show = (outcome: Outcome, held = false) =>
    render(<Said scene={{ name: 'verdict', outcome, held }} />, place);
  const changes = new MutationObserver(() => {});
  const [first, second] = [pass(), pass()];
  show(first);
  changes.observe(place, { childList: true, subtree: true, characterData: true });
  show(second);
  const added = changes.takeRecords().flatMap(({ addedNodes }) => [...addedNodes]);
  expect(added.map(({ textContent }) => textContent)).toEqual([place.textContent]);
  show(second, true);
  expect(changes.takeRecords()).toEqual([]);
});
