import { clientsClaim } from 'workbox-core';
import { createHandlerBoundToURL, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

/**
 * Serves an app from the device, deep links too, with a network or without.
 *
 * A new version waits until the page asks for it with the message `SKIP_WAITING`, so
 * that it never interrupts a scan. Old caches are not swept by workbox's
 * `cleanupOutdatedCaches`: it goes by the scope's text, and would take the cache of
 * `/resident/` for one of `/`.
 *
 * @param document answers every navigation.
 * @param elsewhere paths that are not this app's.
 */
export function serveApp(files: PrecacheEntry[], document: string, elsewhere: RegExp[] = []): void {
  precacheAndRoute(files);
  const navigation = createHandlerBoundToURL(document);
  registerRoute(new NavigationRoute(navigation, { denylist: elsewhere }));
  clientsClaim();
  self.addEventListener('message', ({ data }) => {
    if (data?.type === 'SKIP_WAITING') self.skipWaiting();
  });
}
