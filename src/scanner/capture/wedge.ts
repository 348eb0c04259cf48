import { createScanText, LEAST, type ListenToReader, type ScanListener } from './scan-text.ts';
import { usKey } from './us-keys.ts';

const ENDS = new Set(['Enter', 'Tab']);
/** Keys that readers press too, on the way to a character. */
const SILENT = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock|Process|Unidentified|Dead)$/;
/** Milliseconds: readers leave less between two characters, and a hand in a hurry more. */
const READER_PACE = 40;

/** What of a KeyboardEvent says which character was typed, and when, in milliseconds. */
export type Key = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'timeStamp'>;

interface WedgeListener<K extends Key> extends ScanListener {
  /** Keys that were held back and turned out to be no scan, as they were typed. */
  onKeys?(keys: readonly K[]): void;
}

export interface Wedge<K extends Key> {
  /** @returns whether the key may be part of a scan, and is held back from everybody else. */
  press(key: K): boolean;
  /**
   * A hand does something else, at this time: digits of its own that are held back come
   * first. What has the pace of a reader stays, since its scan may go on.
   */
  touch(at: number): void;
  /** Forgets what was typed so far. */
  close(): void;
}

/**
 * Puts together what a reader types that passes for a keyboard (USB or Bluetooth): through
 * a Chinese input method too.
 */
export function createWedge<K extends Key>(listener: WedgeListener<K>): Wedge<K> {
  let held: K[] = [];
  const giveBack = () => {
    const keys = held;
    held = [];
    listener.onKeys?.(keys);
  };
  const scan = createScanText({
    isWhole: listener.isWhole,
    onText(text) {
      if (listener.onText(text)) held = [];
      else giveBack();
    },
    onScraps: giveBack,
  });
  function touch(at: number): void {
    if (!isOfHand(held, at)) return;
    scan.close();
    giveBack();
  }
  return {
    touch,
    press(key) {
      const character = characterOf(key);
      // A scan begins with a letter or digit; Space and Enter alone press buttons.
      if (scan.empty && (!character || character === ' ')) return false;
      if (character) {
        if (scan.add(character)) held.push(key);
        return true;
      }
      const ends = ENDS.has(key.key) || key.code === 'NumpadEnter';
      if (ends) scan.end();
      else if (!SILENT.test(key.key)) touch(key.timeStamp);
      return ends;
    },
    close() {
      held = [];
      scan.close();
    },
  };
}

/**
 * Whether digits are a hand's by their pace. Too few for a scan, it is enough that the reader
 * would have gone on by now; from then on a reader without an end may have done its work.
 */
function isOfHand(keys: readonly Key[], at: number): boolean {
  const [first, last] = [keys[0], keys.at(-1)];
  if (!first || !last || !keys.every(({ key }) => /^[\dX]$/i.test(key))) return false;
  return keys.length < LEAST
    ? at - last.timeStamp > READER_PACE
    : (last.timeStamp - first.timeStamp) / (keys.length - 1) > READER_PACE;
}

/** An input method keeps the character to itself, or makes another of it: the key stays. */
function characterOf({ key, code, shiftKey }: Key): string | undefined {
  if (/^[\x20-\x7e]$/.test(key)) return key;
  const hidden = key === 'Process' || key === 'Unidentified' || [...key].length === 1;
  return hidden ? usKey(code, shiftKey) : undefined;
}

/**
 * Listens to the whole page. What may belong to a scan is `defaultPrevented` for everybody
 * else, and comes again, as a key of its own, if it was a hand's. A field keeps what is
 * typed into it, and a scan among it is told all the same.
 */
export const listenToWedge: ListenToReader = (listener) => {
  let isGivingBack = false;
  const wedge = createWedge<KeyboardEvent>({
    ...listener,
    // All at once, so that none comes to the next screen.
    onKeys(events) {
      isGivingBack = true;
      events.forEach(repeat);
      isGivingBack = false;
    },
  });
  const listen = (event: KeyboardEvent) => {
    if (isGivingBack || event.ctrlKey || event.altKey || event.metaKey) return;
    // What belongs to a scan must not scroll the page or press a button.
    if (wedge.press(event) && !isField(event.target)) event.preventDefault();
  };
  const touch = ({ timeStamp }: Event) => wedge.touch(timeStamp);
  window.addEventListener('keydown', listen, { capture: true });
  window.addEventListener('pointerdown', touch, { capture: true });
  return () => {
    window.removeEventListener('keydown', listen, { capture: true });
    window.removeEventListener('pointerdown', touch, { capture: true });
    wedge.close();
  };
};

function repeat(event: KeyboardEvent): void {
  const { target, code, shiftKey } = event;
  if (isField(target)) return;
  const key = characterOf(event) ?? event.key;
  const again = new KeyboardEvent('keydown', { key, code, shiftKey, bubbles: true });
  // What had the focus may be gone from the page by now.
  (target instanceof Element && target.isConnected ? target : window).dispatchEvent(again);
}

/** Where text is typed; a slider or a file button is none. */
function isField(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.matches('input:not([type="range"], [type="file"]), textarea, select, [contenteditable]')
  );
}
