import type { Colour } from '../../core/code/claims.ts';
import { counterWords } from '../i18n/counter.ts';

/** A sign for each colour, for those who cannot tell them apart. */
const SIGNS: Record<Colour, string> = { green: '✓', yellow: '!', red: '✕', grey: '–' };

export function ColourWord({ colour }: { colour: Colour }) {
  return (
    <p class={`verdict ${colour}`} data-colour={colour}>
      <span class="sign" aria-hidden="true">
        {SIGNS[colour]}
      </span>
      {counterWords.value.person.colour[colour]}
    </p>
  );
}
