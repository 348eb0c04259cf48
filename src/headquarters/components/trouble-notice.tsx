import type { Trouble } from '../headquarters.ts';
import { words } from '../i18n/language.ts';

/** What went wrong and what to do about it. */
export function TroubleNotice({ trouble }: { trouble: Trouble }) {
  const { what, next } = words.value.trouble[trouble];
  return (
    <div class="notice" role="alert" data-trouble={trouble}>
      <strong>{what}</strong>
      <p>{next}</p>
    </div>
  );
}
