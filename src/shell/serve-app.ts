import { clientsClaim } from 'workbox-core';
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

export interface AppFile {
  readonly url: string;
  readonly revision: string | null;
}

/**
 * Serves an app from the device, deep links too, with a network or without.
 *
 * A new version waits until the page asks for it with the message `SKIP_WAITING`, so
 * that it never interrupts a scan. Old caches are not swept by workbox's
 * `cleanupOutdatedCaches`: it goes by the scope's prefix, and would take the cache of
 * `/resident/` for one of `/`.
 *
 * @param document answers every navigation.
 * @param elsewhere paths that are not this app's.
 */
export function serveApp(
  files: readonly AppFile[],
  document: string,
  elsewhere: readonly RegExp[] = [],
): void {
  precacheAndRoute([...files]);
  const denylist = [...elsewhere];
  registerRoute(new NavigationRoute(createHandlerBoundToURL(document), { denylist }));
  clientsClaim();
  self.addEventListener('message', ({ data }) => {
    if (data?.type === 'SKIP_WAITING') self.skipWaiting();
  });
}
