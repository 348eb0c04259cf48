import files from 'virtual:precache/resident';
import { serveApp } from './serve-app.ts';

declare const self: ServiceWorkerGlobalScope;

serveApp(files, '/resident/index.html');

/** A tap on the reminder leads to the page that asked for it. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPage());
});

async function openPage(): Promise<void> {
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (open) await open.focus();
  else await self.clients.openWindow('/resident/');
}
