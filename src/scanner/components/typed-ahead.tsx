import { useEffect } from 'preact/hooks';
import { navigate } from '../state/route.ts';
import { useDigitKeys } from './use-digit-keys.ts';

let typed = '';

/** Stands in for a page of digits that is on its way, and keeps what is typed meanwhile. */
export function TypedAhead() {
  useDigitKeys(
    (key) => {
      typed += key;
    },
    () => {
      typed = typed.slice(0, -1);
    },
    () => navigate('/'),
  );
  // Whoever turned back does not find their digits the next time.
  useEffect(
    () => () => {
      typed = '';
    },
    [],
  );
  return null;
}

/** What was typed for the page that comes now. */
export function takeTypedAhead(): string {
  const taken = typed;
  typed = '';
  return taken;
}
