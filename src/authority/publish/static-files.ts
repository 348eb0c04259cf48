import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { utf8 } from '../../core/bytes.ts';
import type { Sql } from '../database/sql.ts';

interface StaticFile {
  /** Below the folder. */
  readonly path: string;
  readonly digest: string;
  readonly plain: Uint8Array;
  readonly br?: Buffer | null;
  readonly gzip?: Buffer | null;
}

/** What the newest of something is called in the folder of its address. */
const NEWEST = 'index';
/** A file that is being written, and no web server should show. */
const UNFINISHED = `.${process.pid}.unfinished`;

/**
 * Writes the published documents as files, so that a plain web server or a CDN carries the
 * load of every post: each as it is, as `.br` and as `.gz`. What has a version in its name
 * stands under that name for ever; the newest trust, bulletin and lists are `index` in the
 * folder of their address.
 *
 * A file appears whole or not at all, and the bulletin comes last, so that nobody finds one
 * before the lists that it names, however the writing ends.
 */
export class StaticFiles {
  readonly #folder: string;
  /** Digests of what was written since this process began, by path. */
  readonly #written = new Map<string, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write(sql: Sql): Promise<void> {
    // Read first and written last: whatever is published meanwhile, the lists that this
    // bulletin names are there.
    const documents = await newest(sql);
    const files = [...(await lists(sql)), ...(await deltas(sql)), ...documents];
    for (const file of files) await this.#keep(file);
    await this.#forget(new Set(files.map(({ path }) => path)));
  }

  async #keep({ path, digest, plain, br, gzip }: StaticFile): Promise<void> {
    if (this.#written.get(path) === digest) return;
    const target = join(this.#folder, path);
    await mkdir(dirname(target), { recursive: true });
    if (br) await put(`${target}.br`, br);
    if (gzip) await put(`${target}.gz`, gzip);
    await put(target, plain);
    this.#written.set(path, digest);
  }

  /** Removes the versions that are out of reach, and what a crash left half written. */
  async #forget(current: ReadonlySet<string>): Promise<void> {
    const below = join(this.#folder, 'status');
    const entries = await readdir(below, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const full = join(entry.parentPath, entry.name);
      const path = full.slice(this.#folder.length + 1).replaceAll('\\', '/');
      if (!current.has(path.replace(/\.(br|gz)$/, ''))) await rm(full, { force: true });
      if (!current.has(path)) this.#written.delete(path);
    }
  }
}

async function put(target: string, content: Uint8Array): Promise<void> {
  await writeFile(target + UNFINISHED, content);
  await rename(target + UNFINISHED, target);
}

interface StoredText {
  readonly digest: string;
  readonly body: string;
  readonly br: Buffer | null;
  readonly gzip: Buffer | null;
}

const fileOf = (path: string, { digest, body, br, gzip }: StoredText): StaticFile => ({
  ...{ path, digest, plain: utf8(body), br, gzip },
});

async function lists(sql: Sql): Promise<StaticFile[]> {
  const rows = await sql<{ shard: number; version: number; digest: string; packed: Buffer }>`
    select shard, version, digest, packed from status_versions where packed is not null`;
  return rows.map(({ shard, version, digest, packed }) => ({
    ...{ path: `status/${shard}/${version}`, digest, plain: packed },
  }));
}

async function deltas(sql: Sql): Promise<StaticFile[]> {
  const rows = await sql<StoredText & { shard: number; since: number; version: number }>`
    select shard, since, version, digest, body, br, gzip from status_deltas`;
  return rows.map(({ shard, since, version, ...text }) =>
    fileOf(`status/${shard}/since/${since}/${version}`, text),
  );
}

/** The lists first, then the trust, and the bulletin that stands on both last. */
async function newest(sql: Sql): Promise<StaticFile[]> {
  const rows = await sql<StoredText & { name: string }>`
    select name, digest, body, br, gzip from documents
    order by name = 'bulletin', name = 'trust', name`;
  return rows.map(({ name, ...text }) => fileOf(`${name}/${NEWEST}`, text));
}
