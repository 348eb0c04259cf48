import { effect, type ReadonlySignal, signal } from '@preact/signals';

/** Set when a newer version is ready: calling it changes over, in every tab. */
export const update = signal<(() => void) | undefined>(undefined);

/** Time for the camera to open first, milliseconds. */
export const BEHIND_CAMERA = 3000;
/** How long a tab has to be at rest before it is reloaded, milliseconds. */
const REST = 1000;

/**
 * The new version waits until somebody asks for it. Then it takes over all tabs at once,
 * and takes away the old version's files: each tab is reloaded as soon as it is at rest,
 * and never in the middle of a scan.
 *
 * @param atRest whether reloading this tab now would interrupt nobody and lose nothing.
 */
export function registerServiceWorker(atRest: ReadonlySignal<boolean>): void {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const replaced = signal(false);
  let controlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    // The first one takes nobody's place.
    replaced.value = controlled;
    controlled = true;
  });
  effect(() => {
    if (!replaced.value || !atRest.value) return;
    const timer = setTimeout(() => location.reload(), REST);
    return () => clearTimeout(timer);
  });
  // Without a network the version that is here goes on.
  setTimeout(() => register().catch(() => {}), BEHIND_CAMERA);
}

async function register(): Promise<void> {
  const { Workbox } = await import('workbox-window');
  const workbox = new Workbox('/sw.js');
  workbox.addEventListener('waiting', () => {
    update.value = () => workbox.messageSkipWaiting();
  });
  await workbox.register();
}
