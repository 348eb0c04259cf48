import files from 'virtual:precache/scanner';
import { OUTBOX_SYNC } from '../device/background-sync.ts';
import { deliver } from './deliver.ts';
import { serveApp } from './serve-app.ts';

declare const self: ServiceWorkerGlobalScope;

serveApp(files, '/index.html', [
  /^\/(resident|headquarters)([/?]|$)/,
  /^\/(trust|bulletin|status|devices|codes|demo|healthz|hq)([/?]|$)/,
]);

self.addEventListener('sync', (event) => {
  if (event.tag === OUTBOX_SYNC) event.waitUntil(deliver());
});
