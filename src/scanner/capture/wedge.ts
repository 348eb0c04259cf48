import { usKey } from './us-keys.ts';

/** Milliseconds without a key after which a reader that sends no Enter is done. */
const DONE_AFTER = 300;
/** Milliseconds that a text which is not whole waits for the rest of a split scan. */
const REST_AFTER = 2_000;
/** Characters: below it, somebody leaned on the keyboard. */
const LEAST = 8;
/** Characters in the longest QR (ISO/IEC 18004, version 40-L, alphanumeric). */
const MOST = 4_296;
const ENDS = new Set(['Enter', 'Tab']);

/** What of a KeyboardEvent says which character was typed. */
export type Key = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

export interface Wedge {
  /** @returns whether the key is part of a scan, and nobody else's. */
  press(key: Key): boolean;
  /** Forgets what was typed so far. */
  close(): void;
}

/**
 * Puts together what a reader types that passes for a keyboard (USB or Bluetooth): with
 * or without Enter, in one go or in pieces, through a Chinese input method, with Caps Lock.
 *
 * @param isWhole whether nothing is missing at the end of a text; what is not whole is
 * waited for, and told as it is if nothing more comes
 */
export function createWedge(
  isWhole: (text: string) => boolean,
  onText: (text: string) => void,
): Wedge {
  let typed = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pause(): void {
    if (isWhole(typed)) tell();
    else timer = setTimeout(tell, REST_AFTER - DONE_AFTER);
  }

  function tell(): void {
    const text = typed;
    close();
    if (text.length >= LEAST) onText(text);
  }

  function close(): void {
    clearTimeout(timer);
    typed = '';
  }

  return {
    press(key) {
      const character = characterOf(key);
      const ends = ENDS.has(key.key) || key.code === 'NumpadEnter';
      // A scan begins with a letter or digit; Space and Enter alone press buttons.
      if (typed === '' && (!character || character === ' ')) return false;
      if (!character && !ends) return false;
      clearTimeout(timer);
      if (ends && isWhole(typed)) {
        tell();
        return true;
      }
      if (character && typed.length < MOST) typed = upperCased(typed + character);
      timer = setTimeout(pause, DONE_AFTER);
      return true;
    },
    close,
  };
}

/** Base45 has capitals only: small ones are Caps Lock's. */
function upperCased(text: string): string {
  return /^kk\d{1,3}:/i.test(text) ? text.toUpperCase() : text;
}

/** An input method keeps the character to itself, or makes another of it: the key stays. */
function characterOf({ key, code, shiftKey }: Key): string | undefined {
  if (/^[\x20-\x7e]$/.test(key)) return key;
  const hidden = key === 'Process' || key === 'Unidentified' || [...key].length === 1;
  return hidden ? usKey(code, shiftKey) : undefined;
}

/** Listens to the whole page, but not to what is typed into a field. */
export function listenToWedge(
  isWhole: (text: string) => boolean,
  onText: (text: string) => void,
): () => void {
  const wedge = createWedge(isWhole, onText);
  const listen = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
    // What belongs to a scan must not scroll the page or press a button.
    if (wedge.press(event)) event.preventDefault();
  };
  window.addEventListener('keydown', listen, { capture: true });
  return () => {
    window.removeEventListener('keydown', listen, { capture: true });
    wedge.close();
  };
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, textarea, select, [contenteditable]');
}
