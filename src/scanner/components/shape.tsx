import type { VerdictKind } from '../../core/verdict/reasons.ts';

/** Each verdict has a shape of its own, told apart without any colour. */
const PATHS: Record<VerdictKind, { outline: string; sign: string }> = {
  pass: {
    outline: 'M50 4a46 46 0 1 1 0 92a46 46 0 1 1 0-92z',
    sign: 'M28 51l16 16l29-33',
  },
  stop: {
    outline: 'M31 4h38l27 27v38l-27 27h-38l-27-27v-38z',
    sign: 'M33 33l34 34M67 33l-34 34',
  },
  measure: {
    outline: 'M8 8h84v84h-84z',
    sign: 'M50 26v30M50 56a9 9 0 1 0 .1 0',
  },
  unverified: {
    outline: 'M50 5l47 88h-94z',
    sign: 'M41 46c0-12 19-12 19 0c0 8-9 8-9 17M51 77v2',
  },
};

export function Shape({ verdict }: { verdict: VerdictKind }) {
  const { outline, sign } = PATHS[verdict];
  return (
    <svg class="shape" viewBox="0 0 100 100" aria-hidden="true">
      <path class="shape-outline" d={outline} />
      <path class="shape-sign" d={sign} />
    </svg>
  );
}
