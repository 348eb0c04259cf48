import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
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
/** Has no network for days. */
let rural: RealBrowser;
/** Has one, and another post's enrolment. */
let online: RealBrowser;

beforeAll(async () => {
  town = await foundTown();
  rural = await town.startStation({ profile: join(town.folder, 'rural') });
  await enrolStation(town, rural);
  online = await town.startStation({ profile: join(town.folder, 'online') });
  await enrolStation(town, online, await town.authority.enrolmentLinkFor('西门卡口'));
});
afterAll(() => town?.leave());

/** What the page gives when this button is pressed. */
async function fileFrom(page: Page, button: RegExp): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download = await downloading;
  const path = join(town.folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

async function give(page: Page, path: string): Promise<string> {
  await page.goto(`${town.origin}/settings`);
  await page.locator('input[type="file"]').setInputFiles(path);
  const outcome = page.locator('[data-carry="done"]');
  await outcome.waitFor();
  return outcome.innerText();
}

const stored = () => town.authority.query('select n::int, verdict from records order by n');

test('records go from a post without a network to headquarters and back in people’s pockets', async () => {
  const post = pageOf(rural);
  const { png } = await showCode(await openCode(town, 'green'));
  await town.hold(png);
  await town.wire.cut();
  await post.goto(`${town.origin}/`);
  await verdictOn(post, 'measure');
  await enterReading(post, '376');
  await verdictOn(post, 'stop');
  await town.hold();
  await post.goto(`${town.origin}/settings`);
  await post.locator('[data-waiting="1"]').waitFor();
  const file = await fileFrom(post, /交出记录（1 条）/);
  await post.locator('[data-carry="given"]').getByText('1 条记录').waitFor();
  await post.goto('about:blank');

  const carried = readFileSync(file, 'utf8');
  expect(carried.startsWith('{"kakou":"records","v":1,')).toBe(true);
  for (const secret of ['"sub"', 'tenths', '376', 'fever']) {
    expect(carried.replaceAll(/"[\w.-]{100,}"/g, '""')).not.toContain(secret);
  }

  const helper = pageOf(online);
  expect(await give(helper, file)).toContain('还有 1 条没有交成');
  await town.wire.mend();
  expect(await give(helper, file)).toContain('指挥部已收到 1 条');
  const answer = await fileFrom(helper, /保存回执/);
  await expect.poll(stored, { timeout: 20_000 }).toEqual([{ n: 1, verdict: 'stop' }]);
  expect(await give(helper, answer)).toContain('别的设备');

  await town.wire.cut();
  await post.goto(`${town.origin}/settings`);
  await post.locator('[data-waiting="1"]').waitFor();
  expect(await give(post, answer)).toContain('已从本机移除');
  await post.locator('[data-waiting="0"]').waitFor();
  expect(await give(post, answer)).toContain('什么也没有改变');
  await town.wire.mend();
  expect(await give(helper, file)).toContain('指挥部已收到 1 条');
  expect(await stored()).toEqual([{ n: 1, verdict: 'stop' }]);
});

test('a file that is no such file, cut off, or of a newer app gets a sentence that says so', async () => {
  const page = pageOf(online);
  for (const [text, words] of [
    ['你好', '不是卡口的文件'],
    ['{"kakou":"records","v":1,"batches":[{"bat', '残缺'],
    ['{"kakou":"records","v":9}', '更新的版本'],
  ] as const) {
    const path = join(town.folder, 'other.txt');
    writeFileSync(path, text);
    expect(await give(page, path)).toContain(words);
  }
});
