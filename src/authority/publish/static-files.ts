import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sql } from '../database/sql.ts';

interface StaticFile {
  /** Below the folder. */
  readonly path: string;
  readonly digest: string;
  /** null: it was written. */
  readonly plain: Buffer | null;
  readonly br: Buffer | null;
  readonly gzip: Buffer | null;
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
    // In one statement: whatever is published meanwhile, the lists that this bulletin names are
    // there.
    const files = await published(sql, this.#written);
    for (const file of files) await this.#keep(file);
    await this.#forget(new Set(files.map(({ path }) => path)));
  }

  async #keep({ path, digest, plain, br, gzip }: StaticFile): Promise<void> {
    if (!plain) return;
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

async function put(target: string, content: Buffer): Promise<void> {
  await writeFile(target + UNFINISHED, content);
  await rename(target + UNFINISHED, target);
}

/**
 * All files in the order in which they are written: lists and deltas, then trust, and the
 * bulletin that stands on them last. They are as large as the status lists, and nearly all were
 * written before: only of the others the content is read.
 */
function published(sql: Sql, written: ReadonlyMap<string, string>): Promise<StaticFile[]> {
  return sql<StaticFile>`
    select path, digest,
      case when known.path is null then coalesce(packed, convert_to(body, 'UTF8')) end as plain,
      case when known.path is null then br end as br,
      case when known.path is null then gzip end as gzip
    from (
      select 'status/' || shard || '/' || version as path, digest, packed, null as body,
        null::bytea as br, null::bytea as gzip, 0 as place
      from status_versions where packed is not null
      union all
      select 'status/' || shard || '/since/' || since || '/' || version, digest, null, body,
        br, gzip, 0
      from status_deltas
      union all
      select name || '/' || ${NEWEST}, digest, null, body, br, gzip,
        case name when 'bulletin' then 3 when 'trust' then 2 else 1 end
      from documents
    ) as file
    left join unnest(${[...written.keys()]}::text[], ${[...written.values()]}::text[])
      as known (path, digest) using (path, digest)
    order by place, path`;
}
