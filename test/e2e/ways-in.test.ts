import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RealBrowser } from '../support/browser.ts';
import { drawScene } from '../support/frames.ts';
import { toPng } from '../support/y4m.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  goTo,
  openCode,
  pageOf,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let station: RealBrowser;
let page: Page;
let green: Page;
let red: Page;

beforeAll(async () => {
  town = await foundTown();
  station = await town.startStation();
  page = await enrolStation(town, station);
  green = await openCode(town, 'green');
  red = await openCode(town, 'red');
});
afterAll(() => town?.leave());

async function openScanner(): Promise<void> {
  await town.hold();
  await page.goto(`${town.origin}/`);
  await page.locator('main.scan .frame').waitFor();
}

test('a picture of a code is judged as the code itself', async () => {
  await openScanner();
  const file = join(town.folder, 'code.png');
  writeFileSync(file, (await showCode(red)).png);
  await page.setInputFiles('input[type="file"]', file);
  expect(await verdictOn(page, 'stop')).toBe('red');
});

test('of several codes in a picture the nearest to the middle is judged', async () => {
  await openScanner();
  const { text } = await showCode(red);
  const middle = drawScene({ text, scale: 5 });
  const corner = drawScene({ text: 'https://example.com/menu', scale: 4, offset: [500, 240] });
  for (let i = 0; i < middle.data.length; i++) {
    if (corner.data[i] !== 150) middle.data[i] = corner.data[i] ?? 0;
  }
  const file = join(town.folder, 'several.png');
  writeFileSync(file, toPng(middle));
  await page.setInputFiles('input[type="file"]', file);
  expect(await verdictOn(page, 'stop')).toBe('red');
});

for (const [what, scene] of [
  ['of 4,296 characters', { text: '0123456789ABCDEF'.repeat(269).slice(0, 4_296) }],
  ['of bytes that are no text', { bytes: Uint8Array.from({ length: 300 }, (_, i) => i % 256) }],
] as const) {
  test(`a QR ${what} is no health code, and the screen says what to do`, async () => {
    await openScanner();
    const file = join(town.folder, 'hostile.png');
    writeFileSync(file, toPng(drawScene({ ...scene, width: 1600, height: 1600 })));
    await page.setInputFiles('input[type="file"]', file);
    expect(await verdictOn(page, 'unverified')).toBe('not-a-code');
    await page.getByText('请打开健康码').waitFor();
  });
}

test('a picture that another app shares is judged, and is kept no longer', async () => {
  await openScanner();
  const { png } = await showCode(red);
  const sharing = await station.context.newPage();
  await sharing.setContent(
    `<form action="${town.origin}/share" method="post" enctype="multipart/form-data">
       <input type="file" name="picture"><button>share</button>
     </form>`,
  );
  const picture = { name: 'code.png', mimeType: 'image/png', buffer: Buffer.from(png) };
  await sharing.setInputFiles('input', picture);
  await sharing.click('button');
  expect(await verdictOn(sharing, 'stop')).toBe('red');
  expect(new URL(sharing.url()).search).toBe('');
  expect(await sharing.evaluate(() => caches.has('kakou-shared'))).toBe(false);
  await sharing.goto(`${town.origin}/?shared`);
  await sharing.locator('[data-notice="notShared"]').waitFor();
  await sharing.close();
});

test('a picture that comes while a stop is shown is not judged, and the screen says so', async () => {
  await town.hold((await showCode(red)).png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'stop');
  const { png } = await showCode(green);
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'code.png', { type: 'image/png' }));
    const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    document.querySelector('main.verdict')?.dispatchEvent(drop);
  }, Buffer.from(png).toString('base64'));
  await page.locator('[data-notice="stopWaits"]').waitFor();
  expect(await verdictOn(page, 'stop')).toBe('red');
});

test('the camera that was chosen is asked for after a restart too', async () => {
  await openScanner();
  await page.goto(`${town.origin}/settings`);
  const cameras = page.locator('select').first();
  const chosen = await cameras.locator('option').nth(2).getAttribute('value');
  await cameras.selectOption(chosen);
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (constraints) => {
      Object.assign(window, { asked: constraints });
      return ask(constraints);
    };
  });
  await openScanner();
  const asked = await page.evaluate(() => Reflect.get(window, 'asked'));
  expect(asked).toMatchObject({ video: { deviceId: { exact: chosen } } });
});

for (const way of ['paste', 'drop'] as const) {
  test(`a picture can be given by ${way}`, async () => {
    await openScanner();
    const { png } = await showCode(red);
    await page.evaluate(
      ([kind, base64]) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const data = new DataTransfer();
        data.items.add(new File([bytes], 'code.png', { type: 'image/png' }));
        const event =
          kind === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true })
            : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
        document.querySelector('main')?.dispatchEvent(event);
      },
      [way, Buffer.from(png).toString('base64')] as const,
    );
    expect(await verdictOn(page, 'stop')).toBe('red');
  });
}

test('a file that is no picture, and a picture without a QR, each say so', async () => {
  await openScanner();
  const file = join(town.folder, 'notes.txt');
  writeFileSync(file, 'not a picture');
  await page.setInputFiles('input[type="file"]', file);
  await page.getByText('这个文件不是图片').waitFor();
  const blank = join(town.folder, 'blank.png');
  writeFileSync(blank, toPng(drawScene({ width: 320, height: 320 })));
  await page.setInputFiles('input[type="file"]', blank);
  await page.getByText('图片里没有读到二维码').waitFor();
});

for (const [trouble, options, sentence] of [
  ['is missing', { camera: undefined }, '没有找到相机'],
  ['is not allowed', { answer: 'deny' }, '没有相机权限'],
] as const) {
  test(`a camera that ${trouble} is told from other troubles, with what to do`, async () => {
    const other = await town.startStation({ profile: join(town.folder, trouble), ...options });
    try {
      await pageOf(other).goto(`${town.origin}/enrol`);
      await pageOf(other).getByText(sentence).waitFor();
      await pageOf(other).getByRole('button', { name: '重试' }).waitFor();
    } finally {
      await other.close();
    }
  });
}

test('an implausible reading stays in sight and is asked again, and nothing is recorded of it', async () => {
  await town.hold((await showCode(green)).png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'measure');
  await enterReading(page, '965');
  await page.locator('[data-reason="implausible-reading"]').waitFor();
  expect(await page.locator('.digits').textContent()).toBe('96.5 ℃');
  await page.keyboard.type('366');
  await page.locator('[data-verdict="pass"]').waitFor();
});

test('a glove that bounces on the last digit does not wipe out the stop', async () => {
  await town.hold((await showCode(green)).png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'measure');
  await enterReading(page, '37');
  const { x, y, width, height } = (await page
    .locator('.keypad')
    .getByRole('button', { name: '6', exact: true })
    .boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.dblclick(x + width / 2, y + height / 2, { delay: 30 });
  expect(await verdictOn(page, 'stop')).toBe('fever');
  await page.locator('.verdict .shaded:enabled').last().click();
  await page.locator('[data-verdict]').waitFor({ state: 'detached' });
});

test('by keyboard alone a stop is measured again, held back and left', async () => {
  await town.hold((await showCode(green)).png);
  await page.goto(`${town.origin}/`);
  expect(await verdictOn(page, 'stop')).toBe('fever-earlier');
  await page.locator('.verdict .chosen:enabled').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await verdictOn(page, 'measure');
  await page.keyboard.type('366');
  await page.locator('[data-reason="remeasured"]').waitFor();
  await town.hold((await showCode(red)).png);
  await page.goto(`${town.origin}/`);
  expect(await verdictOn(page, 'stop')).toBe('red');
  await page.locator('.verdict .shaded:enabled').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('[data-verdict]').waitFor({ state: 'detached' });
});

test('a temperature that was taken of somebody who is stopped is recorded too, and a fever is one', async () => {
  await town.hold((await showCode(red)).png);
  await page.goto(`${town.origin}/`);
  expect(await verdictOn(page, 'stop')).toBe('red');
  await page.getByRole('button', { name: '记录体温' }).click();
  await enterReading(page, '290');
  await page.locator('[data-reason="implausible-reading"]').waitFor();
  await page.keyboard.type('382');
  await page.getByText('红码 · 发热 38.2').waitFor();
  expect(await verdictOn(page, 'stop')).toBe('red');
  await page.locator('.verdict .chosen:enabled').click();
  await verdictOn(page, 'measure');
  await page.keyboard.type('366');
  await page.getByText('红码 · 复测无异常 36.6').waitFor();
  await expect
    .poll(() =>
      town.authority.query(
        `select body #> '{reading,tenths}' as tenths, fever, body -> 'remeasured' as again
         from records where body ? 'reading' and reason = 'red' order by n`,
      ),
    )
    .toEqual([
      { tenths: 382, fever: true, again: null },
      { tenths: 366, fever: false, again: true },
    ]);
});

test('a printed code whose guardian does not match is stopped, and recorded', async () => {
  const minor = await openCode(town, 'minor');
  await town.hold((await showCode(minor)).png);
  await page.goto(`${town.origin}/`);
  expect(await verdictOn(page, 'measure')).toBe('confirm-guardian');
  await page.getByRole('button', { name: '不符' }).click();
  expect(await verdictOn(page, 'stop')).toBe('guardian-mismatch');
});

test('a name leaves the screen when the app goes to the background, and the verdict stays', async () => {
  await town.hold((await showCode(red)).png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'stop');
  const name = page.getByText('刘*洋');
  expect(await name.isVisible()).toBe(true);
  await page.evaluate(() => {
    // Headless windows are never covered; the browser's own signal is the same.
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  expect(await name.isVisible()).toBe(false);
  expect(await verdictOn(page, 'stop')).toBe('red');
});

test('a person without a code is registered by resident ID, measured, and recorded', async () => {
  await page.goto(`${town.origin}/no-code`);
  await page.locator('main.no-code').waitFor();
  const keypad = page.locator('.no-code .keypad');
  for (const key of '42060619900307123') {
    await keypad.getByRole('button', { name: key, exact: true }).click();
  }
  const next = page.getByRole('button', { name: '下一步' });
  for (const wrong of ['0', '1']) {
    await keypad.getByRole('button', { name: wrong, exact: true }).click();
    await page.getByText('校验码不对').waitFor();
    expect(await next.isDisabled()).toBe(true);
    await keypad.getByRole('button', { name: '退格' }).click();
  }
  await keypad.getByRole('button', { name: '5', exact: true }).click();
  await page.getByRole('button', { name: '手机没电' }).click();
  await next.click();
  await enterReading(page, '365');
  expect(await verdictOn(page, 'stop')).toBe('no-code');
  await expect
    .poll(() =>
      town.authority.query(
        `select body -> 'document' as shown from records where reason = 'no-code'`,
      ),
    )
    .toEqual([{ shown: { type: 'resident-id', masked: '420*************35', why: 'phone-dead' } }]);
});

test('a village certificate lets a measured person pass, as the policy says', async () => {
  await page.goto(`${town.origin}/no-code`);
  await page.locator('main.no-code').waitFor();
  await page.getByRole('button', { name: '村级证明' }).click();
  await page.locator('main.no-code input').fill('20200310');
  await page.getByRole('button', { name: '下一步' }).click();
  await enterReading(page, '364');
  expect(await verdictOn(page, 'pass')).toBe('no-code-allowed');
});

test('whoever shows nothing, or a passport, or walks away is recorded too', async () => {
  await openScanner();
  await goTo(page, '/no-code');
  await page.getByRole('button', { name: '没有证件' }).click();
  await page.getByRole('button', { name: '不愿出示' }).click();
  await page.getByRole('button', { name: '登记', exact: true }).click();
  expect(await verdictOn(page, 'stop')).toBe('no-code');
  await page.getByRole('button', { name: '记录体温' }).waitFor();
  await page.locator('.verdict .shaded:enabled').last().click();
  await page.waitForSelector('[data-verdict]', { state: 'detached' });

  await goTo(page, '/no-code');
  await page.getByRole('button', { name: '护照通行证' }).click();
  const next = page.getByRole('button', { name: '下一步' });
  await page.getByRole('textbox', { name: '护照' }).fill('E1');
  expect(await next.isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: '护照' }).fill('e12 345 678');
  await next.click();
  await verdictOn(page, 'measure');
  await page.getByRole('button', { name: '此人离开：记为未核验' }).click();
  await page.waitForSelector('[data-verdict]', { state: 'detached' });
  await expect
    .poll(() =>
      town.authority.query(
        `select reason, body -> 'document' as shown from records order by n desc limit 2`,
      ),
    )
    .toEqual([
      { reason: 'left', shown: { type: 'passport', masked: 'E1******8', why: 'no-phone' } },
      { reason: 'no-code', shown: { type: 'none', why: 'refuses' } },
    ]);
});

test('the printed code prints as one sheet without buttons', async () => {
  const elder = await openCode(town, 'elder');
  await elder.emulateMedia({ media: 'print' });
  expect(await elder.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
  expect(await elder.locator('[data-qr-text]').isVisible()).toBe(true);
  expect(await elder.getByText('赵小敏').isVisible()).toBe(true);
  const pdf = await elder.pdf({ format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  if (process.env['SCREENS']) writeFileSync(join(process.env['SCREENS'], 'printed.pdf'), pdf);
});
