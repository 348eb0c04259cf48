import { type ReadonlySignal, signal } from '@preact/signals';
import type { Resident } from './resident.ts';
import type { ResidentStore } from './store.ts';

type OpenPages = typeof import('./account/pages.tsx')['openPages'];
/** The account of this phone, and the pages about it. */
export type SignedIn = Awaited<ReturnType<OpenPages>>;

/** They come as a part of their own, so that a code at the post never waits for them. */
export interface BehindSignIn {
  /** Undefined: on their way. `unreachable`: they did not come. */
  readonly loaded: ReadonlySignal<SignedIn | 'unreachable' | undefined>;
  load(): Promise<void>;
}

export function behindSignIn(parts: {
  readonly store: ResidentStore;
  readonly resident: Resident;
  readonly fetcher: typeof fetch;
}): BehindSignIn {
  const loaded = signal<SignedIn | 'unreachable' | undefined>(undefined);
  return {
    loaded,
    async load() {
      if (typeof loaded.value === 'object') return;
      try {
        const { openPages } = await import('./account/pages.tsx');
        loaded.value = await openPages(parts);
      } catch {
        loaded.value = 'unreachable';
      }
    },
  };
}
