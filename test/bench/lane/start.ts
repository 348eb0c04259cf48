import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from 'playwright';
import { build } from 'vite';
import { enrolStation, foundTown, pageOf, type Town } from '../../e2e/town.ts';

/** Milliseconds from the address to what is there, medians. */
export interface StartFigures {
  readonly slowdown: number;
  readonly rounds: number;
  /** To the camera's first picture on the screen. */
  readonly kakou: number;
  readonly hello: number;
  /** To the first words of the page that says hello. */
  readonly words: number;
  /** What Kakou asked for before its camera's first picture. */
  readonly asked: readonly Asked[];
}

/** A script or a style. */
interface Asked {
  readonly file: string;
  /** Bytes, by Brotli. */
  readonly size: number;
  /** Whether it is the page's own; the decoder's is a worker's. */
  readonly isPage: boolean;
}

/** The least that a scanner could be: Preact, a word, a camera, and a service worker. */
const HELLO = `
  import { h, render } from 'preact';
  import { useEffect, useRef } from 'preact/hooks';
  function Hello() {
    const video = useRef();
    useEffect(() => {
      const size = { width: { ideal: 1920 }, height: { ideal: 1080 } };
      navigator.mediaDevices
        .getUserMedia({ video: { ...size, facingMode: { ideal: 'environment' } } })
        .then((stream) => {
          video.current.srcObject = stream;
          return video.current.play();
        });
      navigator.serviceWorker.register('/sw.js');
    }, []);
    return h('main', null, h('h1', null, 'Hello'), h('video', { ref: video, muted: true }));
  }
  render(h(Hello), document.body);
`;
const HELLO_WORKER = `
  const files = ['/', '/hello.js'];
  oninstall = (event) =>
    event.waitUntil(caches.open('hello').then((cache) => cache.addAll(files)).then(() => skipWaiting()));
  onactivate = (event) => event.waitUntil(clients.claim());
  onfetch = (event) => event.respondWith(caches.match(event.request, { ignoreSearch: true }));
`;

/** Browsers that were just started, without a network, each app in turn. */
export async function measureStarts(
  slowdowns: readonly number[],
  rounds: number,
): Promise<StartFigures[]> {
  const town = await foundTown();
  const hello = await serveHello();
  try {
    await town.phone.close();
    const station = await town.startStation();
    const page = await enrolStation(town, station);
    await page.goto(hello.origin);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await station.close();
    await town.wire.cut();
    hello.close();
    const figures: StartFigures[] = [];
    for (const slowdown of slowdowns) {
      figures.push(await compareStarts(town, hello.origin, slowdown, rounds));
    }
    return figures;
  } finally {
    hello.close();
    await town.leave();
  }
}

async function compareStarts(
  town: Town,
  hello: string,
  slowdown: number,
  rounds: number,
): Promise<StartFigures> {
  const kakou: Start[] = [];
  const other: Start[] = [];
  for (let round = 0; round < rounds; round++) {
    kakou.push(await startOnce(town, town.origin, slowdown));
    other.push(await startOnce(town, hello, slowdown));
    console.log(`${slowdown}x: start ${round + 1} of ${rounds}`);
  }
  return {
    slowdown,
    rounds,
    kakou: median(kakou.map(({ camera }) => camera)),
    hello: median(other.map(({ camera }) => camera)),
    words: median(other.map(({ words }) => words)),
    asked: [...new Set(kakou.flatMap(({ asked }) => asked))].sort().map(weigh),
  };
}

function weigh(path: string): Asked {
  const file = basename(path);
  const size = brotliCompressSync(readFileSync(join('dist/site', path))).length;
  return { file, size, isPage: !file.startsWith('worker') };
}

/** Milliseconds, and paths. */
interface Start {
  readonly words: number;
  readonly camera: number;
  readonly asked: readonly string[];
}

async function startOnce(town: Town, address: string, slowdown: number): Promise<Start> {
  const station = await town.startStation();
  try {
    const page: Page = pageOf(station);
    await page.setViewportSize({ width: 360, height: 640 });
    await page.addInitScript(watchStart);
    const devtools = await station.context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.goto(address);
    // Not by playwright, which brings the page 300 kB of its own to read in the middle of it.
    const { result } = await devtools.send('Runtime.evaluate', {
      expression: 'kakouSeen',
      awaitPromise: true,
      returnByValue: true,
    });
    return result.value;
  } finally {
    await station.close();
  }
}

/** In the page, before anything else: when its words and its camera's picture are there. */
function watchStart(): void {
  let words = Number.NaN;
  const seen = new Promise<Start>((resolve) => {
    const finish = () => {
      const camera = performance.now();
      const asked = performance
        .getEntriesByType('resource')
        .filter(({ startTime }) => startTime < camera)
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => /\.(js|css)$/.test(path));
      resolve({ words, camera, asked });
    };
    const look = () => {
      if (Number.isNaN(words) && document.querySelector('h1')) words = performance.now();
      const video = document.querySelector('video');
      if (video?.videoWidth && video.checkVisibility()) video.requestVideoFrameCallback(finish);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  Object.assign(globalThis, { kakouSeen: seen });
}

async function serveHello() {
  const id = 'virtual:hello';
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'hello',
        resolveId: (asked) => (asked === id ? id : undefined),
        load: (asked) => (asked === id ? HELLO : undefined),
      },
    ],
    build: { write: false, rolldownOptions: { input: id } },
  });
  const [chunk] = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  const script = chunk?.type === 'chunk' ? chunk.code : '';
  const files: Record<string, readonly [type: string, body: string]> = {
    '/': [
      'text/html',
      '<!doctype html><title>Hello</title><body><script type="module" src="/hello.js"></script>',
    ],
    '/hello.js': ['text/javascript', script],
    '/sw.js': ['text/javascript', HELLO_WORKER],
  };
  const server = createServer((request, response) => {
    const [type, body] = files[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(body ? 200 : 404, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
