/**
 * Keeps the screen on where the browser can (W3C Screen Wake Lock): a code held before a dark
 * tablet is a person who waits. The browser lets go of it whenever the page is hidden, and the
 * system when it likes.
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let wanted = true;

  async function hold(): Promise<void> {
    if (document.hidden || !wanted) return;
    // It may say no, with an empty battery: the screen goes dark then, as it would anyway.
    const held = await navigator.wakeLock?.request('screen').catch(() => undefined);
    if (!wanted) return held?.release();
    lock = held;
    held?.addEventListener('release', again, { once: true });
  }

  function again(): void {
    void hold();
  }

  document.addEventListener('visibilitychange', again);
  again();
  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
  };
}
