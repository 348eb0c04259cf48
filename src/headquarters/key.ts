const KEPT = 'kakou-headquarters-key';

/**
 * The key that opens headquarters. It comes in the fragment, which no server sees, and
 * leaves the address bar at once, so that no screenshot, history or bookmark shows it.
 * It stays as long as the tab.
 */
export function takeKey(): string | undefined {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key) {
    keepKey(key);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(KEPT) ?? undefined;
}

export function keepKey(key: string): void {
  sessionStorage.setItem(KEPT, key);
}
