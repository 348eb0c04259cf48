/** The tag by which the service worker knows that records wait. */
export const OUTBOX_SYNC = 'kakou-outbox';

/** Not in every browser, and so not in TypeScript's library. */
interface SyncManager {
  register(tag: string): Promise<void>;
}

/**
 * Asks the browser to wake the service worker once there is a network, with or without
 * a page. Where it cannot or may not, the page alone delivers.
 */
export async function requestBackgroundSync(
  registration: ServiceWorkerRegistration & { readonly sync?: SyncManager },
): Promise<void> {
  await registration.sync?.register(OUTBOX_SYNC).catch(() => {});
}
