import type { RecordedVerdict } from '../counts.ts';
import { words } from '../i18n/language.ts';

/** A sign for each verdict, for those who cannot tell the colours apart. */
const SIGNS: Record<RecordedVerdict, string> = { pass: '✓', stop: '✕', unverified: '?' };

export function VerdictWord({ verdict }: { verdict: RecordedVerdict }) {
  return (
    <span class={`verdict ${verdict}`}>
      <span class="sign" aria-hidden="true">
        {SIGNS[verdict]}
      </span>
      {words.value.verdict[verdict]}
    </span>
  );
}
