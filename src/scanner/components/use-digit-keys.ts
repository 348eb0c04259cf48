import { useLayoutEffect, useRef } from 'preact/hooks';

/** Lets a keyboard do what the keypad does, wherever the focus is; Escape cancels. */
export function useDigitKeys(
  onKey: (key: string) => void,
  onErase: () => void,
  onCancel: () => void,
): void {
  const latest = useRef({ onKey, onErase, onCancel });
  latest.current = { onKey, onErase, onCancel };
  // In the same frame as the keypad: an effect after it would miss a first digit typed at once.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target } = event;
      // Prevented: it may belong to a scan (capture/wedge.ts), and comes again if it does not.
      if (event.defaultPrevented || ctrlKey || metaKey || altKey) return;
      if (target instanceof HTMLInputElement) return;
      if (/^[\dxX]$/.test(key)) latest.current.onKey(key.toUpperCase());
      else if (key === 'Backspace') latest.current.onErase();
      else if (key === 'Escape') latest.current.onCancel();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
