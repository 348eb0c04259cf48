import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
import { cutOffTexts } from '../support/legible.ts';
import { enrolStation, enterReading, foundTown, pageOf, type Town, verdictOn } from './town.ts';

/** `SCREENS=docs/screens` keeps the pictures: look at them after any change to a screen. */
const KEEP = process.env['SCREENS'];
const SIZES = { phone: { width: 360, height: 640 }, tablet: { width: 1024, height: 768 } } as const;

const PHONE = '13800000093';
const GRANDMOTHER = { name: '王桂兰', number: '420606195003071245' };
const NEIGHBOUR = { name: '李晓梅', number: '420606199003071235' };

let town: Town;
let station: RealBrowser;
/** Headquarters' page, at the counter. */
let counter: Page;
/** What was printed there. */
let paper: Uint8Array;

beforeAll(async () => {
  if (KEEP) mkdirSync(KEEP, { recursive: true });
  town = await foundTown();
  station = await town.startStation();
  await enrolStation(town, station);
  counter = await town.phone.context.newPage();
  await counter.setViewportSize(SIZES.tablet);
  await counter.goto(town.authority.headquartersLink);
  await counter.locator('nav.pages a[href$="/counter"]').click();
});
afterAll(() => town?.leave());

/** Nothing is cut off at the side, nothing is wrong for those who cannot see it. */
async function look(name: string): Promise<void> {
  await counter.bringToFront();
  for (const language of ['en', 'zh'] as const) {
    const other = counter.locator(`.top-bar button[lang^="${language}"]`);
    if ((await other.count()) > 0) await other.click();
    for (const [size, viewport] of Object.entries(SIZES)) {
      await counter.setViewportSize(viewport);
      expect(await counter.evaluate(cutOffTexts), `${name} ${language} ${size}`).toEqual([]);
      if (KEEP) {
        const path = join(KEEP, `counter-${name}-${language}-${size}.png`);
        await counter.screenshot({ path, fullPage: true });
      }
    }
  }
  await counter.evaluate(axe.source);
  const faults = await counter.evaluate(async () => {
    const { axe: engine } = window as unknown as { axe: typeof axe };
    const { violations } = await engine.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
  expect(faults, name).toEqual([]);
}

async function findPerson(number: string): Promise<void> {
  await counter.bringToFront();
  await counter.fill('[name=number]', number);
  await counter.click('[data-panel=find-person] [type=submit]');
}

/** Holds the paper before the post's camera. @returns why the post says what it says. */
async function showPaper(): Promise<string | null> {
  await town.hold(paper);
  await pageOf(station).bringToFront();
  await pageOf(station).goto(`${town.origin}/`);
  const verdict = pageOf(station).locator('[data-verdict]');
  await verdict.waitFor();
  return verdict.getAttribute('data-reason');
}

test('an area that headquarters adds has its name on a phone, without a network too', async () => {
  const panel = counter.locator('[data-panel=areas]');
  await panel.locator('[name=code]').fill('420699');
  await panel.locator('[name=zh]').fill('襄阳市高新区');
  await panel.locator('[name=en]').fill('Gaoxin District, Xiangyang');
  await panel.locator('[type=submit]').click();
  await panel.locator('[data-area-done]').waitFor();

  const phone = await town.phone.context.newPage();
  await phone.goto(`${town.origin}/resident/#sign-in`);
  await phone.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await phone.fill('[name=phone]', PHONE);
  await phone.click('[type=submit]');
  await phone.locator('[name=code]').waitFor();
  await phone.fill('[name=code]', town.authority.signInCode(PHONE));
  await phone.click('[type=submit]');
  await phone.click('a[href="#declare"]');
  await phone.fill('[name=name]', NEIGHBOUR.name);
  await phone.fill('[name=number]', NEIGHBOUR.number);
  await phone.selectOption('[name=area]', '420699');
  await phone.fill('[name=address]', '长虹路 1 号');
  await phone.check('[name=travelled][value=no]');
  await phone.check('[name=contact][value=no]');
  await phone.check('[name=promise]');
  await phone.click('form [type=submit]');
  await phone.click('[data-go="code"]');
  await phone.locator('[data-qr-text]').waitFor();
  await town.wire.cut();
  await phone.reload();
  await phone.locator('.facts dd', { hasText: '襄阳市高新区' }).waitFor();
  await town.wire.mend();
  await phone.close();
});

test('somebody whose number has a mistyped digit is not looked for', async () => {
  await findPerson(`${GRANDMOTHER.number.slice(0, 17)}6`);
  await counter.locator('#field-number-fault', { hasText: '逐位检查' }).waitFor();
  await look('find');
});

test('who is not found is declared for, though the network fails in the middle', async () => {
  await findPerson(GRANDMOTHER.number);
  await counter.locator('[data-panel=counter-declaration]').waitFor();
  await counter.click('[data-panel=counter-declaration] [type=submit]');
  await look('declare');
  await counter.fill('[name=name]', GRANDMOTHER.name);
  await counter.selectOption('[name=area]', '420699');
  await counter.fill('[name=address]', '檀溪路 2 号');
  await counter.check('[name=travelled][value=no]');
  await counter.check('[name=contact][value=no]');
  await counter.fill('[name=guardianName]', '李社区');
  await counter.selectOption('[name=relationship]', 'guardian');
  await counter.check('[name=promise]');
  await town.wire.cut();
  await counter.click('[data-panel=counter-declaration] [type=submit]');
  await counter.locator('[data-panel=counter-declaration] [data-trouble=unreachable]').waitFor();
  await town.wire.mend();
  await counter.reload();
  expect(await counter.locator('[name=address]').inputValue()).toBe('檀溪路 2 号');
  await counter.click('[data-panel=counter-declaration] [type=submit]');
  const person = counter.locator('[data-panel=counter-person]');
  await person.locator('[data-colour=green]').waitFor();
  expect(await person.textContent()).toMatch(/王\*兰.*襄阳市高新区/s);
  expect(await person.textContent()).not.toContain(GRANDMOTHER.number);
});

test('the code is printed on one sheet, and a post asks for the guardian that stands on it', async () => {
  await counter.click('[data-fetch]');
  const sheet = counter.locator('[data-code-sheet]');
  await sheet.waitFor();
  await look('person');
  await counter.emulateMedia({ media: 'print' });
  paper = await sheet.locator('[data-qr-text]').screenshot();
  if (KEEP) await counter.screenshot({ path: join(KEEP, 'counter-paper.png'), fullPage: true });
  const pdf = await counter.pdf({ format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await counter.emulateMedia({ media: null });

  expect(await showPaper()).toBe('confirm-guardian');
  const shown = await pageOf(station).locator('.guardian').textContent();
  expect(shown).toMatch(/李社区.*监护人/s);
  await pageOf(station).getByRole('button', { name: '核对无误' }).click();
  await enterReading(pageOf(station), '365');
  expect(await verdictOn(pageOf(station), 'pass')).toBe('green');
});

test('a check-in at the counter counts from when it is made', async () => {
  await counter.bringToFront();
  await town.authority.query(`update residents set checked_in_at = checked_in_at - 4 * 86400
    where name = '王*兰' and account is null`);
  await counter.click('[data-next]');
  await findPerson(GRANDMOTHER.number);
  const checkedIn = counter.locator('[data-checked-in]:not([data-checked-in=done])');
  const before = Number(await checkedIn.getAttribute('data-checked-in'));
  await counter.click('[data-normal]');
  await look('check-in');
  await counter.click('[data-no-symptoms]');
  await counter.locator('[data-checked-in=done]').waitFor();
  const after = Number(await checkedIn.getAttribute('data-checked-in'));
  expect(after - before).toBeGreaterThanOrEqual(4 * 86_400);
  await counter.locator('[data-fetch]').waitFor();
});

test('what was typed wrongly is corrected, once, and the first declaration stays beside it', async () => {
  await counter.click('[data-correct]');
  await counter.locator('[data-panel=counter-declaration]').waitFor();
  await look('correct');
  await counter.fill('[name=name]', GRANDMOTHER.name);
  await counter.selectOption('[name=area]', '420606');
  await counter.fill('[name=address]', '檀溪路 3 号');
  await counter.check('[name=travelled][value=no]');
  await counter.check('[name=contact][value=no]');
  await counter.fill('[name=guardianName]', '王小红');
  await counter.selectOption('[name=relationship]', 'daughter');
  await counter.check('[name=promise]');
  await counter.click('[data-panel=counter-declaration] [type=submit]');
  await counter.locator('[data-panel=counter-person]', { hasText: '樊城区' }).waitFor();
  const [kept] = await town.authority.query<{ n: number }>(`select count(*)::int as n
    from declarations join residents using (sub) where name = '王*兰' and account is null`);
  expect(kept?.n).toBe(2);
});

test('what is deleted at her request is gone: nobody is found, and the paper is void', async () => {
  await counter.click('[data-act=delete]');
  await counter.click('[data-confirm]');
  await counter.locator('[data-deleted]').waitFor();
  await findPerson(GRANDMOTHER.number);
  await counter.locator('[data-panel=counter-declaration]').waitFor();
  await counter.click('[data-next]');
  await expect.poll(showPaper, { timeout: 120_000 }).toBe('void');
  await counter.bringToFront();
  await counter.locator('nav.pages a[href$="/acts"]').click();
  for (const act of ['declare', 'find', 'check-in', 'correct', 'delete']) {
    await counter.locator(`[data-act-row="resident.${act}"]`).first().waitFor();
  }
});

test('whoever another phone declared is released from it, and declared for at the counter', async () => {
  await counter.locator('nav.pages a[href$="/counter"]').click();
  await findPerson(NEIGHBOUR.number);
  await counter.locator('[data-live]').waitFor();
  await look('release');
  await counter.click('[data-act=not-theirs]');
  await counter.click('[data-confirm]');
  await counter.locator('[data-released]').waitFor();
  await look('released');
  await counter.click('[data-declare]');
  await counter.locator('[data-panel=counter-declaration]').waitFor();
});
