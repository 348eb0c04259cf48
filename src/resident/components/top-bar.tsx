import { chooseLanguage, LANGUAGES, language, words } from '../i18n/language.ts';

export function TopBar({ withBack }: { withBack: boolean }) {
  const other = language.value === 'zh' ? 'en' : 'zh';
  const { title, back } = words.value;
  return (
    <header class="top-bar">
      {withBack ? (
        <a class="button quiet" href="#/">
          <span aria-hidden="true">‹</span> {back}
        </a>
      ) : (
        <span />
      )}
      <h1>{title}</h1>
      <button
        type="button"
        class="button quiet"
        lang={LANGUAGES[other].locale}
        onClick={() => chooseLanguage(other)}
      >
        {LANGUAGES[other].language}
      </button>
    </header>
  );
}
