import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makePeer, type Peer } from '../device/peer.ts';
import { chromiumArgs, chromiumPath } from '../support/chromium.ts';
import type { Actions } from './page.ts';
import { openSite } from './site.ts';

declare const kakou: Actions;

let browser: Browser;
let peer: Peer;
let site: Awaited<ReturnType<typeof openSite>>;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArgs });
}, 60_000);
afterAll(() => browser?.close());

beforeEach(async () => {
  peer = await makePeer();
  site = await openSite(peer);
  context = await browser.newContext();
  page = await context.newPage();
}, 60_000);
afterEach(async () => {
  await context.close();
  await site.close();
});

/** Visits an app for the first time, until its service worker is in charge. */
async function install(path: '/' | '/resident/'): Promise<void> {
  await page.goto(site.origin + path);
  await page.evaluate(async (scope) => {
    await navigator.serviceWorker.register(`${scope}sw.js`, { scope });
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== 'activated') {
      await new Promise((resolve) => active?.addEventListener('statechange', resolve));
    }
  }, path);
}

async function titleOf(path: string): Promise<string> {
  try {
    await page.goto(site.origin + path);
  } catch {
    return 'unreachable';
  }
  return page.title();
}

test('after one visit the scanner starts with no network, at every deep link', async () => {
  await install('/');
  site.reach(false);
  for (const path of ['/', '/enrol#token=1', '/settings', '/scan?from=home', '/resident-s']) {
    expect(await titleOf(path)).toBe('scanner 1');
  }
});

test('the scanner answers neither for the other apps nor for the authority', async () => {
  await install('/');
  expect(await titleOf('/resident/')).toBe('resident');
  expect(await titleOf('/headquarters/')).toBe('headquarters');
  await page.goto(`${site.origin}/trust`);
  expect(await page.textContent('body')).toContain('"payload"');
  site.reach(false);
  for (const path of [
    '/resident/',
    '/headquarters/',
    '/bulletin',
    '/status/0',
    '/hq/overview',
    '/residents/areas',
    '/openapi.json',
  ]) {
    expect(await titleOf(path)).toBe('unreachable');
  }
});

test('a new version waits until the page asks for it, and leaves the resident app alone', async () => {
  await install('/resident/');
  await install('/');
  await site.release('2');
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const next = registration.installing ?? registration.waiting;
    while (next?.state === 'installing') {
      await new Promise((resolve) => next.addEventListener('statechange', resolve));
    }
  });
  expect(await titleOf('/')).toBe('scanner 1');

  await page.evaluate(async () => {
    const { waiting } = await navigator.serviceWorker.ready;
    const changed = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve),
    );
    waiting?.postMessage({ type: 'SKIP_WAITING' });
    await changed;
  });
  site.reach(false);
  expect(await titleOf('/')).toBe('scanner 2');
  expect(await titleOf('/resident/')).toBe('resident');
});

/** Shares a file as the system does: by a form that it posts to the manifest's action. */
async function share(name: string, content: Buffer | string): Promise<void> {
  await page.setContent(
    `<form action="${site.origin}/share" method="post" enctype="multipart/form-data">
       <input type="file" name="${name}"><button>share</button>
     </form>`,
  );
  const buffer = Buffer.from(content);
  await page.setInputFiles('input', { name: 'code.png', mimeType: 'image/png', buffer });
  await page.click('button');
  await page.waitForURL(`${site.origin}/?shared`);
}

test('a picture that is shared opens the scanner, without a network too, which takes it once', async () => {
  await install('/');
  site.reach(false);
  await share('picture', 'the older');
  await share('picture', 'the newer');
  expect(await page.title()).toBe('scanner 1');
  expect(await page.evaluate(() => kakou.takeShared())).toBe('the newer');
  expect(await page.evaluate(() => kakou.takeShared())).toBeUndefined();
  expect(await page.evaluate(() => caches.has('kakou-shared'))).toBe(false);
});

test('a picture that nobody took is gone when the worker wakes five minutes later', async () => {
  await install('/');
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  const left = (ago: number) =>
    page.evaluate(async (seconds) => {
      const headers = { 'kakou-at': String(Date.now() / 1000 - seconds) };
      const cache = await caches.open('kakou-shared');
      await cache.put('/share', new Response('a code', { headers }));
    }, ago);
  const kept = () => page.evaluate(() => caches.has('kakou-shared'));
  for (const [ago, expected] of [
    [200, true],
    [400, false],
  ] as const) {
    await left(ago);
    await session.send('ServiceWorker.stopAllWorkers');
    await page.goto(site.origin);
    await expect.poll(kept).toBe(expected);
  }
});

test('a share that cannot be kept opens the scanner with nothing to take', async () => {
  await install('/');
  for (const [name, content] of [
    ['other', 'not what the manifest says'],
    ['picture', ''],
    ['picture', Buffer.alloc(17 * 1024 * 1024)],
  ] as const) {
    await share(name, content);
    expect(await page.title()).toBe('scanner 1');
    expect(await page.evaluate(() => kakou.takeShared())).toBeUndefined();
  }
}, 120_000);

test('records that wait are delivered by background sync with no page open', async () => {
  await install('/');
  const link = peer.link('token-1', { authority: site.origin });
  expect(await page.evaluate((value) => kakou.enrol(value), link)).toBe(true);
  expect(await page.evaluate(() => kakou.append())).toBe(1);
  const [device = ''] = peer.devices.keys();

  const idle = await context.newPage();
  const session = await context.newCDPSession(idle);
  const registrations = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', (update) => {
      const own = update.registrations.find(({ scopeURL }) => scopeURL === `${site.origin}/`);
      if (own) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registrations;
  await page.close();

  const arrived = new Promise<void>((resolve) => {
    peer.wire = (pass, path) => pass().finally(() => path.startsWith('/devices') && resolve());
  });
  await session.send('ServiceWorker.dispatchSyncEvent', {
    origin: site.origin,
    registrationId,
    tag: 'kakou-outbox',
    lastChance: false,
  });
  await arrived;
  expect((await peer.records(device)).map(({ n }) => n)).toEqual([1]);

  page = await context.newPage();
  await page.goto(site.origin);
  await expect.poll(() => page.evaluate(() => kakou.waiting())).toBe(0);
});
