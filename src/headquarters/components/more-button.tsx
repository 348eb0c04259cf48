import { words } from '../i18n/language.ts';

/** The way to the next page of a list, where there is one. */
export function MoreButton({ more }: { more: (() => Promise<void>) | undefined }) {
  if (!more) return null;
  return (
    <button type="button" class="button" data-more onClick={() => void more()}>
      {words.value.more}
    </button>
  );
}
