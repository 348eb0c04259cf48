/** Milliseconds without a character after which a reader that sends no end is done. */
const DONE_AFTER = 300;
/** Milliseconds that a text which is not whole waits for the rest of a split scan. */
const REST_AFTER = 2_000;
/** Milliseconds: readers leave less between two characters, and a hand on a keypad more. */
const HAND_AFTER = 100;
/** Characters: below it, somebody leaned on the keyboard. */
export const LEAST = 8;
/** Characters in the longest QR (ISO/IEC 18004, version 40-L, alphanumeric). */
const MOST = 4_296;

/** Who waits for what is read. */
export interface ScanListener {
  /**
   * Whether nothing is missing at the end of a text; what is not whole is waited for, and
   * told as it is if nothing more comes.
   */
  isWhole(text: string): boolean;
  /** Answers whether the text is taken; if not, it counts as typed by hand. */
  onText(text: string): boolean;
}

/**
 * A way in for what a hand-held reader reads. One contract suite runs against each.
 *
 * @returns ends it: nothing more is told
 */
export type ListenToReader = (listener: ScanListener) => () => void;

/** The characters of a reader, one by one, put together to whole texts. */
export interface ScanText {
  /** Nothing has come since the last text. */
  readonly empty: boolean;
  /** @returns whether there was room for it. */
  add(character: string): boolean;
  /** What readers send behind a text: Enter, Tab, CR or LF. */
  end(): void;
  /** Forgets what came so far. */
  close(): void;
}

interface ScanTextParts {
  readonly isWhole: (text: string) => boolean;
  readonly onText: (text: string) => void;
  /** What came was no scan: too short, or digits as slow as a hand's. */
  readonly onScraps?: () => void;
}

/** Bears with readers that send no end, split a text, or have Caps Lock on. */
export function createScanText({ isWhole, onText, onScraps = () => {} }: ScanTextParts): ScanText {
  let typed = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pause(): void {
    if (isWhole(typed)) tell();
    else timer = setTimeout(tell, REST_AFTER - DONE_AFTER);
  }

  function tell(): void {
    const text = withoutIdentifier(typed);
    close();
    if (text.length >= LEAST) onText(text);
    else onScraps();
  }

  function close(): void {
    clearTimeout(timer);
    typed = '';
  }

  return {
    get empty() {
      return typed === '';
    },
    add(character) {
      clearTimeout(timer);
      const fits = typed.length < MOST;
      if (fits) typed = upperCased(typed + character);
      timer = /^[\dX]{1,7}$/i.test(typed)
        ? setTimeout(tell, HAND_AFTER)
        : setTimeout(pause, DONE_AFTER);
      return fits;
    },
    end() {
      if (typed === '') return;
      clearTimeout(timer);
      if (isWhole(typed)) tell();
      else timer = setTimeout(pause, DONE_AFTER);
    },
    close,
  };
}

/** Base45 has capitals only: small ones are Caps Lock's. */
function upperCased(text: string): string {
  return /^(\]Q\d)?k[bk]\d{1,3}:/i.test(text) ? text.toUpperCase() : text;
}

/** Some readers say first what kind of code it was (ISO/IEC 15424, Q for QR). */
function withoutIdentifier(text: string): string {
  return text.replace(/^\]Q\d/i, '');
}
