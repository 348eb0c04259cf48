import { useEffect, useState } from 'preact/hooks';

/** When each began to be waited for, milliseconds: it may leave the screen, and come back. */
const began = new WeakMap<object, number>();

/** Whole seconds that are left of so many since this was first seen; 0 from then on. */
export function useCountdown(what: object, seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const since = began.get(what) ?? performance.now();
    began.set(what, since);
    const end = since + seconds * 1000;
    let timer = 0;
    const look = () => {
      const rest = Math.max(0, end - performance.now());
      setLeft(Math.ceil(rest / 1000));
      if (rest > 0) timer = window.setTimeout(look, rest % 1000 || 1000);
    };
    look();
    return () => clearTimeout(timer);
  }, [what, seconds]);
  return left;
}
