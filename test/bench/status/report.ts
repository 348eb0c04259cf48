import type { Coding } from './device.ts';
import type { PlaceFigures } from './main.ts';
import { changesAnHour, entropy, LISTED, MIX, TERM } from './place.ts';

/** docs/figures/status.md */
export function report(
  places: readonly PlaceFigures[],
  { bound, all }: { readonly bound: number; readonly all: readonly Coding[] },
): string {
  const names = places.map(({ place }) => place.name);
  const row = (name: string, figure: (one: PlaceFigures) => string) => [
    name,
    ...places.map(figure),
  ];
  const times = (bytes: number, one: PlaceFigures) => (bytes / boundOf(one)).toFixed(2);
  const goals = [
    [
      'lists on the wire, of the entropy bound',
      '1.8',
      ...places.map((one) => times(one.files, one)),
    ],
    ['lookup, ns', '1000', ...places.map(({ loaded }) => loaded.lookup.toFixed(0))],
    ['lists in memory, MB', '32', ...places.map(({ loaded }) => mb(loaded.memory))],
    [
      'an hour of changes on the wire, kB',
      '5 (town)',
      ...places.map(({ deltas }) => kb(deltas.br)),
    ],
  ];
  return `# What the status lists weigh

\`npm run bench:status\` wrote this page: lists published by the authority's own code from a real
PostgreSQL and taken from its own routes. Sizes are exact and hold anywhere; times are of one
run on one machine.

Assumed: ${percent(LISTED)} of the residents are on a list (${percent(MIX.yellow)} of these yellow, ${percent(MIX.red)} red, ${percent(MIX.void)} void), at
random places, each for ${TERM / 24} days. So 2 x ${percent(LISTED)} of them change in ${TERM} hours: ${places
    .map(({ place }) => `${changesAnHour(place).toLocaleString('en')} an hour in the ${place.name}`)
    .join(', ')}.
Shards are 70 % full. The bound is Shannon's entropy of who is listed and as what: residents x
H(${LISTED}) and the kind of each; no lossless coding is smaller.

## Goals

${table(['what', 'at most', ...names], goals)}

## Sizes

${table(
  ['what', ...names],
  [
    row('residents', ({ place }) => place.residents.toLocaleString('en')),
    row('shards', ({ shards }) => String(shards)),
    row('entropy bound, kB', (one) => kb(boundOf(one))),
    row('all lists as devices get them (zlib, sent as they are), kB', ({ files }) => kb(files)),
    row('all lists as the standard has them, kB', ({ tokens }) => kb(tokens.identity)),
    row('– with gzip', (one) => `${kb(one.tokens.gzip)} (${times(one.tokens.gzip, one)})`),
    row('– with brotli', (one) => `${kb(one.tokens.br)} (${times(one.tokens.br, one)})`),
    row('deltas of an hour, all shards, kB', ({ deltas }) => kb(deltas.identity)),
    row('– with gzip', ({ deltas }) => kb(deltas.gzip)),
    row('– with brotli', ({ deltas }) => kb(deltas.br)),
    row('– changes in that hour', ({ changes }) => changes.toLocaleString('en')),
    row('on the disk of a device, kB', ({ loaded }) => kb(loaded.stored)),
    row('in its memory, MB', ({ loaded }) => mb(loaded.memory)),
  ],
)}

The delta that a device gets after an hour leads on from up to 75 minutes ago. A device holds
the lists of its own area; the column of the province is that of one that has them all.

## Times

${table(
  ['what', ...names],
  [
    row('make and publish all lists, s', ({ published }) => seconds(published)),
    row('publish again, every list changed, s', ({ republished }) => seconds(republished)),
    row('publish again, nothing changed, s', ({ idle }) => seconds(idle)),
    row('inflate a list and take its digest, ms', ({ loaded }) => loaded.open.toFixed(1)),
    row('one lookup, ns', ({ loaded }) => loaded.lookup.toFixed(0)),
  ],
)}

## Other ways to send one shard

Of the bound, ${bound.toFixed(0)} bytes:

${table(
  ['form', 'as it is', 'gzip', 'brotli'],
  all.map(({ name, ...sizes }) => [
    name,
    ...[sizes.plain, sizes.gzip, sizes.br].map((size) => `${size} (${(size / bound).toFixed(2)})`),
  ]),
)}
`;
}

/** Bytes. */
function boundOf({ place }: PlaceFigures): number {
  return entropy(place) / 8;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function kb(bytes: number): string {
  return (bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0);
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
