/** Milliseconds of looking: it stands still while nobody looks. */
export interface LookingClock {
  now(): number;
  go(): void;
  halt(): void;
}

/** It stands still until it is told to go. */
export function createLookingClock(): LookingClock {
  let before = 0;
  let since: number | undefined;
  const now = () => before + (since === undefined ? 0 : performance.now() - since);
  return {
    now,
    go() {
      since ??= performance.now();
    },
    halt() {
      before = now();
      since = undefined;
    },
  };
}
