import { useEffect, useRef } from 'preact/hooks';

/** Lets a keyboard do what the keypad does, wherever the focus is. */
export function useDigitKeys(onKey: (key: string) => void, onErase: () => void): void {
  const latest = useRef({ onKey, onErase });
  latest.current = { onKey, onErase };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^[\dxX]$/.test(event.key)) latest.current.onKey(event.key.toUpperCase());
      else if (event.key === 'Backspace') latest.current.onErase();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
