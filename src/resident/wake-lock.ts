/**
 * Keeps the screen awake while the page is in front, where the browser can: a held-up
 * phone should not go dark in the queue. It is only a comfort, so a refusal is no error.
 *
 * @returns lets the screen sleep again.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let released = false;
  const request = async () => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    try {
      const granted = await navigator.wakeLock.request('screen');
      if (released) await granted.release();
      else lock = granted;
    } catch {
      // A low battery refuses it.
    }
  };
  // The browser takes the lock back whenever the page is hidden.
  document.addEventListener('visibilitychange', request);
  void request();
  return () => {
    released = true;
    document.removeEventListener('visibilitychange', request);
    void lock?.release();
  };
}
