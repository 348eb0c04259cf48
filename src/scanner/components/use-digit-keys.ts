import { useEffect, useRef } from 'preact/hooks';

/** Lets a keyboard do what the keypad does, wherever the focus is; Escape cancels. */
export function useDigitKeys(
  onKey: (key: string) => void,
  onErase: () => void,
  onCancel: () => void,
): void {
  const latest = useRef({ onKey, onErase, onCancel });
  latest.current = { onKey, onErase, onCancel };
  useEffect(() => {
    const listen = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent) => {
      if (ctrlKey || metaKey || altKey || target instanceof HTMLInputElement) return;
      if (/^[\dxX]$/.test(key)) latest.current.onKey(key.toUpperCase());
      else if (key === 'Backspace') latest.current.onErase();
      else if (key === 'Escape') latest.current.onCancel();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
