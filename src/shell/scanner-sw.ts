import files from 'virtual:precache/scanner';
import { OUTBOX_SYNC } from '../device/background-sync.ts';
import { deliver } from './deliver.ts';
import { serveApp } from './serve-app.ts';

declare const self: ServiceWorkerGlobalScope;

serveApp(files, '/index.html', [
  /^\/(resident|headquarters)(\/|$)/,
  /^\/(trust|bulletin|status|devices|codes|demo|healthz|hq)([/?]|$)/,
]);

/** Not in every browser, and so not in TypeScript's library. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

self.addEventListener('sync' as 'message', (event: Event) => {
  const { tag } = event as SyncEvent;
  if (tag === OUTBOX_SYNC) (event as SyncEvent).waitUntil(deliver());
});
