import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
import { foundTown, pageOf, type Town } from './town.ts';

let town: Town;
let station: RealBrowser;
let page: Page;

beforeAll(async () => {
  town = await foundTown();
  station = await town.startStation();
  page = pageOf(station);
});
afterAll(() => town?.leave());

async function problemAfter(link: string): Promise<string | null> {
  // A fragment alone would not load the page again.
  await page.goto('about:blank');
  await page.goto(link);
  return page.locator('[data-problem]').getAttribute('data-problem');
}

test('a link with the fingerprint of another root is refused, and its token is not spent', async () => {
  const wrong = town.authority.enrolmentLink.replace(/root=[^&]+/, `root=${'A'.repeat(43)}`);
  expect(await problemAfter(wrong)).toBe('wrong-root');
});

test('a link that was cut short says so', async () => {
  expect(await problemAfter(town.authority.enrolmentLink.replace(/&token.*/, ''))).toBe(
    'malformed',
  );
});

test('a token that nobody issued says where to get another', async () => {
  const made = town.authority.enrolmentLink.replace(/token=.*/, `token=${'x'.repeat(22)}`);
  expect(await problemAfter(made)).toBe('token-unknown');
});

test('an expired token says so', async () => {
  await town.authority.query('update enrolments set expires_at = 1');
  expect(await problemAfter(town.authority.enrolmentLink)).toBe('token-expired');
  await town.authority.query('update enrolments set expires_at = 4102444800');
});

test('without a network enrolment says so, and the same link works afterwards', async () => {
  await page.goto('about:blank');
  await page.goto(`${town.origin}/enrol`);
  await page.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  await town.wire.cut();
  expect(await problemAfter(town.authority.enrolmentLink)).toBe('no-network');
  await town.wire.mend();
  await page.getByRole('button', { name: '重试' }).click();
  await page.locator('[data-enrolled]').waitFor();
});

test('a token that was spent enrols no second device', async () => {
  const other = await town.startStation({ profile: `${town.folder}/second` });
  page = pageOf(other);
  expect(await problemAfter(town.authority.enrolmentLink)).toBe('token-used');
});

test('an enrolment QR is scanned inside the app too', async () => {
  const link = await town.authority.enrolmentLinkFor('西门卡口');
  await town.hold(link);
  await page.goto('about:blank');
  await page.goto(`${town.origin}/`);
  await page.locator('[data-enrolled]').waitFor();
  await page.getByText('西门卡口').first().waitFor();
});

test('the tap that ends enrolment asks the browser to keep records when it is short of space', async () => {
  await page.evaluate(() => {
    StorageManager.prototype.persist = async () => {
      document.documentElement.dataset['asked'] = 'yes';
      return false;
    };
  });
  await page.locator('main.enrol button.primary').click();
  await page.locator('main.scan').waitFor();
  expect(await page.locator('html').getAttribute('data-asked')).toBe('yes');
});

test('an enrolment QR before the camera of an enrolled device moves it nowhere', async () => {
  await page.goto(`${town.origin}/`);
  await page.getByText('这是注册二维码').waitFor();
  expect(await page.locator('[data-verdict]').count()).toBe(0);
});

test('a device that headquarters barred keeps its records, and says whom to call', async () => {
  const [barred] = await town.authority.query<{ device: string }>(
    "select device from devices where post = '西门卡口'",
  );
  await town.authority.post(`/hq/devices/${barred?.device}/bar`);
  // A camera that is open would see it before this page is opened anew, and record it twice.
  await page.goto('about:blank');
  await town.hold('https://example.com/menu');
  await page.goto(`${town.origin}/`);
  await page.locator('[data-verdict="unverified"]').waitFor();
  await page.goto(`${town.origin}/state`);
  await page.getByText('本机已被停用，记录仍保存在本机').first().waitFor();
  await page.locator('[data-waiting="1"]').waitFor();
});
