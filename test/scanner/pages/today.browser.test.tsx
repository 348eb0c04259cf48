import { render } from 'preact';
import { expect, test, vi } from 'vitest';
import { noteEncounter } from '../../../src/device/encounters.ts';
import { EMPTY, type Tally } from '../../../src/device/tallies.ts';
import { language } from '../../../src/scanner/i18n/index.ts';
import { lazyWords } from '../../../src/scanner/i18n/lazy/index.ts';
import { talliesCsv } from '../../../src/scanner/pages/tallies-csv.ts';
import { TodayPage } from '../../../src/scanner/pages/today.tsx';
import { createClock } from '../../../src/scanner/state/clock.ts';
import { openStation } from '../../../src/scanner/state/station.ts';
import { NOW } from '../../core/make.ts';
import { makeStation } from '../../device/station.ts';

const someone = { person: undefined, took: 5, fever: false };

test('the hours of today are bars for the eye and a table for everybody; yesterday is not there', async () => {
  const { store } = await makeStation();
  // Noon where this runs.
  const noon = new Date(NOW * 1000).setHours(12, 0, 0, 0) / 1000;
  for (const [at, verdict, reason, more = {}] of [
    [noon - 86_400, 'pass', 'green'],
    [noon - 3600, 'pass', 'green'],
    [noon - 3600, 'stop', 'red', { fever: true, took: 9 }],
    [noon, 'unverified', 'damaged'],
  ] as const) {
    await noteEncounter(store, { ...someone, at, verdict, reason, ...more }, undefined, 600);
  }
  language.value = 'zh';
  const wall = () => (noon + 60) * 1000;
  const clock = createClock({ wall, elapsed: () => performance.now() });
  const station = await openStation(store, clock, reportError);
  const place = document.createElement('div');
  document.body.append(place);
  render(<TodayPage app={{ store, station }} />, place);
  await vi.waitUntil(() => place.querySelectorAll('.hours tbody tr').length > 0);

  const rows = [...place.querySelectorAll('.hours tr')].map((row) =>
    [...row.querySelectorAll('th, td:not([aria-hidden])')].map(({ textContent }) => textContent),
  );
  expect(rows).toEqual([
    ['时段', '', '通行', '止步', '无法核验', '发热', '用时（秒）'],
    ['11:00', '1', '1', '0', '1', '5'],
    ['红码 1'],
    ['12:00', '0', '0', '1', '0', '5'],
    ['健康码残缺，读不完整 1'],
  ]);
  expect(place.querySelector('[data-count="people"] b')?.textContent).toBe('3');
  expect(place.querySelector('[data-count="red"] b')?.textContent).toBe('1');
  place.remove();
});

test('the CSV has a line an hour and a column for each reason that occurred', () => {
  const tally: Tally = { ...EMPTY, reasons: { green: 2, red: 1, fever: 0 }, seconds: { 4: 3 } };
  const at = new Date(2020, 2, 10, 8).getTime() / 1000;
  const labels = { ...lazyWords.value.today, hour: 'a "b", c', reason: lazyWords.value.reason };
  const { green, red } = lazyWords.value.reason;
  expect(talliesCsv([[at, tally]], labels).split('\r\n')).toEqual([
    `\uFEFF"a ""b"", c",人次,通行,止步,无法核验,发热,中位用时（秒）,${green.why},${red.why}`,
    '2020-03-10 08:00,3,2,1,0,0,4,2,1',
    '',
  ]);
});
