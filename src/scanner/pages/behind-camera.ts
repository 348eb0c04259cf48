import { signal } from '@preact/signals';
import { language } from '../i18n/index.ts';

type Besides = typeof import('./besides.ts');

const loaded = signal<Besides | undefined>(undefined);

/** The pages that the camera does not wait for; undefined: they are on their way. */
export function pagesBesides(): Besides | undefined {
  return loaded.value;
}

/** Once loaded they stay, whatever an update does to their file. */
export async function loadPagesBesides(): Promise<void> {
  if (loaded.value) return;
  // Both at once; without their words they are in Chinese.
  const worded = loadWords().catch(() => {});
  loaded.value = await import('./besides.ts').finally(() => worded);
}

async function loadWords(): Promise<void> {
  const { loadWordsBesides } = await import('../i18n/besides/index.ts');
  await loadWordsBesides(language.peek());
}
