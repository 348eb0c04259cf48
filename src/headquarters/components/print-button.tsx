import { words } from '../i18n/language.ts';

/** Prints what is marked to be: see `.printed` in headquarters.css. */
export function PrintButton() {
  return (
    <button type="button" class="button primary" data-print onClick={() => window.print()}>
      {words.value.print}
    </button>
  );
}
