// Gets a bare machine ready, with Node's own modules only, since nothing else is here yet.
//   node install.mjs              the packages of package-lock.json
//   node install.mjs --build      and dist, where it is missing or older than its sources
//   node install.mjs --browser    and a Chromium for the tests
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

process.chdir(import.meta.dirname ?? new URL('.', import.meta.url).pathname);
checkNode();
installPackages();
if (process.argv.includes('--build')) build();
if (process.argv.includes('--browser')) findBrowser();

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  // What Vite takes: ^20.19.0 || >=22.12.0.
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!supported) {
    fail(
      `Kakou needs Node 20.19 or a later 20, or else 22.12 or newer (so not 21); this is ${process.version}.`,
    );
  }
}

function installPackages() {
  if (isInstalled()) return;
  console.log('Installing packages …');
  // Under npm, the very same npm; by itself, whichever the shell finds.
  const npm = process.env.npm_execpath;
  const done = npm?.endsWith('.js')
    ? run(process.execPath, [npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error'])
    : run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        shell: process.platform === 'win32',
      });
  if (!done) fail('The packages could not be installed (npm ci).');
}

/** Whether npm's own note of what it installed agrees with package-lock.json. */
function isInstalled() {
  if (!existsSync('node_modules/.package-lock.json')) return false;
  const wanted = packagesOf('package-lock.json');
  const there = packagesOf('node_modules/.package-lock.json');
  const isSame = (path) => there[path]?.integrity === wanted[path]?.integrity;
  return (
    Object.keys(there).every((path) => wanted[path] && isSame(path)) &&
    Object.entries(wanted).every(
      ([path, entry]) => path === '' || isSame(path) || (entry.optional && !isForHere(entry)),
    )
  );
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** A package for this machine and no other; whether glibc or musl is left to npm. */
function isForHere({ os, cpu, libc }) {
  const fits = (list, here) => list?.includes(here) ?? false;
  return !libc && fits(os, process.platform) && fits(cpu, process.arch);
}

function build() {
  const outputs = ['dist/site/index.html', 'dist/authority/main.js'];
  const inputs = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];
  const built = Math.min(...outputs.map((file) => newest(file)));
  if (built > Math.max(...inputs.map((path) => newest(path)))) return;
  console.log('Building …');
  if (!run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--app'])) {
    fail('The build failed (npm run build).');
  }
}

/** The latest change in a file or folder, folders included: a removed file changes them. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function findBrowser() {
  if (hasBrowser()) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    if (
      run('apt-get', ['update'], { env }) &&
      run('apt-get', ['install', '-y', 'chromium'], { env }) &&
      hasBrowser()
    ) {
      return;
    }
  }
  fail(
    'The tests need Chromium or Chrome, and none was found. Install it:\n' +
      '  Debian, Ubuntu   sudo apt-get install chromium\n' +
      '  Fedora           sudo dnf install chromium\n' +
      '  macOS            brew install --cask google-chrome\n' +
      'or say where it is: CHROMIUM=/path/to/chromium npm test',
  );
}

function hasBrowser() {
  const named = process.env.CHROMIUM;
  if (named) return existsSync(named) || fail(`There is no browser at CHROMIUM=${named}.`);
  return JSON.parse(readFileSync('test/support/chromium.json', 'utf8')).some((path) =>
    existsSync(path),
  );
}

/** Runs a command silently; what it said is shown only when it fails. */
function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  if (status === 0) return true;
  console.error([stdout, stderr, error?.message].filter(Boolean).join('\n'));
  return false;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
