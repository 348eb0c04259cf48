import { lazyWords } from '../i18n/lazy/index.ts';

interface KeypadProps {
  /** Called with one of `keys`. */
  onKey: (key: string) => void;
  onErase: () => void;
  /** What stands beside the zero, if anything: a resident ID may end in X. */
  extra?: string;
}

/** Keys for gloves; a keyboard's digits work too, see `useDigitKeys`. */
export function Keypad({ onKey, onErase, extra }: KeypadProps) {
  return (
    <div class="keypad">
      {['1', '2', '3', '4', '5', '6', '7', '8', '9', extra ?? '', '0'].map((key) =>
        key ? (
          <button type="button" key={key} onClick={() => onKey(key)}>
            {key}
          </button>
        ) : (
          <span key="blank" />
        ),
      )}
      <button
        type="button"
        class="erase"
        aria-label={lazyWords.value.measure.erase}
        onClick={onErase}
      >
        ⌫
      </button>
    </div>
  );
}
