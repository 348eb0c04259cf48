const KEPT = 'kakou-headquarters-key';

/**
 * The key that opens headquarters, or the token of a session. It comes in the fragment, which
 * no server sees, and leaves the address bar at once, so that no screenshot, history or
 * bookmark shows it. It stays as long as the tab.
 */
export function takeKey(): string | undefined {
  const key = takeFromFragment('key');
  if (key) keepKey(key);
  return sessionStorage.getItem(KEPT) ?? undefined;
}

/** The invitation with which this tab was opened. */
export function takeInvitation(): string | undefined {
  return takeFromFragment('invite');
}

export function keepKey(key: string): void {
  sessionStorage.setItem(KEPT, key);
}

/** Whoever signs out leaves neither the key in this tab nor what they typed. */
export function forgetTab(): void {
  sessionStorage.clear();
}

function takeFromFragment(name: string): string | undefined {
  const value = new URLSearchParams(location.hash.slice(1)).get(name);
  if (value) history.replaceState(null, '', location.pathname);
  return value ?? undefined;
}
