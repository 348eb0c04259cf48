import { writeFileSync } from 'node:fs';
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
import { originsOf, type Watch, watch } from './watch.ts';

let town: Town;
let station: RealBrowser;
let atStation: Watch;
let onPhone: Watch;

beforeAll(async () => {
  town = await foundTown();
  onPhone = await watch(town.phone.context);
  station = await town.startStation();
  atStation = await watch(station.context);
});
afterAll(() => town?.leave());

test('a whole shift breaks no rule of the scanner’s page and asks nobody but the authority', async () => {
  const page = await enrolStation(town, station);
  const codes = { green: await openCode(town, 'green'), elder: await openCode(town, 'elder') };
  await town.hold((await showCode(codes.green)).png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'measure');
  await enterReading(page, '365');
  expect(await verdictOn(page, 'pass')).toBe('green');

  const file = join(town.folder, 'code.png');
  writeFileSync(file, (await showCode(codes.elder)).png);
  await town.hold();
  await page.goto(`${town.origin}/`);
  await page.setInputFiles('input[type="file"]', file);
  expect(await verdictOn(page, 'measure')).toBe('confirm-guardian');

  await page.goto(`${town.origin}/no-code`);
  await page.locator('main.no-code').waitFor();
  await page.getByRole('button', { name: '村级证明' }).click();
  await page.locator('main.no-code input').fill('20200310');
  await page.getByRole('button', { name: '下一步' }).click();
  await enterReading(page, '364');
  expect(await verdictOn(page, 'pass')).toBe('no-code-allowed');

  await page.goto(`${town.origin}/settings`);
  await page.getByText('zxing-wasm').waitFor();
  await page.locator('select').last().selectOption('zxing-browser');
  await page.getByText('正在使用').waitFor();
  await page.locator('button[lang="en"]').click();
  await page.locator('button[lang="zh"]').click();
  await page.locator('[data-waiting="0"]').waitFor();

  expect(atStation.complaints).toEqual([]);
  expect(originsOf(atStation)).toEqual([town.origin]);
});

test('a resident’s page and headquarters’ break none of theirs', async () => {
  const minor = await openCode(town, 'minor');
  const [saved] = await Promise.all([
    minor.waitForEvent('download'),
    minor.getByRole('button', { name: '存为图片' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('health-code.png');
  await minor.waitForFunction(() => navigator.serviceWorker.ready.then(() => true));
  await minor.reload();
  await minor.locator('[data-qr-text]').waitFor();

  const headquarters = await openHeadquarters();
  await headquarters.locator('nav a[href$="/stations"]').click();
  await headquarters.locator('input[name="post"]').fill('<b>西门</b>');
  await headquarters.locator('input[name="area"]').fill('420606');
  await headquarters.locator('form:has(input[name="post"]) button[type="submit"]').click();
  await headquarters.locator('svg.qr').waitFor();

  expect(onPhone.complaints).toEqual([]);
  expect(originsOf(onPhone)).toEqual([town.origin]);
});

for (const [name, open] of [
  ['scanner', async () => pageOf(station)],
  ['resident', async () => openCode(town, 'red')],
  ['headquarters', async () => openHeadquarters()],
] as const) {
  test(`no string becomes script in the page of the ${name}`, async () => {
    const page = await open();
    await page.bringToFront();
    const outcomes = await page.evaluate(async () => {
      // What a debugger evaluates may use eval; what a timer of the page's calls may not.
      await new Promise((resolve) => setTimeout(resolve));
      const attempts: Record<string, () => unknown> = {
        'an inline script': () => {
          const script = document.createElement('script');
          script.append('window.injected = true');
          document.head.append(script);
        },
        'a script from elsewhere': () => {
          const script = document.createElement('script');
          script.setAttribute('src', 'https://example.com/x.js');
        },
        innerHTML: () => {
          document.createElement('p').innerHTML = '<img src=x onerror="window.injected = true">';
        },
        srcdoc: () => {
          document.createElement('iframe').srcdoc = '<script>1</script>';
        },
        'a handler in an attribute': () => {
          const button = document.createElement('button');
          button.setAttribute('onclick', 'window.injected = true');
          button.click();
        },
        'a javascript: link': () => {
          const link = document.createElement('a');
          link.href = 'javascript:window.injected = true';
          link.click();
        },
        eval: () => new Function('window.injected = true')(),
        'a timer of text': () => Reflect.apply(setTimeout, window, ['window.injected = true', 0]),
        'a foreign worker': () => new Worker('/assets/other.js'),
        'a worker of a blob': () => new Worker(URL.createObjectURL(new Blob(['1']))),
        'WebAssembly in the page': () =>
          new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)),
      };
      const thrown = Object.entries(attempts).map(([what, attempt]) => {
        try {
          attempt();
          return [what, 'let be'];
        } catch {
          return [what, 'refused'];
        }
      });
      const registered = await navigator.serviceWorker.register('/assets/other.js').then(
        () => 'let be',
        () => 'refused',
      );
      const fetched = await fetch('https://example.com/').then(
        () => 'let be',
        () => 'refused',
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      return {
        ...Object.fromEntries(thrown),
        'a foreign service worker': registered,
        'a request elsewhere': fetched,
        injected: 'injected' in window,
      };
    });
    expect(outcomes).toEqual({
      // These do not throw; that nothing came of them is what counts.
      'an inline script': expect.any(String),
      'a handler in an attribute': expect.any(String),
      'a javascript: link': 'let be',
      'a script from elsewhere': 'refused',
      innerHTML: 'refused',
      srcdoc: 'refused',
      eval: 'refused',
      'a timer of text': 'refused',
      'a foreign worker': 'refused',
      'a worker of a blob': 'refused',
      'WebAssembly in the page': 'refused',
      'a foreign service worker': 'refused',
      'a request elsewhere': 'refused',
      injected: false,
    });
  });
}

test('no page can be framed, nor use what it has no need for', async () => {
  const phone = await openCode(town, 'grey');
  const allowed = (page: Page) =>
    page.evaluate(() => {
      const { featurePolicy } = document as unknown as {
        featurePolicy: { allowsFeature(name: string): boolean };
      };
      const features = ['camera', 'microphone', 'geolocation', 'serial', 'screen-wake-lock'];
      return features.filter((name) => featurePolicy.allowsFeature(name));
    });
  expect(await allowed(pageOf(station))).toEqual(['camera', 'serial', 'screen-wake-lock']);
  expect(await allowed(phone)).toEqual(['screen-wake-lock']);
  expect(await allowed(await openHeadquarters())).toEqual([]);
  const framed = await phone.evaluate(async () => {
    const frame = document.createElement('iframe');
    frame.src = '/settings';
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve));
    try {
      return Boolean(frame.contentDocument?.querySelector('#app'));
    } catch {
      return false;
    }
  });
  expect(framed).toBe(false);
});

/** What a hostile QR says, and the part of it that must not be found in the page. */
const HOSTILE = {
  markup: ['<img src=x onerror="window.injected=1">', 'onerror'],
  'a script link': ['javascript:window.injected=1', 'javascript:'],
  'a right-to-left override': ['\u202egnp.edoc\u202c 绿码', '\u202e'],
  'control characters': ['KK1:\u0000\u0007\u001b[2J\r\nA', '\u001b'],
  'a prototype': ['{"__proto__":{"verdict":"pass"}}', '__proto__'],
  'many signs': [`<b>${'&'.repeat(300)}</b>`, '&&'],
  'a code with markup behind it': ['KK1:<svg/onload=injected=1>', 'onload'],
} as const;

for (const [name, [text, part]] of Object.entries(HOSTILE)) {
  test(`a QR of ${name} is no code, and nothing of it gets into the page`, async () => {
    const page = pageOf(station);
    await town.hold(text);
    await page.goto(`${town.origin}/`);
    await verdictOn(page, 'unverified');
    expect(await page.content()).not.toContain(part);
    expect(await page.evaluate(() => 'injected' in window)).toBe(false);
  });
}

async function openHeadquarters(): Promise<Page> {
  const page = await town.phone.context.newPage();
  await page.goto(town.authority.headquartersLink);
  await page.getByText('东门卡口').first().waitFor();
  return page;
}
