import { useEffect, useState } from 'preact/hooks';

/** Whole seconds that are left of so many since `what` changed; 0 from then on. */
export function useCountdown(what: unknown, seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const end = performance.now() + seconds * 1000;
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
