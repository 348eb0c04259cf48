import { signal } from '@preact/signals';

type Besides = typeof import('./besides.ts');

const loaded = signal<Besides | undefined>(undefined);

/** The pages that the camera does not wait for; undefined: they are on their way. */
export function pagesBesides(): Besides | undefined {
  return loaded.value;
}

/** Once loaded they stay, whatever an update does to their file. */
export async function loadPagesBesides(): Promise<void> {
  loaded.value ??= await import('./besides.ts');
}
