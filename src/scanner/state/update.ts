import { signal } from '@preact/signals';
import { Workbox } from 'workbox-window';

/** Set when a newer version is ready: calling it changes over, and reloads the page. */
export const update = signal<(() => void) | undefined>(undefined);

/** The new version waits until somebody asks for it: never in the middle of a scan. */
export function registerServiceWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  const workbox = new Workbox('/sw.js');
  workbox.addEventListener('waiting', () => {
    update.value = () => {
      workbox.addEventListener('controlling', () => location.reload());
      workbox.messageSkipWaiting();
    };
  });
  // Without a network the version that is here goes on.
  workbox.register().catch(() => {});
}
