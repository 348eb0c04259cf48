import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Sql } from '../../src/authority/database/sql.ts';
import { StaticFiles } from '../../src/authority/publish/static-files.ts';
import { NOW } from '../core/make.ts';
import { makeAuthority, postgresForThisFile, request, type TestAuthority } from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeAll(async () => {
  authority = await makeAuthority(postgres);
  // A list so long that a delta is shorter.
  await authority.sql`insert into status_indices (status_index, sub, voided_at)
    select 1000 + 97 * n + n * n % 89, 'AAAAAAAAAAA', ${NOW} from generate_series(1, 3000) as n
    on conflict do nothing`;
  await publishChange(NOW + 30);
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kakou-static-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const listed = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** Somebody's code is withdrawn, and a new version of the list with a delta comes of it. */
async function publishChange(at: number): Promise<void> {
  authority.clock.now = at;
  await authority.sql`update status_indices set voided_at = ${at}
    where status_index = (select min(status_index) from status_indices where voided_at is null)`;
  await authority.sql`update status_shards set changes = changes + 1`;
  await authority.publish();
}

test('what is in the folder is to the letter what the authority serves', async () => {
  const folder = makeFolder();
  await publishChange(NOW + 1200);
  await new StaticFiles(folder).write(authority.sql);
  const files = listed(folder).filter((file) => !/\.(br|gz)$/.test(file));
  expect(files.map((file) => file.replaceAll(/\d{8,}/g, 'N'))).toEqual([
    'bulletin/index',
    'status/0/N',
    'status/0/N',
    'status/0/N',
    'status/0/index',
    'status/0/since/N/N',
    'trust/index',
  ]);
  for (const file of files) {
    const answer = await request(authority, 'GET', `/${file.replace(/\/index$/, '')}`);
    const content = readFileSync(join(folder, file));
    expect(content.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
    if (/\d$/.test(file) && !file.includes('since')) continue;
    expect(brotliDecompressSync(readFileSync(join(folder, `${file}.br`))).equals(content)).toBe(
      true,
    );
    expect(gunzipSync(readFileSync(join(folder, `${file}.gz`))).equals(content)).toBe(true);
  }
});

test('what was written is not read again', async () => {
  const folder = makeFolder();
  const files = new StaticFiles(folder);
  const read: string[] = [];
  const sql: Sql = async <Row>(text: TemplateStringsArray, ...values: readonly unknown[]) => {
    const rows = await authority.sql<Row & { path: string; plain: Buffer | null }>(text, ...values);
    read.push(...rows.filter(({ plain }) => plain).map(({ path }) => path));
    return rows as Row[];
  };
  await files.write(sql);
  expect(read.at(-1)).toBe('bulletin/index');
  const before = new Set(read.splice(0));
  expect(before).toEqual(new Set(listed(folder).filter((file) => !/\.(br|gz)$/.test(file))));
  await files.write(sql);
  expect(read).toEqual([]);

  await publishChange(NOW + 1800);
  await files.write(sql);
  expect(read).toContain('status/0/index');
  expect(read).toContain('bulletin/index');
  expect(read).not.toContain('trust/index');
  expect(read.filter((path) => before.has(path)).every((path) => path.endsWith('index'))).toBe(
    true,
  );
});

test('versions that are out of reach go, and so does what a crash left half written', async () => {
  const folder = makeFolder();
  const files = new StaticFiles(folder);
  await publishChange(NOW + 2400);
  await files.write(authority.sql);
  const [old = ''] = listed(folder).filter((file) => /^status\/0\/\d+$/.test(file));
  writeFileSync(join(folder, `${old}.1.unfinished`), 'half');
  await publishChange(NOW + 2 * 86_400);
  await publishChange(NOW + 2 * 86_400 + 7200);
  await files.write(authority.sql);
  const names = listed(folder);
  expect(names.filter((file) => file.startsWith(old))).toEqual([]);
  expect(names.filter((file) => file.endsWith('.unfinished'))).toEqual([]);
  expect(names.filter((file) => /^status\/0\/\d+$/.test(file)).length).toBeGreaterThan(0);
});

test('a version keeps its file, and its content, while newer ones come out', async () => {
  const folder = makeFolder();
  const files = new StaticFiles(folder);
  await files.write(authority.sql);
  const before = new Map(
    listed(folder)
      .filter((file) => /^status\/0\/\d+$/.test(file))
      .map((file) => [file, readFileSync(join(folder, file)).toString('base64')]),
  );
  await publishChange(authority.clock.now + 600);
  await files.write(authority.sql);
  for (const [file, content] of before) {
    expect(readFileSync(join(folder, file)).toString('base64')).toBe(content);
  }
});
