import { useMemo } from 'preact/hooks';
import { drawQr, QUIET_ZONE } from './draw-qr.ts';

/**
 * A QR, dark on white whatever the theme.
 *
 * @param props.provedAt of a live code: when it was proved, epoch seconds.
 */
export function Qr(props: {
  readonly text: string;
  readonly label: string;
  readonly provedAt?: number | undefined;
}) {
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
