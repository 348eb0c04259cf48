import { ageInWords, words } from '../i18n/index.ts';
import { lazyWords } from '../i18n/lazy/index.ts';
import type { Subject } from '../pipeline.ts';

/** The same person was here a moment ago: told, and nothing more. */
export function Repeated({ subject: { before } }: { subject: Subject }) {
  if (!before) return null;
  const { result } = lazyWords.value;
  return (
    <p class="note" data-repeated={before.verdict}>
      {result.before[before.verdict](ageInWords(words.value, before.ago))}
    </p>
  );
}
