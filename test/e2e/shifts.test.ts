import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeKept, seePublished } from './bulletin.ts';
import { pasteCode } from './paste-code.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  issueBadge,
  openCode,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let page: Page;
let codes: Record<'green' | 'red', Page>;

beforeAll(async () => {
  town = await foundTown();
  page = await enrolStation(town, await town.startStation());
  codes = { green: await openCode(town, 'green'), red: await openCode(town, 'red') };
});
afterAll(() => town?.leave());

/** Opens the scanner anew, with this before its camera, as for the next person. */
async function scan(shown?: Uint8Array | string): Promise<void> {
  // The page before would see it too, and take a badge.
  await page.goto('about:blank');
  await town.hold(shown);
  await page.bringToFront();
  await page.goto(`${town.origin}/`);
}

/** Shows a badge, whatever the camera sees. */
const show = (text: string) => pasteCode(page, text);
const onShift = (badge: string) => page.locator(`.actions [data-shift="${badge}"]`).waitFor();
const notice = (name: string) => page.locator(`[data-badge="${name}"]`).waitFor();
const counted = (name: string) => page.locator(`[data-count="${name}"] b`).textContent();

/** "number verdict reason operator" and who overrode or when they were here, as opened. */
async function records(): Promise<string[]> {
  const rows = await town.authority.query<{ line: string }>(
    `select concat_ws(' ', n, verdict, reason, coalesce(body ->> 'operator', '-'),
       body ->> 'overridden', body ->> 'override', body ->> 'overriddenBy',
       case when body ? 'repeatedAfter' then 'again' end) as line
     from records order by n`,
  );
  return rows.map(({ line }) => line);
}

test('a shift without a network: a badge, a repeat, an override, the counts, and its end', async () => {
  const steward = await issueBadge(town, '王建国', 'steward');
  const supervisor = await issueBadge(town, '李主任', 'supervisor');
  const lost = await issueBadge(town, '张三', 'steward');
  await town.authority.post(`/hq/badges/${lost.badge}/bar`);
  await codes.green.route('**/codes', (route) => route.abort());
  await seePublished(town, lost.badge);
  await scan();
  await seeKept(page, lost.badge);
  await town.wire.cut();

  await scan(steward.text);
  await onShift(steward.badge);
  await page.locator('.actions').getByText('王建国').waitFor();

  await scan((await showCode(codes.green)).png);
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await enterReading(page, '365');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.locator('[data-verdict]').waitFor({ state: 'detached' });

  await scan((await showCode(codes.green)).png);
  expect(await verdictOn(page, 'measure')).toBe('needs-reading');
  await page.locator('[data-repeated="pass"]').waitFor();
  await enterReading(page, '366');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.locator('[data-verdict]').waitFor({ state: 'detached' });

  await scan();
  await page.locator('main.scan .frame').waitFor();
  await show((await showCode(codes.red)).text);
  expect(await verdictOn(page, 'stop')).toBe('red');
  await page.locator('[data-override]').click();
  await page.locator('.badge-asked').waitFor();
  await show(lost.text);
  await notice('barred');
  await show(steward.text);
  await notice('not-a-supervisor');
  await show(supervisor.text);
  await page.locator('.override [data-reason="medical"]').click();
  expect(await verdictOn(page, 'pass')).toBe('override');
  await page.locator('[data-verdict]').waitFor({ state: 'detached' });

  await scan(lost.text);
  await notice('barred');
  await onShift(steward.badge);

  await page.goto(`${town.origin}/today`);
  await page.locator('.hours tbody tr').first().waitFor();
  expect(await counted('people')).toBe('3');
  expect(await counted('pass')).toBe('3');
  expect(await counted('stop')).toBe('0');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 CSV' }).click();
  const file = join(town.folder, 'today.csv');
  await (await downloading).saveAs(file);
  const [head = '', line = ''] = readFileSync(file, 'utf8').split('\r\n');
  expect(head).toContain('时段,人次,通行,止步,无法核验,发热');
  expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:00,3,3,0,0,0,\d+,/);

  await scan();
  await page.locator('main.scan .frame').waitFor();
  await show(steward.text);
  await page.locator('[data-ending] .chosen').click();
  const summary = page.locator(`[data-past="${steward.badge}"]`);
  expect(await summary.locator('[data-count="people"] b').textContent()).toBe('3');
  await page.locator('[data-shift=""]').waitFor();

  await town.wire.mend();
  const by = steward.badge;
  await expect
    .poll(records, { timeout: 60_000 })
    .toEqual([
      `1 note shift-started ${by}`,
      `2 pass green ${by}`,
      `3 pass green ${by} again`,
      `4 stop red ${by}`,
      `5 pass override ${by} red medical ${supervisor.badge}`,
      `6 note shift-ended ${by}`,
    ]);
});

test('settings that change how people are judged need a supervisor once there are badges', async () => {
  const supervisor = await issueBadge(town, '李主任', 'supervisor');
  await scan();
  await page.goto(`${town.origin}/settings`);
  await page.locator('[data-supervised="locked"]').waitFor();
  // What is everybody's stays open.
  await page.locator('button[lang="en"]').click();
  await page.locator('button[lang="zh"]').click();
  await page.locator('[data-supervised="locked"] button').click();
  await page.locator('.badge-asked').waitFor();
  await show(supervisor.text);
  await page.locator('[data-supervised="open"]').waitFor();
  await page.locator('[data-role="temperature"]').click();
  await page.locator('[data-role="temperature"][aria-pressed="true"]').waitFor();
  await page.locator('[data-role="checkpoint"]').click();
  await page.locator('[data-role="checkpoint"][aria-pressed="true"]').waitFor();

  // A link that is opened by anybody moves no device.
  await page.goto(await town.authority.enrolmentLinkFor('西门卡口'));
  await page.locator('.badge-asked').waitFor();
  await page.locator('.badge-asked button').click();
  await page.locator('main.scan .frame').waitFor();
});

test('a tablet on the wall is left by a supervisor only, and outlives a restart as one', async () => {
  const supervisor = await issueBadge(town, '李主任', 'supervisor');
  await scan();
  await page.goto(`${town.origin}/settings`);
  await page.locator('[data-supervised="locked"] button').click();
  await show(supervisor.text);
  await page.locator('[data-wall="on"]').click();
  await page.getByRole('button', { name: '返回扫码' }).click();
  await page.locator('html[data-wall] main.scan .frame').waitFor();
  expect(await page.locator('.actions label').isVisible()).toBe(false);
  // Anybody may see how it stands, and what to do about it; the settings are a supervisor's.
  await page.locator('.header').click();
  await page.locator('main.state').waitFor();
  await page.locator('main.state .ways button').first().click();
  await page.locator('.badge-asked').waitFor();
  await show(supervisor.text);
  await page.locator('main.settings [data-supervised="open"]').waitFor();
  // After a restart too, wherever it begins.
  await page.goto(`${town.origin}/settings`);
  await page.locator('.badge-asked').waitFor();
  await show(supervisor.text);
  await page.locator('button[data-wall="off"]').click();
  await page.locator('html:not([data-wall])').waitFor();
});
