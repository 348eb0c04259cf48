import { signal } from '@preact/signals';
import { language } from '../i18n/index.ts';

type LazyPages = typeof import('./lazy-pages.ts');

const loaded = signal<LazyPages | undefined>(undefined);

/** The pages that the camera does not wait for; undefined: they are on their way. */
export function lazyPages(): LazyPages | undefined {
  return loaded.value;
}

/** Once loaded they stay, whatever an update does to their file. */
export async function loadLazyPages(): Promise<void> {
  if (loaded.value) return;
  // Both at once; without their words they are in Chinese.
  const worded = loadWords().catch(() => {});
  loaded.value = await import('./lazy-pages.ts').finally(() => worded);
}

async function loadWords(): Promise<void> {
  const { loadLazyWords } = await import('../i18n/lazy/index.ts');
  await loadLazyWords(language.peek());
}
