import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dice } from '../support/hostile/random.ts';
import { makeFolder } from '../support/postgres.ts';
import { type Disk, makeDisk, whyNoDisk } from './disk.ts';
import { settle } from './ledger.ts';
import { openSite, type Site } from './site.ts';
import { openStation, type Station } from './station.ts';

/** `npm run test:fault` runs them all, `npm test` a few. */
const ROUNDS = process.env['FAULT_ROUNDS'] === 'all' ? 50 : 4;
/** The journal of an ext4 is written this often, milliseconds; what files hold comes later. */
const BOOKKEEPING = 6000;
const SEED = Number(process.env['FAULT_SEED'] ?? 20200318);

const whyNot = await whyNoDisk();
if (whyNot) console.log(`No power is cut, because no disk can be made here: ${whyNot}`);

describe.skipIf(whyNot)('with the authority on one disk and the station on another', () => {
  const { between } = dice(SEED);
  let folder: string;
  let disks: Record<'authority' | 'station', Disk>;
  let site: Site;
  let station: Station;
  const closers: (() => Promise<void> | void)[] = [];

  function plugInNew(name: string): Disk {
    const disk = makeDisk(join(folder, name));
    closers.push(disk.remove);
    return disk;
  }

  beforeAll(async () => {
    folder = makeFolder('power');
    closers.push(() => rmSync(folder, { recursive: true }));
    disks = { authority: plugInNew('authority'), station: plugInNew('station') };
    site = await openSite(SEED, disks.authority);
    closers.push(site.close);
    station = await openStation(site, disks.station.folder);
    closers.push(station.close);
  });
  afterAll(async () => {
    const faults: unknown[] = [];
    for (let close = closers.pop(); close; close = closers.pop()) {
      await Promise.resolve(close()).catch((fault) => faults.push(fault));
    }
    expect(faults).toEqual([]);
  });

  test('a cut takes what was not forced onto the disk, and nothing else', async () => {
    const disk = plugInNew('proof');
    const [forced, not] = [join(disk.folder, 'forced'), join(disk.folder, 'not')];
    writeFileSync(not, 'in memory only');
    writeFileSync(forced, 'on the disk', { flush: true });
    writeFileSync(`${not}-even-named`, '');
    disk.cut();
    expect(() => readFileSync(forced)).toThrow('EIO');
    await disk.plugIn();
    expect(readFileSync(forced, 'utf8')).toBe('on the disk');
    expect(readFileSync(not, 'utf8')).toBe('');
    expect(() => readFileSync(`${not}-even-named`)).toThrow('ENOENT');
  });

  async function cutStation(): Promise<void> {
    disks.station.cut();
    await station.kill();
    await disks.station.plugIn();
    await station.start();
  }

  test('a station whose power is cut as soon as it is enrolled is enrolled', async () => {
    await cutStation();
    // The app itself may be gone: then it comes from the network again (docs/decisions/042).
    await station.install();
    disks.station.settle();
  });

  test('a station whose power is cut loses no record and doubles none', async () => {
    const before = station.attempts.length;
    site.network.rage();
    for (let round = 0; round < ROUNDS; round++) {
      let over = false;
      const { length } = station.attempts;
      const died = station.work(() => over).catch(() => {});
      // One at least has been judged since the cut before.
      await expect
        .poll(() => station.attempts.length, { timeout: 60_000 })
        .toBeGreaterThan(length + 1);
      await pause(between(0, 3000));
      // In every other round nobody has come for a while, and the disk knows of a longer log
      // than it has (docs/decisions/042).
      if (round % 2 === 0) {
        over = true;
        await died;
        await pause(BOOKKEEPING);
      }
      await cutStation();
      await died;
    }
    await settle(site, station, `${ROUNDS} cuts of the station's power`);
    expect(station.attempts.length - before).toBeGreaterThan(ROUNDS / 2);
  });

  test('an authority whose power is cut in the middle of batches loses no record and doubles none', async () => {
    let over = false;
    site.network.rage();
    const working = station.work(() => over);
    let uploading = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await pause(between(200, 2500));
      await site.nextBatch();
      if (round % 2 === 1) await pause(between(0, 30));
      if (site.network.uploading > 0) uploading++;
      await site.cutPower();
    }
    over = true;
    await working;
    await settle(site, station, `${ROUNDS} cuts of the authority's, ${uploading} in a batch`);
    expect(uploading).toBeGreaterThan(0);
  });
});
