import { words } from '../i18n/index.ts';
import type { Scene } from '../state/post.ts';

/**
 * The word, for those who hear the screen: only a region that was there before is sure to be
 * heard. The rest they hear when the focus comes to what is judged.
 */
export function Said({ scene }: { scene: Scene }) {
  const outcome = scene.name === 'scan' ? undefined : scene.outcome;
  return (
    <p class="unseen" aria-live="assertive">
      {/* The same word for the next person is a node of its own: else nothing would change. */}
      {outcome && <span key={outcome}>{words.value.verdict[outcome.verdict.verdict]}</span>}
    </p>
  );
}
