// What a phone has to fetch before each page works, compressed as a server would.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const SITE = 'dist/site';
const KILOBYTE = 1000;
/**
 * Compressed kB of each page's own scripts and styles, with what it asks for before it
 * works, and of its engine. What a start really asks for: `npm run bench:lane`.
 */
const LIMITS = [
  { what: 'scanner, before the camera opens', page: 'index.html', limit: 60 },
  {
    what: 'the same, in English',
    page: 'index.html',
    more: ['src/scanner/i18n/en.ts'],
    limit: 60,
  },
  { what: 'resident', page: 'src/resident/index.html', limit: 60 },
  { what: 'headquarters', page: 'src/headquarters/index.html', limit: 60 },
];

const manifest = JSON.parse(readFileSync(join(SITE, '.vite/manifest.json'), 'utf8'));
let failed = false;

for (const { what, page, more = [], limit } of LIMITS) {
  const bytes = [...staticClosure(page, ...more)].reduce((sum, file) => sum + compressed(file), 0);
  report(what, bytes, limit);
}
for (const file of readdirSync(join(SITE, 'assets')).filter((name) => /\.wasm$/.test(name))) {
  report(file.replace(/-[\w-]{8}(?=\.)/, ''), compressed(`assets/${file}`), 400);
}
if (failed) process.exit(1);

function report(what, bytes, limit) {
  const over = bytes > limit * KILOBYTE;
  failed ||= over;
  const size = `${(bytes / KILOBYTE).toFixed(1)} kB`;
  console.log(`${over ? 'OVER' : 'ok  '} ${size.padStart(9)} of ${limit} kB  ${what}`);
}

function staticClosure(...entries) {
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const next of chunk.imports ?? []) visit(next);
  };
  entries.forEach(visit);
  return files;
}

function compressed(file) {
  return brotliCompressSync(readFileSync(join(SITE, file))).length;
}
