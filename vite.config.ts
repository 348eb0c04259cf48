import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { defineConfig, type Plugin, type ViteBuilder } from 'vite';

const { version }: { version: string } = JSON.parse(readFileSync('package.json', 'utf8'));
const SITE = 'dist/site';
/**
 * What the pages begin with, in few files: each small one costs a slow phone some milliseconds
 * before its camera (`npm run bench:lane`). What is not listed here is split as it is shared.
 */
const FIRST_FILES = [
  {
    // What all three begin with, and what these modules need.
    name: 'common',
    test: /preload-helper|jsx-?runtime|signals|src\/core\/(answer|badge|time|code\/claims|documents\/policy|protocol\/(common|station)|verdict\/reasons)\.ts|src\/page\/save-file\.ts/i,
    priority: 1,
  },
  {
    // Codes, documents and records, for scanner and residents; a protocol is one page's own.
    // Without recursion, here and below: each would take along what the others share.
    name: 'core',
    test: /src\/core\/(?!protocol\/)|node_modules\/(idb|jose)\//,
    tags: ['$initial' as const],
    includeDependenciesRecursively: false,
  },
  {
    // The entry stays by itself: it is the page's name in the manifest.
    name: 'post',
    test: /src\/(device|scanner)\/(?!main)/,
    tags: ['$initial' as const],
    includeDependenciesRecursively: false,
  },
];

export default defineConfig({
  appType: 'mpa',
  // One order for all: the service workers list what the pages' build has written.
  builder: {
    buildApp: (builder) => buildInOrder(builder, ['client', 'sw', 'residentSw', 'authority']),
  },
  plugins: [pageAddresses(), precacheLists()],
  worker: { format: 'es' },
  define: { __APP_VERSION__: JSON.stringify(version) },
  environments: {
    client: {
      build: {
        outDir: SITE,
        manifest: true,
        target: ['es2022', 'chrome105', 'safari16', 'firefox115'],
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: {
            scanner: 'index.html',
            resident: 'src/resident/index.html',
            headquarters: 'src/headquarters/index.html',
          },
          output: { codeSplitting: { groups: FIRST_FILES } },
        },
      },
    },
    sw: serviceWorker('src/shell/scanner-sw.ts', 'sw.js'),
    residentSw: serviceWorker('src/shell/resident-sw.ts', 'resident/sw.js'),
    authority: {
      consumer: 'server',
      build: {
        outDir: 'dist/authority',
        emptyOutDir: true,
        copyPublicDir: false,
        target: 'node20',
        ssr: true,
        rolldownOptions: { input: { main: 'src/authority/main.ts' } },
      },
    },
  },
});

async function buildInOrder(builder: ViteBuilder, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const environment = builder.environments[name];
    if (environment) await builder.build(environment);
  }
}

/** Classic scripts at fixed addresses, since a service worker's scope is its folder. */
function serviceWorker(entry: string, file: string) {
  return {
    consumer: 'client' as const,
    build: {
      outDir: SITE,
      emptyOutDir: false,
      copyPublicDir: false,
      manifest: false,
      rolldownOptions: {
        input: { sw: entry },
        output: { format: 'iife' as const, entryFileNames: file, codeSplitting: false },
      },
    },
    define: { 'process.env.NODE_ENV': '"production"' },
  };
}

/** Pages live in their shore's folder and are served at its name. */
function pageAddresses(): Plugin {
  const shores = ['resident', 'headquarters'];
  return {
    name: 'page-addresses',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const shore of shores) {
        const page = bundle[`src/${shore}/index.html`];
        if (page) page.fileName = `${shore}/index.html`;
      }
    },
  };
}

interface ManifestChunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  css?: string[];
  assets?: string[];
}

/**
 * `virtual:precache/scanner` and `virtual:precache/resident`: what each service worker
 * keeps, as workbox-precaching wants it. A page keeps its own closure of chunks; the
 * scanner also keeps what no page's manifest names (its worker, the engine's wasm, icons).
 */
function precacheLists(): Plugin {
  const prefix = 'virtual:precache/';
  return {
    name: 'precache-lists',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined;
      const page = id.slice(prefix.length + 1);
      return `export default ${JSON.stringify(page === 'resident' ? residentFiles() : scannerFiles())}`;
    },
  };
}

function residentFiles() {
  return entries([...closure('src/resident/index.html'), 'resident/index.html', ...shared()]);
}

function scannerFiles() {
  const own = closure('index.html');
  const others = [...closure('src/resident/index.html'), ...closure('src/headquarters/index.html')];
  const foreign = new Set(others.filter((file) => !own.has(file)));
  const files = listFiles(SITE).filter(
    (file) =>
      !foreign.has(file) &&
      !/^(resident|headquarters|screenshots|\.vite)\/|^resident\.|^sw\.js/.test(file),
  );
  return entries(files);
}

function shared(): string[] {
  return listFiles(SITE).filter(
    (file) => file.startsWith('icons/') || file === 'resident.webmanifest',
  );
}

function closure(page: string): Set<string> {
  const manifest: Record<string, ManifestChunk> = JSON.parse(
    readFileSync(join(SITE, '.vite/manifest.json'), 'utf8'),
  );
  const files = new Set<string>();
  const visited = new Set<string>();
  const visit = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || visited.has(key)) return;
    visited.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(next);
  };
  visit(page);
  return files;
}

function entries(files: Iterable<string>) {
  return [...new Set(files)].sort().map((file) => ({
    url: `/${file}`,
    // Names in assets/ carry their own hash.
    revision: file.startsWith('assets/') ? null : hash(readFileSync(join(SITE, file))),
  }));
}

function hash(content: Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 16);
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
