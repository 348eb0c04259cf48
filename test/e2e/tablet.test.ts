import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cutOffTexts } from '../support/legible.ts';
import { faults, SIZES } from './look.ts';
import { pasteCode } from './paste-code.ts';
import {
  comeBefore,
  enrolStation,
  enterReading,
  foundTown,
  goTo,
  issueBadge,
  openCode,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

/** Of the page's window: what it asked of the device. */
interface Asked {
  readonly asked: { readonly cameras: unknown[]; readonly awake: Set<unknown> };
}

let town: Town;
let page: Page;
let codes: Record<'green' | 'red' | 'elder' | 'minor', Page>;

beforeAll(async () => {
  town = await foundTown();
  const station = await town.startStation();
  await station.context.addInitScript(listen);
  page = await enrolStation(town, station);
  codes = {
    green: await openCode(town, 'green'),
    red: await openCode(town, 'red'),
    elder: await openCode(town, 'elder'),
    minor: await openCode(town, 'minor'),
  };
});
afterAll(() => town?.leave());

/** In the page, before anything else: which cameras it asks for, and what keeps it awake. */
function listen(): void {
  const asked: Asked['asked'] = { cameras: [], awake: new Set() };
  Object.assign(window, { asked });
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = function (this: MediaDevices, wanted) {
    const { video } = wanted ?? {};
    asked.cameras.push(typeof video === 'object' ? video.facingMode : video);
    return getUserMedia.call(this, wanted);
  };
  const { request } = WakeLock.prototype;
  WakeLock.prototype.request = async function (this: WakeLock, type) {
    const lock = await request.call(this, type);
    asked.awake.add(lock);
    lock.addEventListener('release', () => asked.awake.delete(lock));
    return lock;
  };
}

const asked = () =>
  page.evaluate(() => {
    const { cameras, awake } = (window as unknown as Asked).asked;
    return { camera: cameras.at(-1), awake: awake.size };
  });
const fullScreen = () => page.evaluate(() => document.fullscreenElement?.tagName);
const left = () => page.locator('[data-verdict]').waitFor({ state: 'detached' });
const show = async (code: keyof typeof codes) =>
  pasteCode(page, (await showCode(codes[code])).text);

const scan = (code: keyof typeof codes) => comeBefore(town, page, codes[code]);

async function goOn(): Promise<void> {
  await page.locator('.verdict .shaded:enabled').last().click();
  await left();
}

/** All of it is in sight, and nothing is wrong for those who cannot see it. */
async function isWhole(what: string): Promise<void> {
  expect(await page.evaluate(cutOffTexts), what).toEqual([]);
  expect(await faults(page), what).toEqual([]);
}

describe.each([
  // A fever turns a code yellow for everyone: the other size needs somebody else.
  ['tablet on its side', 'elder'],
  ['tablet upright', 'minor'],
] as const)('on a %s', (size, febrile) => {
  beforeEach(async () => {
    await town.hold();
    await page.setViewportSize(SIZES[size]);
    await page.bringToFront();
    await page.goto(`${town.origin}/`);
    await page.locator('main.scan .frame').waitFor();
  });

  test('a green person is measured and passes, a red one is stopped', async () => {
    await scan('green');
    expect(await verdictOn(page, 'measure')).toBe('needs-reading');
    await isWhole('measure');
    await enterReading(page, '365');
    expect(await verdictOn(page, 'pass')).toBe('green');
    await left();
    await scan('red');
    expect(await verdictOn(page, 'stop')).toBe('red');
    await page.locator('.verdict button:disabled').first().waitFor({ state: 'detached' });
    await isWhole('stop');
    await page.getByRole('button', { name: '转给对方看' }).click();
    await page.locator('[data-turned]').waitFor();
    await isWhole('turned');
    await page.locator('[data-turned] .shaded').click();
    await goOn();
  });

  test('a vehicle with one who may not pass is stopped', async () => {
    await page.getByRole('button', { name: '车辆' }).click();
    await page.getByRole('textbox', { name: '车牌号码' }).fill('F12345');
    await isWhole('plate');
    await page.getByRole('button', { name: '开始：请司机先扫' }).click();
    await scan('green');
    await verdictOn(page, 'measure');
    await enterReading(page, '365');
    await verdictOn(page, 'pass');
    await left();
    await scan('red');
    await verdictOn(page, 'stop');
    await goOn();
    await comeBefore(town, page);
    await isWhole('vehicle strip');
    await page.getByRole('button', { name: '这辆车完成' }).click();
    await page.locator('[data-vehicle-verdict="stop"]').waitFor();
    await page.getByText('1 人不能通行').waitFor();
    await isWhole('vehicle verdict');
    await page.getByRole('button', { name: '仍然结束' }).click();
    await page.getByRole('button', { name: '车辆' }).waitFor();
  });

  test('a fever is stopped, measured again, and stands in the list', async () => {
    await page.goto(`${town.origin}/settings`);
    await page.locator('[data-role="temperature"]').click();
    await page.locator('[data-role="temperature"][aria-pressed="true"]').waitFor();
    await goTo(page, '/');
    await page.getByRole('button', { name: '先测温' }).click();
    await verdictOn(page, 'measure');
    await enterReading(page, '381');
    await page.locator('.first-reading.verdict-stop').getByText('38.1').waitFor();
    await isWhole('first reading');
    await scan(febrile);
    expect(await verdictOn(page, 'stop')).toBe('fever');
    const again = page.getByRole('button', { name: /^再测一次/ });
    await expect.poll(() => again.isEnabled(), { timeout: 15_000 }).toBe(true);
    await isWhole('fever');
    await again.click();
    await enterReading(page, '366');
    await page.getByRole('button', { name: '核对无误' }).click();
    expect(await verdictOn(page, 'pass')).toBe('remeasured');
    await left();
    await page.getByRole('button', { name: /^今日发热/ }).click();
    await page.locator('[data-fever="381"]').getByText('复测无异常').waitFor();
    await isWhole('fevers');
    await page.goto(`${town.origin}/settings`);
    await page.locator('[data-role="checkpoint"]').click();
    await page.locator('[data-role="checkpoint"][aria-pressed="true"]').waitFor();
  });
});

describe('under a supervisor', () => {
  beforeAll(async () => {
    const { badge, text } = await issueBadge(town, '李主任', 'supervisor');
    await town.hold(text);
    await page.bringToFront();
    await page.goto(`${town.origin}/`);
    await page.locator(`.actions [data-shift="${badge}"]`).waitFor();
  });

  test.each(['tablet on its side', 'tablet upright'] as const)(
    'somebody who is stopped before a %s may pass after all, for a reason',
    async (size) => {
      await page.setViewportSize(SIZES[size]);
      await scan('red');
      expect(await verdictOn(page, 'stop')).toBe('red');
      await page.getByRole('button', { name: '负责人放行…' }).click();
      await page.locator('main.override').waitFor();
      await isWhole('override');
      await page.getByRole('button', { name: '公务' }).click();
      expect(await verdictOn(page, 'pass')).toBe('override');
      await left();
      await comeBefore(town, page);
    },
  );

  test.each(['tablet on its side', 'tablet upright'] as const)(
    'on the wall a %s sees whoever stands before it, stays awake, and fills the screen at a touch',
    async (size) => {
      await page.setViewportSize(SIZES[size]);
      await page.goto(`${town.origin}/settings`);
      await page.locator('[data-supervised="open"] [data-wall="on"]').click();
      await page.getByRole('button', { name: '返回扫码' }).click();
      await page.locator('html[data-wall] main.scan .frame').waitFor();
      await expect.poll(fullScreen).toBe('HTML');
      await expect.poll(asked).toEqual({ camera: { ideal: 'user' }, awake: 1 });
      await isWhole('wall');
      const picture = await page.locator('.viewfinder').boundingBox();
      const { width, height } = SIZES[size];
      const share = ((picture?.width ?? 0) * (picture?.height ?? 0)) / (width * height);
      expect(share).toBeGreaterThan(0.6);

      // After a restart a browser wants another touch.
      await page.goto(`${town.origin}/`);
      await page.locator('html[data-wall] main.scan .frame').waitFor();
      expect(await fullScreen()).toBeUndefined();
      await page.locator('.viewfinder').click();
      await expect.poll(fullScreen).toBe('HTML');
      await expect.poll(asked).toEqual({ camera: { ideal: 'user' }, awake: 1 });
      await show('red');
      expect(await verdictOn(page, 'stop')).toBe('red');
      await goOn();
      expect(await fullScreen()).toBe('HTML');

      await goTo(page, '/settings');
      await page.locator('button[data-wall="off"]').click();
      await page.locator('html:not([data-wall])').waitFor();
      await expect.poll(fullScreen).toBeUndefined();
      // Nobody is judged here: it may go dark.
      await expect.poll(async () => (await asked()).awake).toBe(0);
    },
  );
});
