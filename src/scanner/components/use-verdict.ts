import { useEffect, useState } from 'preact/hooks';

/**
 * A verdict cannot be sent away sooner than this, milliseconds: a glove that bounces on
 * the last digit of a reading must not wipe out the stop that it brought about.
 */
const SEEN_AFTER = 800;
/** Nor is a pass held by the bounce of that digit. */
const STEADY_AFTER = 350;

interface Moves {
  /** It goes by itself, unless it is held. */
  readonly passing: boolean;
  readonly hold: () => void;
  readonly leave: () => void;
}

/**
 * What a touch and a key do about a verdict on the screen.
 *
 * @param shown is new with each verdict.
 */
export function useVerdict(shown: object, { passing, hold, leave }: Moves) {
  const seen = useShown(shown, SEEN_AFTER);
  const steady = useShown(shown, STEADY_AFTER);
  return {
    /** Whether it may be sent away, and held. */
    seen,
    steady,
    touch() {
      if (passing && steady) hold();
    },
    press({ key, target, currentTarget, defaultPrevented }: KeyboardEvent) {
      // Prevented: it belongs to a scan.
      if (defaultPrevented) return;
      if (passing && key === ' ') hold();
      else if (seen && (key === 'Escape' || (key === 'Enter' && target === currentTarget))) leave();
    },
  };
}

/** Whether this has been on the screen for so many milliseconds. */
function useShown(what: object, milliseconds: number): boolean {
  const [shown, setShown] = useState<object | undefined>(undefined);
  useEffect(() => {
    const timer = setTimeout(() => setShown(what), milliseconds);
    return () => clearTimeout(timer);
  }, [what, milliseconds]);
  return shown === what;
}
