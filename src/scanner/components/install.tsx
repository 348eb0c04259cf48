import { lazyWords } from '../i18n/lazy/index.ts';
import { install } from '../state/install.ts';

/** In a browser's tab: how the app comes to the home screen, by a tap where the browser lets it. */
export function Install() {
  const { install: text } = lazyWords.value;
  if (!matchMedia('(display-mode: browser)').matches) return null;
  const { value: accept } = install;
  // Only Safari on iPhones and iPads says so of itself, and it offers nothing by itself.
  const how = 'standalone' in navigator ? text.share : text.menu;
  return (
    <section data-install={accept ? 'offered' : 'told'}>
      <h2>{text.title}</h2>
      <p class="hint">{accept ? text.why : how}</p>
      {accept && (
        <button type="button" onClick={accept}>
          {text.install}
        </button>
      )}
    </section>
  );
}
