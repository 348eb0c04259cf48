import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, test } from 'vitest';
import { bringThermometer } from '../support/thermometer.ts';
import { seeKept, seePublished } from './bulletin.ts';
import { look } from './look.ts';
import { pasteCode } from './paste-code.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  goTo,
  holdNextPass,
  openCode,
  pageOf,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let page: Page;
let green: Page;

beforeAll(async () => {
  town = await foundTown();
  const station = await town.startStation({ features: ['WebBluetooth'] });
  await station.context.addInitScript(() => {
    const battery = Object.assign(new EventTarget(), { level: 0.05, charging: false });
    Object.assign(navigator, { getBattery: () => Promise.resolve(battery) });
  });
  page = await enrolStation(town, station);
  green = await openCode(town, 'green');
  await bringThermometer(page);
});
afterAll(() => town?.leave());

const show = async () => pasteCode(page, (await showCode(green)).text);
const left = () => page.locator('[data-verdict]').waitFor({ state: 'detached' });
const openScanner = async () => {
  await goTo(page, '/');
  await page.locator('main.scan .frame').waitFor();
};

/** Headquarters has staff look at an identity card beside every code, or not. */
async function checkIdentities(identityCheck: boolean): Promise<void> {
  const key = new URL(town.authority.headquartersLink).hash.slice('#key='.length);
  const address = `${town.origin}/hq/notice`;
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const { policy, digest } = await (await fetch(address, { headers })).json();
  const body = JSON.stringify({ policy: { ...policy, identityCheck }, replaces: digest });
  const told = await fetch(address, { method: 'PUT', headers, body });
  if (!told.ok) throw new Error(`${told.status} ${await told.text()}`);
  const changed = `"identityCheck":${identityCheck}`;
  await seePublished(town, changed);
  await goTo(page, '/state');
  await page.locator('main.state details:not([open]):has(> button) > summary').click();
  await page.locator('main.state [open] > button').first().click();
  await seeKept(page, changed);
}

/** In both languages at once: one that was chosen is not heard of again in an emulated air. */
async function lookAtThermometer(): Promise<void> {
  await page.locator('[data-thermometer] + button').click();
  await page.locator('[data-thermometer="ready"]').waitFor();
  for (const language of ['en', 'zh'] as const) {
    await goTo(page, '/settings');
    await page.locator(`button[lang="${language}"]`).click();
    await look(page, `settings-thermometer-${language}`);
    await openScanner();
    await show();
    await verdictOn(page, 'measure');
    await look(page, `measure-thermometer-${language}`);
    await page.locator('main.measure > .quiet').click();
    await left();
  }
}

for (const language of ['zh', 'en'] as const) {
  test(`screens of instruments, papers, practice and trouble are whole (${language})`, async () => {
    await page.bringToFront();
    await page.goto(`${town.origin}/settings`);
    await page.locator(`button[lang="${language}"]`).click();
    if (language === 'zh') await lookAtThermometer();

    await checkIdentities(true);
    await openScanner();
    await show();
    await page.locator('[data-reason="check-identity"]').waitFor();
    await look(page, `check-identity-${language}`);
    await page.locator('main.measure > .quiet').click();
    await checkIdentities(false);

    await goTo(page, '/vehicle');
    await page.locator('.plate input').fill('f12345');
    await page.locator('.vehicle .primary').click();
    await show();
    await verdictOn(page, 'measure');
    await enterReading(page, '365');
    await verdictOn(page, 'pass');
    await left();
    await page.evaluate(() => {
      // A pass leaves by itself: not while it is looked at.
      const later = window.setTimeout;
      const slow = (work: TimerHandler, wait = 0) => later(work, wait === 800 ? 60_000 : wait);
      Object.assign(window, { setTimeout: slow });
    });
    await page.locator('[data-vehicle]').click();
    await page.locator('[data-vehicle-verdict="pass"]').waitFor();
    await look(page, `vehicle-pass-${language}`);
    await page.locator('.vehicle-verdict .shaded').last().click();

    await page.goto(`${town.origin}/tour`);
    await page.locator('[data-practice] .primary').click();
    await verdictOn(page, 'measure');
    await look(page, `practice-measure-${language}`);
    const held = holdNextPass(page);
    await enterReading(page, '365');
    await held;
    await look(page, `practice-verdict-${language}`);

    await town.wire.cut();
    await page.goto(`${town.origin}/`);
    await page.locator('main.scan .frame').waitFor();
    await show();
    await verdictOn(page, 'measure');
    await enterReading(page, '365');
    await left();
    await page.locator('[data-waiting="1"]').waitFor();
    await page.locator('.header .claim.bad[data-battery]').waitFor();
    await look(page, `header-trouble-${language}`);
    await goTo(page, '/state');
    await page.locator('.todo').first().waitFor();
    await look(page, `state-trouble-${language}`);
    await town.wire.mend();
    await page.goto(`${town.origin}/`);
    await page.locator('[data-waiting="0"]').waitFor();
  });

  test(`a device without a camera, an enrolment or a disk says so, and is whole (${language})`, async () => {
    const other = await town.startStation({
      profile: join(town.folder, `other-${language}`),
      language: language === 'en' ? 'en' : 'zh-CN',
      answer: 'deny',
    });
    const screen = pageOf(other);
    await screen.goto(`${town.origin}/enrol`);
    await screen.locator('.trouble').waitFor();
    await look(screen, `enrol-camera-trouble-${language}`);
    await screen.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('', 'UnknownError');
      };
    });
    await screen.goto(`${town.origin}/`);
    await screen.locator('[data-no-storage]').waitFor();
    await look(screen, `no-storage-${language}`);
    await other.close();
  });
}

test('a full disk says so on every screen', async () => {
  const profile = join(town.folder, 'full');
  const link = await town.authority.enrolmentLinkFor('西门卡口');
  const enrolled = await town.startStation({ profile });
  await enrolStation(town, enrolled, link);
  // A browser remembers for a while how much room there was: it begins anew.
  await enrolled.close();
  const station = await town.startStation({ profile });
  const screen = pageOf(station);
  const session = await station.context.newCDPSession(screen);
  await session.send('Storage.overrideQuotaForOrigin', { origin: town.origin, quotaSize: 1 });
  await screen.goto(`${town.origin}/`);
  await screen.locator('main.scan .frame').waitFor();
  await pasteCode(screen, (await showCode(green)).text);
  await verdictOn(screen, 'measure');
  await enterReading(screen, '376');
  await verdictOn(screen, 'stop');
  await screen.locator('.verdict button:disabled').first().waitFor({ state: 'detached' });
  await screen.locator('main.verdict').press('Escape');
  await screen.locator('.disk-trouble[data-held="1"]').waitFor();
  for (const language of ['en', 'zh'] as const) {
    await goTo(screen, '/settings');
    await screen.locator(`button[lang="${language}"]`).click();
    await goTo(screen, '/');
    await screen.locator('main.scan .frame').waitFor();
    await look(screen, `disk-trouble-${language}`);
  }
});
