import { signal } from '@preact/signals';
import type { Verdict } from '../../core/verdict/decide.ts';
import { words } from '../i18n/index.ts';
import type { Scene } from '../state/post.ts';

/** Of the vehicle whose verdict is on the screen. */
export const vehicleVerdict = signal<Pick<Verdict, 'verdict'> | undefined>();

/**
 * The word, for those who hear the screen: only a region that was there before is sure to be
 * heard. The rest they hear when the focus comes to what is judged.
 */
export function Said({ scene }: { scene: Scene }) {
  const told = scene.name === 'scan' ? vehicleVerdict.value : scene.outcome.verdict;
  return (
    <p class="unseen" aria-live="assertive">
      {/* The same word for the next person is a node of its own: else nothing would change. */}
      {told && <span key={told}>{words.value.verdict[told.verdict]}</span>}
    </p>
  );
}
