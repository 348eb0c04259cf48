import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumArgs, chromiumPath } from '../../support/chromium.ts';
import { drawScene } from '../../support/frames.ts';
import { toPng, writeClip, writeClipFromPng } from '../../support/y4m.ts';
import type { CaptureTools } from './camera-page.ts';

const TEXT = 'HC1:HELD BEFORE THE CAMERA';
const PAGE =
  '<!doctype html><script type="module" src="/test/scanner/capture/camera-page.ts"></script>';

declare global {
  interface Window {
    capture: CaptureTools;
  }
}

let folder: string;
let server: ViteDevServer;
let origin: string;
let clip: string;
let withCamera: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kakou-camera-'));
  clip = join(folder, 'clip.y4m');
  await writeClip(clip, { text: TEXT });
  server = await serve();
  origin = server.resolvedUrls?.local[0] ?? '';
  withCamera = await launch([
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${clip}`,
    '--host-resolver-rules=MAP checkpoint.example 127.0.0.1',
  ]);
}, 60_000);

afterEach(() => page.context().close());

afterAll(async () => {
  await withCamera.close();
  await server.close();
  await rm(folder, { recursive: true });
});

function serve(): Promise<ViteDevServer> {
  return createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    cacheDir: join(folder, 'vite'),
    optimizeDeps: { noDiscovery: true, include: ['zxing-wasm/reader'] },
    server: { host: '127.0.0.1', port: 0, allowedHosts: true, hmr: false, watch: null },
    plugins: [
      {
        name: 'page',
        configureServer({ middlewares }) {
          middlewares.use((request, response, next) => {
            if (request.url !== '/') return next();
            response.setHeader('Content-Type', 'text/html').end(PAGE);
          });
        },
      },
    ],
  }).then((created) => created.listen());
}

function launch(args: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...chromiumArgs, ...args] });
}

/** A page whose user allows the camera, or whose browser refuses it unasked. */
async function open(browser: Browser, permissions: readonly 'camera'[], url = origin) {
  const context = await browser.newContext({ permissions: [...permissions] });
  page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => 'capture' in window);
}

/** What openCamera answers. */
function problem(): Promise<string> {
  return page.evaluate(async () => {
    const opened = await window.capture.openCamera(window.capture.video, {
      signal: new AbortController().signal,
    });
    return opened.ok ? 'opened' : opened.reason;
  });
}

/** What comes into view first. */
function firstText(): Promise<string> {
  return page.evaluate(async () => {
    const { video, openCamera, createDecoder, watch } = window.capture;
    await openCamera(video);
    const decoder = await createDecoder();
    return new Promise<string>((resolve) => watch(video, decoder, { onText: resolve }));
  });
}

describe('a camera that can be had', () => {
  test('plays in the video, is on the list, and is off when it is stopped', async () => {
    await open(withCamera, ['camera']);
    const seen = await page.evaluate(async () => {
      const { capture } = window;
      const { video } = capture;
      const leaving = new AbortController();
      const opened = await capture.openCamera(video, { signal: leaving.signal });
      if (!opened.ok) return opened;
      const size = [video.videoWidth, video.videoHeight];
      const listed = (await capture.listCameras()).map((camera) => camera.deviceId);
      const [track] = (video.srcObject as MediaStream).getTracks();
      leaving.abort();
      return {
        size,
        listed: listed.includes(opened.value.deviceId ?? ''),
        after: [track?.readyState, video.srcObject],
      };
    });
    expect(seen).toEqual({ size: [1280, 720], listed: true, after: ['ended', null] });
  });

  test('gives the text of whatever is held before it', async () => {
    await writeClip(clip, { text: TEXT, rotation: 12, noise: 6 });
    await open(withCamera, ['camera']);
    expect(await firstText()).toBe(TEXT);
    await page.context().close();

    const poster = drawScene({ text: 'A POSTER', width: 900, height: 1600, scale: 12 });
    await writeClipFromPng(clip, toPng(poster));
    await open(withCamera, ['camera']);
    expect(await firstText()).toBe('A POSTER');
  });

  test('takes the place of a remembered one that is gone', async () => {
    await open(withCamera, ['camera']);
    const opened = await page.evaluate(
      async () =>
        (
          await window.capture.openCamera(window.capture.video, {
            deviceId: 'gone',
          })
        ).ok,
    );
    expect(opened).toBe(true);
  });

  test('that was asked for before there was a video plays in it, and is asked for once', async () => {
    await open(withCamera, ['camera']);
    const seen = await page.evaluate(async () => {
      const { video, expectCamera, openCamera } = window.capture;
      const { mediaDevices } = navigator;
      const ask = mediaDevices.getUserMedia.bind(mediaDevices);
      let asked = 0;
      mediaDevices.getUserMedia = (wish) => {
        asked++;
        return ask(wish);
      };
      expectCamera({});
      const leaving = new AbortController();
      const first = await openCamera(video, { signal: leaving.signal });
      const once = asked;
      leaving.abort();
      // What was taken and turned off is not given out again.
      const second = await openCamera(video);
      return [first.ok, once, second.ok, asked];
    });
    expect(seen).toEqual([true, 1, true, 2]);
  });

  test('that is given up while it opens is off, and leaves the next one its place', async () => {
    await open(withCamera, ['camera']);
    const seen = await page.evaluate(async () => {
      const { video, openCamera } = window.capture;
      const leaving = new AbortController();
      const first = openCamera(video, { signal: leaving.signal });
      leaving.abort();
      const second = await openCamera(video);
      const [track] = (video.srcObject as MediaStream).getTracks();
      return [(await first).ok, second.ok, track?.readyState];
    });
    expect(seen).toEqual([false, true, 'live']);
  });

  test('gives few frames while it rests, of the same size, and all of them again', async () => {
    await open(withCamera, ['camera']);
    const settings = await page.evaluate(async () => {
      const { video, openCamera } = window.capture;
      const opened = await openCamera(video);
      const [track] = (video.srcObject as MediaStream).getVideoTracks();
      const seen: unknown[] = [];
      for (const isIdle of [true, false]) {
        if (opened.ok) await opened.value.rest(isIdle);
        const { width, height, frameRate = 0 } = track?.getSettings() ?? {};
        seen.push({ width, height, isSlow: frameRate <= 5 });
      }
      return seen;
    });
    const size = { width: 1280, height: 720 };
    expect(settings).toEqual([
      { ...size, isSlow: true },
      { ...size, isSlow: false },
    ]);
  });

  test('says once that it ended, and is off', async () => {
    for (const event of ['ended', 'mute']) {
      await open(withCamera, ['camera']);
      const seen = await page.evaluate(async (type) => {
        let ends = 0;
        await window.capture.openCamera(window.capture.video, {
          onEnded: () => ends++,
        });
        const [track] = (window.capture.video.srcObject as MediaStream).getTracks();
        track?.dispatchEvent(new Event(type));
        track?.dispatchEvent(new Event(type));
        return [ends, track?.readyState, window.capture.video.srcObject];
      }, event);
      expect(seen).toEqual([1, 'ended', null]);
      await page.context().close();
    }
  });

  test('does not end when its page is hidden', async () => {
    await open(withCamera, ['camera']);
    const ends = await page.evaluate(async () => {
      let count = 0;
      await window.capture.openCamera(window.capture.video, {
        onEnded: () => count++,
      });
      Object.defineProperty(document, 'hidden', { get: () => true });
      const [track] = (window.capture.video.srcObject as MediaStream).getTracks();
      track?.dispatchEvent(new Event('mute'));
      return count;
    });
    expect(ends).toBe(0);
  });
});

describe('why there is no picture', () => {
  test('this device has no camera', async () => {
    const without = await launch([]);
    try {
      await open(without, ['camera']);
      expect(await problem()).toBe('no-camera');
    } finally {
      await without.close();
    }
  });

  test('the user does not allow it, however early it was asked for', async () => {
    await open(withCamera, []);
    expect(await problem()).toBe('permission-denied');
    const heard = page.waitForEvent('pageerror', { timeout: 500 }).catch(() => 'nothing');
    await page.evaluate(() => window.capture.expectCamera({}));
    expect(await heard).toBe('nothing');
    expect(await problem()).toBe('permission-denied');
  });

  test('the page did not come over https', async () => {
    await open(withCamera, [], origin.replace('127.0.0.1', 'checkpoint.example'));
    expect(await problem()).toBe('insecure-page');
    expect(await page.evaluate(() => window.capture.listCameras())).toEqual([]);
  });

  test('the browser leaves out all cameras, as iOS does in Lockdown Mode', async () => {
    await open(withCamera, ['camera']);
    await page.evaluate(() =>
      Object.defineProperty(navigator, 'mediaDevices', { value: undefined }),
    );
    expect(await problem()).toBe('no-camera');
    expect(await page.evaluate(() => window.capture.listCameras())).toEqual([]);
  });

  test('it opens and never gives a picture', async () => {
    await open(withCamera, ['camera']);
    await page.evaluate(() => {
      // Frames are written into this track by nobody.
      const Generator = Reflect.get(window, 'MediaStreamTrackGenerator');
      const track = new Generator({ kind: 'video' });
      Object.assign(window, { dark: track });
      navigator.mediaDevices.getUserMedia = async () => new MediaStream([track]);
    });
    expect(await problem()).toBe('failed');
    expect(await page.evaluate(() => Reflect.get(window, 'dark').readyState)).toBe('ended');
  });

  test('it is kept from this page, until it is not', async () => {
    await open(withCamera, ['camera']);
    await page.evaluate(() => {
      const { mediaDevices } = navigator;
      const ask = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        const stream = await ask(constraints);
        const [track] = stream.getVideoTracks();
        if (track) Object.defineProperty(track, 'muted', { configurable: true, value: true });
        Object.assign(window, { track });
        return stream;
      };
    });
    expect(await problem()).toBe('failed');
    const asked = problem();
    await page.waitForFunction(() => Reflect.get(window, 'track').readyState === 'live');
    await page.evaluate(() => {
      const track: MediaStreamTrack = Reflect.get(window, 'track');
      Reflect.deleteProperty(track, 'muted');
      track.dispatchEvent(new Event('unmute'));
    });
    expect(await asked).toBe('opened');
  });

  test('another app holds it, or it does not start', async () => {
    await open(withCamera, ['camera']);
    for (const [name, reason] of [
      ['NotReadableError', 'in-use'],
      ['AbortError', 'failed'],
    ] as const) {
      // No flag of the browser makes its camera fail so.
      await page.evaluate((thrown) => {
        navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException('Could not start video source', thrown));
      }, name);
      expect(await problem()).toBe(reason);
    }
  });
});
