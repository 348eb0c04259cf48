import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dice } from '../support/hostile/random.ts';
import { settle } from './ledger.ts';
import { openSite, type Site } from './site.ts';
import { openStation, type Station } from './station.ts';

/** `npm run test:fault` runs them all, `npm test` a few. */
const ALL = process.env['FAULT_ROUNDS'] === 'all';
const ROUNDS = { browser: ALL ? 200 : 5, authority: ALL ? 50 : 3, postgres: ALL ? 50 : 3 };
const SEED = Number(process.env['FAULT_SEED'] ?? 20200225);

const { between, chance } = dice(SEED);
let site: Site;
let station: Station;

beforeAll(async () => {
  site = await openSite(SEED);
  station = await openStation(site);
});
afterAll(async () => {
  await station?.close();
  await site?.close();
});

test('a browser that is killed at any moment loses no record and doubles none', async () => {
  const before = station.attempts.length;
  for (let round = 0; round < ROUNDS.browser; round++) {
    const updates = chance(0.2);
    // An update that loses one file begins anew: few would get as far as taking over.
    if (updates) site.network.calm();
    else site.network.rage();
    // Whatever it is doing dies with it.
    const working = updates ? station.update() : station.work(() => false);
    const died = working.catch(() => {});
    await pause(between(0, updates ? 6000 : 4500));
    await station.kill();
    await died;
    await station.start();
  }
  await settle(site, station, `${ROUNDS.browser} kills of the browser, ${station.updates} updates`);
  expect(station.attempts.length - before).toBeGreaterThan(ROUNDS.browser / 2);
});

for (const [name, rounds, kill] of [
  ['authority', ROUNDS.authority, () => site.killAuthority()],
  ['PostgreSQL', ROUNDS.postgres, () => site.killPostgres()],
] as const) {
  test(`${name} killed in the middle of batches loses no record and doubles none`, async () => {
    let over = false;
    site.network.rage();
    const working = station.work(() => over);
    let uploading = 0;
    for (let round = 0; round < rounds; round++) {
      await pause(between(200, 2500));
      // Every other one as soon as a batch is on its way, the others somewhat later.
      await site.nextBatch();
      if (round % 2 === 1) await pause(between(0, 30));
      if (site.network.uploading > 0) uploading++;
      await kill();
    }
    over = true;
    await working;
    await settle(site, station, `${rounds} kills of ${name}, ${uploading} with a batch on its way`);
    expect(uploading).toBeGreaterThan(rounds / 4);
  });
}
