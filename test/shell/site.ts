import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build, type Plugin } from 'vite';
import type { Peer } from '../device/peer.ts';

type Answer = { readonly type: string; readonly body: string };

/**
 * A small site with the real service workers: two apps of one page each, and an
 * authority behind them. `release` puts a new version of the scanner on it.
 */
export async function openSite(peer: Peer) {
  const files = new Map<string, Answer>([
    ['/page.js', script(await bundle('test/shell/page.ts'))],
    ['/', page('scanner 1')],
    ['/index.html', page('scanner 1')],
    ['/resident/', page('resident')],
    ['/resident/index.html', page('resident')],
    ['/resident/sw.js', script(await bundle('src/shell/resident-sw.ts', '1'))],
    ['/headquarters/', page('headquarters')],
  ]);
  let reachable = true;

  async function release(version: string): Promise<void> {
    files.set('/', page(`scanner ${version}`));
    files.set('/index.html', page(`scanner ${version}`));
    files.set('/sw.js', script(await bundle('src/shell/scanner-sw.ts', version)));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const file = files.get(path);
    if (!reachable) return void request.socket.destroy();
    if (file) {
      response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-cache' });
      return void response.end(file.body);
    }
    const method = request.method ?? 'GET';
    const headers = new Headers();
    const known = request.headers['if-none-match'];
    if (known) headers.set('if-none-match', known);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const answer = await peer.fetch(path, { method, headers, ...(body && { body }) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  }

  await release('1');
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    release,
    /** Whether the site answers at all. */
    reach(yes: boolean): void {
      reachable = yes;
    },
    close(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function page(title: string): Answer {
  const body = `<!doctype html><title>${title}</title><script src="/page.js"></script>`;
  return { type: 'text/html', body };
}

function script(body: string): Answer {
  return { type: 'text/javascript', body };
}

async function bundle(entry: string, version = ''): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"', __APP_VERSION__: '"0.0.0"' },
    plugins: [precacheList(version)],
    build: {
      write: false,
      rolldownOptions: {
        input: entry,
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error(`nothing was built of ${entry}`);
  return output.output[0].code;
}

/** Stands for the build's list of files: each app is its page here. */
function precacheList(version: string): Plugin {
  return {
    name: 'precache-list',
    resolveId: (id) => (id.startsWith('virtual:precache/') ? id : undefined),
    load(id) {
      if (!id.startsWith('virtual:')) return undefined;
      const folder = id.endsWith('resident') ? '/resident' : '';
      const files = [
        { url: `${folder}/index.html`, revision: version },
        { url: '/page.js', revision: '1' },
      ];
      return `export default ${JSON.stringify(files)}`;
    },
  };
}
