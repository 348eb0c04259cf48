import files from 'virtual:precache/scanner';
import { registerRoute } from 'workbox-routing';
import { OUTBOX_SYNC } from '../device/background-sync.ts';
import { SHARE_PATH } from '../device/shared-picture.ts';
import { deliver } from './deliver.ts';
import { receiveShare } from './receive-share.ts';
import { serveApp } from './serve-app.ts';

declare const self: ServiceWorkerGlobalScope;

serveApp(files, '/index.html', [
  /^\/(resident|headquarters)([/?]|$)/,
  /^\/(trust|bulletin|status|devices|codes|demo|healthz|hq)([/?]|$)/,
]);

registerRoute(SHARE_PATH, ({ request }) => receiveShare(request), 'POST');

self.addEventListener('sync', (event) => {
  if (event.tag === OUTBOX_SYNC) event.waitUntil(deliver());
});
