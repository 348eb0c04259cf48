import { words } from '../i18n/index.ts';

/**
 * The database does not open: without keys and lists this device can judge nobody. Lockdown
 * Mode leaves none to open.
 */
export function NoStorage() {
  const { disk } = words.value;
  return (
    <main class="enrol" data-no-storage>
      <h1>{disk.closed}</h1>
      <p class="big">{'indexedDB' in window ? disk.closedNext : disk.lockedDown}</p>
      <button type="button" class="primary" onClick={() => location.reload()}>
        {disk.tryAgain}
      </button>
    </main>
  );
}
