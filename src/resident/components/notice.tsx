import { words } from '../i18n/language.ts';
import type { Trouble } from '../trouble.ts';

/** What went wrong and what to do about it. */
export function Notice({ trouble, onRetry }: { trouble: Trouble; onRetry?: () => void }) {
  const { trouble: troubles, home } = words.value;
  const { what, next } = troubles[trouble];
  return (
    <div class="notice" role="alert" data-trouble={trouble}>
      <strong>{what}</strong>
      <p>{next}</p>
      {onRetry && (
        <button type="button" class="button" onClick={onRetry}>
          {home.retry}
        </button>
      )}
    </div>
  );
}
