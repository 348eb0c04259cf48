import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeFolder } from '../support/postgres.ts';

/** Below node_modules, so that the bundle finds its dependencies. */
const OUT = resolve('node_modules/.cache/kakou-ceremony-test');
const HELD = join(makeFolder('ceremonies'), 'first');
const PASSPHRASE = 'correct horse battery';

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'src/authority/main.ts', outDir: OUT, target: 'node20', copyPublicDir: false },
  });
}, 60_000);

afterAll(() => rmSync(dirname(HELD), { recursive: true }));

let folder: string;
beforeEach(() => {
  folder = makeFolder('ceremony');
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Options {
  readonly input?: string;
  readonly data?: string;
  readonly issuer?: string;
}

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command as it is typed in the folder, without a database and without a server. */
function call(
  typed: string,
  { input = '', data = 'data', issuer = 'https://xiangyang.example' }: Options = {},
): Promise<Said> {
  const child = spawn(process.execPath, [join(OUT, 'main.js'), ...typed.split(' ')], {
    cwd: folder,
    env: { DATA_DIR: join(folder, data), ISSUER: issuer },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  child.stdin.end(input);
  return new Promise((done) => child.once('close', (code) => done({ code, ...said })));
}

async function done(typed: string, options?: Options): Promise<string> {
  const { code, out, err } = await call(typed, options);
  if (code !== 0) throw new Error(`keys ended with ${code}: ${err}`);
  return out;
}

async function refusal(typed: string, options?: Options) {
  const { code, out, err } = await call(typed, options);
  expect([code, out]).toEqual([1, expect.any(String)]);
  return err.replace(/^.*: \n/s, '');
}

/** A root of two of three, and the first trust that two of them signed: held once, then copied. */
async function firstCeremony(): Promise<void> {
  if (existsSync(HELD)) return cpSync(HELD, folder, { recursive: true });
  await done('keys root make --threshold 2 --to a.jwk --to b.jwk --to c.jwk --out root.json');
  await done('keys trust prepare --root root.json --out trust.json');
  await done('keys trust sign --key a.jwk trust.json');
  await done('keys trust sign --key c.jwk trust.json');
  await done('keys trust install trust.json');
  cpSync(folder, HELD, { recursive: true });
}

test('from nothing to a trust that two of three signed, and no root key lies on the server', async () => {
  await firstCeremony();
  const keys = readdirSync(join(folder, 'data/keys'));
  expect(keys.filter((name) => name.startsWith('root'))).toEqual([]);
  expect(keys.filter((name) => name.startsWith('trust-'))).toHaveLength(1);
  const listed = await done('keys list');
  expect(listed.match(/ in use +here /g)).toHaveLength(6);
  expect(listed).toContain('Authority https://xiangyang.example');
  expect(listed).toContain('2 of 3 keys sign');
  expect(listed.match(/^ +[\w-]{43} elsewhere$/gm)).toHaveLength(3);
});

test('a stick that cannot be written is one clear line', async () => {
  const make = 'keys root make --threshold 1 --to nowhere/a.jwk --out root.json';
  expect(await refusal(make)).toMatch(/^Kakou: .*nowhere.* cannot be written \(ENOENT\)\.\n$/);
});

test('every stick is for one holder: none is written over, and none counts twice', async () => {
  await firstCeremony();
  const before = readFileSync(join(folder, 'a.jwk'), 'utf8');
  const again = 'keys root make --threshold 1 --to a.jwk --out other.json';
  expect(await refusal(again)).toMatch(/a\.jwk exists already/);
  expect(readFileSync(join(folder, 'a.jwk'), 'utf8')).toBe(before);

  await done('keys trust prepare --out next.json');
  expect(await refusal('keys trust prepare --out next.json')).toMatch(/next\.json exists already/);
  await done('keys trust sign --key b.jwk next.json');
  expect(await refusal('keys trust sign --key b.jwk next.json')).toMatch(/has signed it already/);
  expect(await refusal('keys trust install next.json')).toMatch(/too few keys have signed it/);
  await done('keys trust sign --key a.jwk next.json');
  expect(await done('keys trust install next.json')).toContain('Installed.');
  expect(await refusal('keys trust install trust.json')).toMatch(/older than the one/);
});

test('a passphrase keeps a stick shut: a wrong one opens nothing, and the file says nothing', async () => {
  const make = 'keys root make --threshold 1 --to a.jwk --out root.json --passphrase';
  expect(await refusal(make, { input: 'short\n' })).toMatch(/at least 12 characters/);
  expect(existsSync(join(folder, 'a.jwk'))).toBe(false);
  await done(make, { input: `${PASSPHRASE}\n` });
  const [header = ''] = readFileSync(join(folder, 'a.jwk'), 'utf8').split('.');
  expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
    alg: 'PBES2-HS512+A256KW',
    p2c: 600_000,
  });
  await done('keys trust prepare --root root.json --out trust.json');
  const unsigned = readFileSync(join(folder, 'trust.json'), 'utf8');
  const sign = 'keys trust sign --key a.jwk trust.json';
  expect(await refusal(sign, { input: 'incorrect horse\n' })).toMatch(/does not open the key/);
  expect(readFileSync(join(folder, 'trust.json'), 'utf8')).toBe(unsigned);
  await done(sign, { input: `${PASSPHRASE}\n` });
  await done('keys trust install trust.json');
});

test('several passphrases can be piped in, a line for each stick', async () => {
  await done('keys root make --threshold 2 --to a.jwk --to b.jwk --out root.json --passphrase', {
    input: `${PASSPHRASE} a\n${PASSPHRASE} b\n`,
  });
  await done('keys trust prepare --root root.json --out trust.json');
  await done('keys trust sign --key b.jwk trust.json', { input: `${PASSPHRASE} b\n` });
});

test('a root is replaced when the old one and the new one have signed, and not before', async () => {
  await firstCeremony();
  await done('keys root make --threshold 1 --to n.jwk --out next-root.json');
  await done('keys trust prepare --root next-root.json --out next.json');
  const own = await done('keys trust sign --key n.jwk next.json');
  expect(own).toContain('Of its own root 1 have signed, 1 are needed.');
  expect(await refusal('keys trust install next.json')).toMatch(/or of the root before it/);
  const old = await done('keys trust sign --key a.jwk next.json');
  expect(old).toContain('counts if it is of the root before it');
  await done('keys trust sign --key b.jwk next.json');
  await done('keys trust install next.json');
  expect(await done('keys list')).toContain('1 of 1 keys sign');
  const kept = readdirSync(join(folder, 'data/keys')).filter((name) => name.startsWith('trust-'));
  expect(kept).toHaveLength(2);
});

test('the trust of another authority is not installed, whoever signed it', async () => {
  await firstCeremony();
  const elsewhere = { data: 'elsewhere', issuer: 'https://wuhan.example' };
  await done('keys trust prepare --root root.json --out strange.json', elsewhere);
  await done('keys trust sign --key a.jwk strange.json');
  await done('keys trust sign --key b.jwk strange.json');
  expect(await refusal('keys trust install strange.json')).toMatch(/it is for another authority/);
});

test('a key is rotated and retired by hand, and the list says how each one stands', async () => {
  await firstCeremony();
  const kidOf = (list: string, row: RegExp) => row.exec(list)?.[1] ?? '';
  const first = kidOf(await done('keys list'), /^code +(\S{6}) +in use/m);
  expect(await done('keys rotate code --from now')).toContain('keys trust prepare');
  const second = kidOf(await done('keys list'), /^code +(\S{6}) +not in the trust yet/m);
  expect(await done(`keys retire ${first}`)).toContain('Printed codes that it signed');
  const list = await done('keys list');
  expect(list).toMatch(new RegExp(`^code +${first} +retired \\d{4}`, 'm'));

  await done('keys trust prepare --out next.json');
  await done('keys trust sign --key a.jwk next.json');
  await done('keys trust sign --key b.jwk next.json');
  await done('keys trust install next.json');
  expect(await done('keys list')).toMatch(new RegExp(`^code +${second} +in use`, 'm'));
  expect(await refusal(`keys retire ${first}`)).toMatch(/retired already/);
  expect(await refusal('keys retire AAAAAA')).toMatch(/There is no key AAAAAA/);
});

test.runIf(platform() !== 'win32')(
  'a stick that others can read is one that is warned of',
  async () => {
    await firstCeremony();
    await done('keys trust prepare --out next.json');
    chmodSync(join(folder, 'a.jwk'), 0o644);
    const { err } = await call('keys trust sign --key a.jwk next.json');
    expect(err).toMatch(/Others on this machine can read .*a\.jwk/);
  },
);

test.each([
  ['keys', /There is no "keys "/],
  ['keys frobnicate', /There is no "keys frobnicate"/],
  ['keys make', /keys make ROLE/],
  ['keys make root', /"root" is no role/],
  ['keys make code --from tomorrow', /"tomorrow" is no time/],
  ['keys make code --from 2027-01-31T08:00', /is no time/],
  ['keys make code --threshold 2', /takes no --threshold/],
  ['keys retire', /keys retire KID/],
  ['keys root make --threshold 3 --to a --to b --out root.json', /from 1 to 2/],
  ['keys root make --threshold 1 --to a --to a --out root.json', /a file for each key/],
  ['keys root make --threshold 1 --to a', /--out is missing/],
  ['keys trust sign trust.json', /--key is missing/],
  ['keys trust install --force trust.json', /Unknown option '--force'/],
  ['serve now', /Unexpected argument 'now'/],
  ['nothing', /there is no command "nothing"/],
])('"%s" is told how it is called', async (typed, words) => {
  const { code, out, err } = await call(typed);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(words);
  expect(err).toContain('Usage:\n  npm start -- ');
});

test.each([
  ['keys trust prepare --out trust.json', /There is no root yet/],
  ['keys trust sign --key a.jwk nowhere.json', /There is no file .*nowhere\.json/],
  ['keys trust install broken.json', /broken\.json is not a trust document/],
  ['keys trust prepare --root broken.json --out trust.json', /describes no root/],
  ['keys root rotate', /are not on this machine/],
])('"%s" on a bare folder is one clear line', async (typed, words) => {
  writeFileSync(join(folder, 'broken.json'), '{"payload":"","signatures":[]}');
  mkdirSync(join(folder, 'data'), { recursive: true });
  const { code, err } = await call(typed);
  expect([code, err.trim().split('\n').length]).toEqual([1, 1]);
  expect(err).toMatch(words);
});

test('help names every command, and one alone where one is asked for', async () => {
  const all = await done('--help');
  expect(all).toContain('npm start -- serve');
  const own = await done('keys --help');
  expect(own).toContain('npm start -- keys trust sign --key FILE TRUST');
  expect(own).not.toContain('serve');
});
