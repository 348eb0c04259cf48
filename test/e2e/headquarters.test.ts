import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBadge } from '../../src/core/badge.ts';
import { BULLETIN } from '../../src/core/documents/bulletin.ts';
import { openDocument } from '../../src/core/documents/signed.ts';
import { openTrust } from '../../src/core/documents/trust.ts';
import { parseEnrolmentLink } from '../../src/core/enrolment.ts';
import { seeKept } from './bulletin.ts';
import { look as lookAt, SIZES } from './look.ts';
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
let console_: Page;

beforeAll(async () => {
  town = await foundTown();
  console_ = await town.phone.context.newPage();
  await console_.setViewportSize(SIZES['tablet on its side']);
  await console_.goto(town.authority.headquartersLink);
  await console_.locator('nav.pages').waitFor();
});
afterAll(() => town?.leave());

async function openPage(name: string): Promise<void> {
  await console_.bringToFront();
  await console_.locator(`nav.pages a[href$="${name}"]`).click();
}

/** Every page of it in both languages. */
async function look(name: string): Promise<void> {
  for (const language of ['en', 'zh'] as const) {
    await console_.locator(`.top-bar button[lang^="${language}"]`).click();
    await lookAt(console_, `headquarters-${name}-${language}`, { fullPage: true });
    await console_.setViewportSize(SIZES['tablet on its side']);
  }
}

async function trusted() {
  const link = parseEnrolmentLink(town.authority.enrolmentLink);
  if (!link.ok) throw new Error(link.reason);
  const text = await (await fetch(`${town.origin}/trust`)).text();
  const opened = await openTrust(text, { thumbprint: link.value.root });
  if (!opened.ok) throw new Error(opened.reason);
  return opened.value;
}

async function bulletin() {
  const text = await (await fetch(`${town.origin}/bulletin`)).text();
  const opened = await openDocument(text, BULLETIN, await trusted());
  if (!opened.ok) throw new Error(opened.reason);
  return opened.value;
}

test('a badge that headquarters prints opens a shift, until it is lost', async () => {
  await openPage('badges');
  const issue = console_.locator('[data-panel=issue-badge]');
  await issue.locator('[name=name]').fill('王建国');
  await issue.locator('[value=supervisor]').check();
  await issue.locator('[type=submit]').click();
  const card = console_.locator('.card');
  const text = (await card.locator('[data-qr-text]').getAttribute('data-qr-text')) ?? '';
  const id = (await card.getAttribute('data-badge')) ?? '';
  const now = Math.floor(Date.now() / 1000);
  const { barredBadges } = await bulletin();
  expect(await readBadge(text, await trusted(), { now, barred: barredBadges })).toMatchObject({
    ok: true,
    value: { badge: id, name: '王建国', role: 'supervisor' },
  });
  await look('badges');
  await console_.emulateMedia({ media: 'print' });
  expect(await card.isVisible()).toBe(true);
  for (const other of ['.top-bar', 'nav', 'form', 'table', '[data-print]']) {
    expect(await console_.locator(other).first().isVisible()).toBe(false);
  }
  await console_.emulateMedia({ media: null });

  const row = console_.locator(`[data-badge-row="${id}"]`);
  await row.locator('[data-act=bar-badge]').click();
  await row.locator('[data-confirm]').click();
  await row.locator('.problem').waitFor();
  await expect.poll(async () => (await bulletin()).barredBadges, { timeout: 20_000 }).toContain(id);
});

test('when headquarters closes passage, every green stops', async () => {
  const station = await town.startStation();
  const page = await enrolStation(town, station);
  // One on a phone and two on paper, one of whom lives elsewhere.
  await town.authority.query("update residents set area = '420602' where scenario = 'minor'");
  const [living, elder, minor] = [
    await openCode(town, 'green'),
    await openCode(town, 'elder'),
    await openCode(town, 'minor'),
  ];
  const scan = async (code: Page) => {
    const { png } = await showCode(code);
    // A camera that is open would see the code before this page is opened anew.
    await page.goto('about:blank');
    await town.hold(png);
    await page.bringToFront();
    await page.goto(`${town.origin}/`);
  };
  for (const paper of [elder, minor]) {
    await scan(paper);
    expect(await verdictOn(page, 'measure')).toBe('confirm-guardian');
  }
  await scan(living);
  await verdictOn(page, 'measure');
  await enterReading(page, '365');
  expect(await verdictOn(page, 'pass')).toBe('green');
  await page.goto('about:blank');
  await town.hold();

  await openPage('notice');
  await console_.locator('[data-close="passage.opensAt"]').click();
  await console_.locator('[data-preview]').click();
  await console_.locator('[data-panel=preview]').waitFor();
  await look('notice');
  await console_.locator('[data-act=publish]').click();
  await console_.locator('[data-confirm]').click();
  await expect
    .poll(async () => (await bulletin()).policy.passage.opensAt, { timeout: 20_000 })
    .toBeNull();

  await page.goto(`${town.origin}/`);
  await seeKept(page, '"opensAt":null');
  for (const code of [living, elder, minor]) {
    await scan(code);
    expect(await verdictOn(page, 'stop')).toBe('passage-closed');
  }
});

test('headquarters sees what the station did, and the station becomes what headquarters says', async () => {
  await openPage('headquarters/');
  const row = console_.locator('[data-device]');
  await expect
    .poll(() => row.locator('[data-label]').allTextContents(), { timeout: 20_000 })
    .toContainEqual(expect.stringMatching(/通行 1，止步 3，发热 0/));
  expect(await row.locator('[data-hint]').textContent()).toContain('没有待传记录');
  await look('board');
  await openPage('charts');
  await console_.locator('.chart').first().waitFor();
  await console_.locator('details summary').click();
  await look('charts');

  await openPage('fevers');
  await console_.locator('[data-panel=fevers] .faint').first().waitFor();
  await look('fevers');

  await openPage('headquarters/');
  await row.locator('[data-act=re-role]').click();
  await row.locator('[data-confirm]').click();
  await expect.poll(() => row.textContent()).toContain('测温点');
});

test('a list with a wrong line is imported not at all, and says which', async () => {
  await openPage('residents');
  const panel = console_.locator('[data-panel=lists]');
  const give = (text: string) =>
    panel
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await give('number,since\n11010519491231002X,2020-03-01\n110105194912310020,2020-03-01\n');
  expect(await panel.locator('[data-mistakes="1"]').textContent()).toMatch(/3/);
  await look('residents');
  await give('number,since\n11010519491231002X,2020-03-01\n');
  await panel.locator('[data-import=done]').waitFor();
  expect(await panel.locator('[data-import=done]').textContent()).toContain('1');
});

test('sheets to enrol with are printed for many posts at once', async () => {
  await openPage('stations');
  const panel = console_.locator('[data-panel=sheets]');
  await panel.locator('textarea').fill('南门卡口，420606，卡口\n车站，42060，卡口');
  await panel.locator('[type=submit]').click();
  expect(await panel.locator('.notice').textContent()).toContain('2');
  await panel.locator('textarea').fill('南门卡口，420606，卡口\n车站, 420602, temperature');
  await panel.locator('[type=submit]').click();
  await panel.locator('[data-sheet="车站"]').waitFor();
  expect(await panel.locator('[data-qr-text]').count()).toBe(2);
  await look('stations');
});

test('somebody who is invited makes a passkey, signs out, and signs in with it', async () => {
  await openPage('staff');
  await console_.locator('[data-panel=add-staff] [name=name]').fill('陈主任');
  await console_.locator('[data-panel=add-staff] [value=admin]').check();
  await console_.locator('[data-panel=add-staff] [type=submit]').click();
  const link = (await console_.locator('[data-invitation]').getAttribute('href')) ?? '';
  await look('staff');

  const page = await town.phone.context.newPage();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  await page.goto(link);
  expect(page.url()).not.toContain('invite');
  await page.locator('[data-panel=invitation] [data-passkey]').click();
  await page.locator('nav.pages').waitFor();
  expect(await page.locator('.top-bar').textContent()).toContain('陈主任');
  await page.locator('[data-sign-out]').click();
  await page.locator('[data-panel=sign-in]').waitFor();
  expect(await page.locator('[data-panel=posts]').count()).toBe(0);
  await page.locator('[data-panel=sign-in] [data-passkey]').click();
  await page.locator('[data-panel=posts]').waitFor();

  // An invitation that was used is told as such.
  await page.goto('about:blank');
  await page.goto(link);
  await page.locator('[data-panel=invitation] [data-passkey]').click();
  await page.locator('[data-problem=invitation-unknown]').waitFor();
  await page.close();

  await openPage('acts');
  await console_.locator('[data-act-row=sign-in]').first().waitFor();
  const shown = await console_
    .locator('[data-act-row]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-act-row')));
  expect(shown).toEqual(
    expect.arrayContaining([
      'badge.issue',
      'badge.bar',
      'notice.publish',
      'device.role',
      'staff.add',
    ]),
  );
  await look('acts');
  const download = console_.waitForEvent('download');
  await console_.locator('[data-save]').click();
  expect((await download).suggestedFilename()).toBe('kakou-acts.csv');
  await pageOf(town.phone).bringToFront();
});
