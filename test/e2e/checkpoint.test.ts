import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeFromText, codeToText } from '../../src/core/code/text.ts';
import { openStatusList, statusOf } from '../../src/core/documents/status-list.ts';
import { openTrust } from '../../src/core/documents/trust.ts';
import { parseEnrolmentLink } from '../../src/core/enrolment.ts';
import type { RealBrowser } from '../support/browser.ts';
import { bendClock, setClock } from './clock.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  openCode,
  pageOf,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let station: RealBrowser;

beforeAll(async () => {
  town = await foundTown();
  station = await town.startStation();
  await bendClock(station.context);
});
afterAll(() => town?.leave());

/** Opens the scanner anew, with this before its camera, as for the next person. */
async function scan(shown: Uint8Array | string): Promise<Page> {
  await town.hold(shown);
  const page = pageOf(station);
  await page.goto(`${town.origin}/`);
  return page;
}

test('a shift without a network reaches headquarters exactly once, in order', async () => {
  const page = await enrolStation(town, station);
  const people = {
    green: await openCode(town, 'green'),
    lapsed: await openCode(town, 'lapsed'),
    yellow: await openCode(town, 'yellow'),
    red: await openCode(town, 'red'),
    elder: await openCode(town, 'elder'),
  };
  // The phone keeps the code that it got as green, whatever happens at the post.
  await people.green.route('**/codes', (route) => route.abort());
  const screenshot = await showCode(people.green);
  await town.wire.cut();

  await scan((await showCode(people.green)).png);
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await enterReading(page, '365');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.waitForSelector('[data-verdict]', { state: 'detached' });

  await scan((await showCode(people.green)).png);
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await enterReading(page, '376');
  expect(await verdictOn(page, 'stop')).toBe('fever');

  await scan((await showCode(people.green)).png);
  expect(await verdictOn(page, 'stop')).toBe('fever-earlier');

  for (const scenario of ['yellow', 'red', 'lapsed'] as const) {
    await scan((await showCode(people[scenario])).png);
    expect(await verdictOn(page, 'stop')).toBe(scenario);
  }

  const elder = await showCode(people.elder);
  await scan(elder.png);
  expect(await verdictOn(page, 'measure')).toBe('confirm-guardian');
  await page.getByRole('button', { name: '核对无误' }).click();
  await enterReading(page, '368');
  expect(await verdictOn(page, 'pass')).toBe('green');

  await scan(forge(elder.text));
  expect(await verdictOn(page, 'stop')).toBe('forged');

  await scan('https://example.com/menu');
  expect(await verdictOn(page, 'unverified')).toBe('not-a-code');

  // As on a device that slept in between.
  await setClock(page, 61);
  await scan(screenshot.png);
  expect(await verdictOn(page, 'stop')).toBe('stale-proof');
  await page.waitForSelector('[data-waiting="10"]');

  await station.kill();
  expect(await town.authority.query('select n from records')).toEqual([]);
  station = await town.startStation();
  await town.wire.mend();
  await town.hold();
  await pageOf(station).goto(`${town.origin}/`);
  await pageOf(station).waitForSelector('[data-waiting="0"]', { timeout: 60_000 });

  await expect
    .poll(() => records(), { timeout: 20_000 })
    .toEqual([
      '1 pass green 365',
      '2 stop fever 376',
      '3 stop fever-earlier -',
      '4 stop yellow -',
      '5 stop red -',
      '6 stop lapsed -',
      '7 pass green 368',
      '8 stop forged -',
      '9 unverified not-a-code -',
      '10 stop stale-proof -',
    ]);
  expect(await town.authority.query('select * from quarantine')).toEqual([]);
  expect(await town.authority.query('select * from alarms')).toEqual([]);

  // The fever reaches every other station by the status list, and this one too.
  const { statusIndex } = claimsOf(screenshot.text);
  await expect.poll(() => publishedStatus(statusIndex), { timeout: 30_000 }).toBe('yellow');
  const other = await town.startStation({ profile: `${town.folder}/other` });
  await enrolStation(town, other, await town.authority.enrolmentLinkFor('西门卡口'));
  const shown = await showCode(people.green);
  await town.hold(shown.png);
  await pageOf(other).goto(`${town.origin}/`);
  expect(await verdictOn(pageOf(other), 'stop')).toBe('yellow');
  expect(claimsOf(shown.text).colour).toBe('green');
});

/** "number verdict reason tenths" of each record that headquarters has opened. */
async function records(): Promise<string[]> {
  const rows = await town.authority.query<{ line: string }>(
    `select concat_ws(' ', n, verdict, reason, coalesce(body #>> '{reading,tenths}', '-')) as line
     from records order by n`,
  );
  return rows.map(({ line }) => line);
}

function claimsOf(text: string) {
  const code = codeFromText(text);
  if (!code.ok) throw new Error(code.reason);
  return code.value.claims;
}

/** The same signature under a better name: what somebody would print at home. */
function forge(text: string): string {
  const code = codeFromText(text);
  if (!code.ok) throw new Error(code.reason);
  return codeToText({ ...code.value, claims: { ...code.value.claims, name: '张*三' } });
}

async function publishedStatus(statusIndex: number): Promise<string | undefined> {
  const link = parseEnrolmentLink(town.authority.enrolmentLink);
  if (!link.ok) throw new Error(link.reason);
  const text = async (path: string) => (await fetch(`${town.origin}${path}`)).text();
  const trust = await openTrust(await text('/trust'), { thumbprint: link.value.root });
  if (!trust.ok) throw new Error(trust.reason);
  const list = await openStatusList(await text('/status/0'), 0, trust.value);
  if (!list.ok) throw new Error(list.reason);
  return statusOf(list.value, statusIndex);
}
