import { useMemo } from 'preact/hooks';
import { drawQr, QUIET_ZONE } from '../qr.ts';

/** A QR, dark on white whatever the theme. @param provedAt epoch seconds. */
export function QrImage(props: { text: string; label: string; provedAt?: number | undefined }) {
  const { text, label, provedAt } = props;
  const { size, path } = useMemo(() => drawQr(text), [text]);
  const side = size + 2 * QUIET_ZONE;
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
      shape-rendering="crispEdges"
      data-qr-text={text}
      data-proved-at={provedAt}
    >
      <rect x={-QUIET_ZONE} y={-QUIET_ZONE} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
