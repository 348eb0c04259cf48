import files from 'virtual:precache/scanner';
import { registerRoute } from 'workbox-routing';
import { OUTBOX_SYNC } from '../device/background-sync.ts';
import { dropLeftPicture, SHARE_PATH } from '../device/shared-picture.ts';
import { deliver } from './deliver.ts';
import { receiveShare } from './receive-share.ts';
import { serveApp } from './serve-app.ts';

declare const self: ServiceWorkerGlobalScope;

serveApp(files, '/index.html', [
  /^\/(resident|headquarters)([/?]|$)/,
  /^\/(trust|bulletin|status|devices|codes|residents|demo|healthz|openapi\.json|hq)([/?]|$)/,
]);

/** Whenever it wakes; first, so that it takes no newer one. */
const dropped = dropLeftPicture(Date.now() / 1000).catch(() => {});

registerRoute(
  SHARE_PATH,
  async ({ request }) => {
    await dropped;
    return receiveShare(request);
  },
  'POST',
);

self.addEventListener('sync', (event) => {
  if (event.tag === OUTBOX_SYNC) event.waitUntil(deliver());
});
