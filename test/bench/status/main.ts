import { writeFile } from 'node:fs/promises';
import { migrate } from '../../../src/authority/database/migrate.ts';
import { openDatabase } from '../../../src/authority/database/sql.ts';
import { makeStoredKey, useKey } from '../../../src/authority/keys/authority-key.ts';
import { publishShards } from '../../../src/authority/publish/status.ts';
import { documentRoutes } from '../../../src/authority/routes/documents.ts';
import type { ListedShard } from '../../../src/core/documents/bulletin.ts';
import { startOwnPostgres } from '../../support/postgres.ts';
import { codings, type Loaded, loadLists } from './device.ts';
import { change, changesAnHour, type Place, settleListed } from './place.ts';
import { report } from './report.ts';

const FIGURES = 'docs/figures/status.md';
const ISSUER = 'https://demo.kakou.example';
const START = 1_583_827_200;
const HOUR = 3600;

const PLACES: readonly (Place & { readonly publications: number })[] = [
  { name: 'town', residents: 5_700_000, publications: 12 },
  { name: 'province', residents: 59_000_000, publications: 1 },
];

/** Bytes on the wire of everything asked for, by `Accept-Encoding`. */
export type Wire = Readonly<Record<'identity' | 'gzip' | 'br', number>>;

export interface PlaceFigures {
  readonly place: Place;
  readonly shards: number;
  /** Whole lists as devices get them, and as the standard has them. */
  readonly files: number;
  readonly tokens: Wire;
  /** Since an hour ago, all shards. */
  readonly deltas: Wire;
  readonly changes: number;
  /** Publishing everything for the first time, and after an hour of changes, milliseconds. */
  readonly published: number;
  readonly republished: number;
  /** The same with nothing changed. */
  readonly idle: number;
  readonly loaded: Loaded;
}

/** The lists of a town and of a province, published and served by the authority itself. */
export async function benchStatus(): Promise<void> {
  const postgres = await startOwnPostgres();
  try {
    const figures: PlaceFigures[] = [];
    for (const place of PLACES) figures.push(await measure(place, await postgres.createDatabase()));
    const text = report(figures, codings());
    console.log(text);
    await writeFile(FIGURES, text);
  } finally {
    await postgres.stop();
  }
}

async function measure(
  place: Place & { readonly publications: number },
  url: string,
): Promise<PlaceFigures> {
  const db = openDatabase(url, () => {});
  try {
    await migrate(db);
    await settleListed(db, place, START);
    const by = {
      issuer: ISSUER,
      key: await useKey('status', await makeStoredKey('status', START)),
    };
    let now = START;
    const publish = () => timed(() => db.transaction((sql) => publishShards(sql, by, now)));
    const first = await publish();
    // What devices hold: the hour begins some time after the lists were first made.
    now += 2 * HOUR;
    await change(db, place, Math.round(changesAnHour(place) / place.publications));
    const base = await publish();
    const answers = await wholeLists(documentRoutes(db), base.value);
    let last = base;
    const changes = changesAnHour(place);
    for (let i = 0; i < place.publications; i++) {
      now += HOUR / place.publications;
      await change(db, place, Math.round(changes / place.publications));
      last = await publish();
    }
    const idle = await publish();
    const deltas = await deltasBetween(documentRoutes(db), base.value, last.value);
    return {
      place,
      shards: base.value.length,
      ...answers,
      deltas,
      changes,
      published: first.took,
      republished: last.took,
      idle: idle.took,
      loaded: await loadLists(answers.packed),
    };
  } finally {
    await db.end();
  }
}

type App = ReturnType<typeof documentRoutes>;

async function wholeLists(app: App, lists: readonly ListedShard[]) {
  const packed: Uint8Array<ArrayBuffer>[] = [];
  for (const { shard, version } of lists) {
    packed.push(await bodyOf(app, `/status/${shard}/${version}`, 'identity'));
  }
  const tokens = await weigh(
    app,
    lists.map(({ shard }) => `/status/${shard}`),
  );
  return { packed, files: packed.reduce((sum, { length }) => sum + length, 0), tokens };
}

/** As a device does that has not asked for an hour. */
function deltasBetween(
  app: App,
  base: readonly ListedShard[],
  newest: readonly ListedShard[],
): Promise<Wire> {
  const paths = newest.map(({ shard, version, since }) => {
    const held = base.find((one) => one.shard === shard)?.version ?? 0;
    const from = Math.max(...since.filter((one) => one <= held));
    return `/status/${shard}/since/${from}/${version}`;
  });
  return weigh(app, paths);
}

async function weigh(app: App, paths: readonly string[]): Promise<Wire> {
  const size = async (coding: string) => {
    let sum = 0;
    for (const path of paths) sum += (await bodyOf(app, path, coding)).length;
    return sum;
  };
  return { identity: await size('identity'), gzip: await size('gzip'), br: await size('br') };
}

async function bodyOf(app: App, path: string, coding: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await app.request(path, { headers: { 'Accept-Encoding': coding } });
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; took: number }> {
  const start = performance.now();
  const value = await work();
  return { value, took: performance.now() - start };
}
