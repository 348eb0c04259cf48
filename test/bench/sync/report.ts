import { type DeviceFigures, deviceGoals } from './device.ts';
import { type IngestFigures, ROUNDS } from './ingest.ts';
import type { OpenerFigures } from './opener.ts';

/** The page that this bench writes, down to the part about the device. */
export function report(
  ingest: readonly IngestFigures[],
  opener: OpenerFigures,
  device: DeviceFigures,
): string {
  const ratios = ingest.map(({ size, ratio }) => [
    `ingest in batches of ${size}, of a bare INSERT`,
    'at least 0.6',
    ratio.toFixed(2),
  ]);
  return `# How fast records get through

\`npm run bench:sync\` wrote this page. Client, server and PostgreSQL share one machine, and every
commit waits for its disk. Ratios of one run hold from machine to machine, times do not.

## Goals

${table(
  ['what', 'goal', 'measured'],
  [
    ...ratios,
    ['records that one core of an opener opens, a second', 'at least 5,000', whole(opener.core)],
    ...deviceGoals(device),
  ],
)}

## Ingest

Eight stations at once, each sending its next batch when it has the receipt of the one before, over
HTTP to \`npm start -- front\`; and the same bytes as bare multi-row \`INSERT … ON CONFLICT
DO NOTHING\` on eight connections, as \`VALUES\` and as \`unnest\`. They take turns, ${ROUNDS} times; the
rates are the median of these, and the ratio is to the faster one. A sealed record has
${whole(ingest[0]?.bytes ?? 0)} bytes.

${table(
  ['records in a batch', 'by', 'records a second', 'ms a batch, median', '99th percentile'],
  ingest.flatMap(({ size, kakou, values, unnest }) =>
    Object.entries({ Kakou: kakou, 'bare VALUES': values, 'bare unnest': unnest }).map(
      ([by, { rate, median, p99 }]) => [
        String(size),
        by,
        whole(rate),
        median.toFixed(1),
        p99.toFixed(1),
      ],
    ),
  ),
)}

## Opener

${whole(opener.records)} records of 20 stations, one opener.

${table(
  ['what', 'records a second'],
  [
    [
      'from sealed to opened rows, by the clock, with PostgreSQL on the same machine',
      whole(opener.wall),
    ],
    ["the same, by the opener's own processor time", whole(opener.core)],
    ['decrypting and checking alone, by processor time', whole(opener.openOnly)],
    ['decrypting alone with jose, by processor time', whole(opener.jose)],
  ],
)}
`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
