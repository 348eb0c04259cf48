import { useCallback, useEffect, useState } from 'preact/hooks';
import type * as v from 'valibot';
import { accept, type Result } from '../../core/result.ts';
import type { Headquarters, Trouble } from '../headquarters.ts';

interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly before: string | null;
}

interface Pages<Entry> {
  /** Undefined until the first page is here. */
  readonly entries: readonly Entry[] | undefined;
  readonly trouble: Trouble | undefined;
  /** Undefined: this was the last page. */
  readonly more: (() => Promise<void>) | undefined;
  /** From the first page on, as far as the list was shown. */
  readonly reload: () => Promise<void>;
}

/** A list that comes page by page. */
export function usePages<Entry>(
  headquarters: Headquarters,
  path: string,
  schema: v.GenericSchema<unknown, Page<Entry>>,
): Pages<Entry> {
  const [page, setPage] = useState<Page<Entry>>();
  const [trouble, setTrouble] = useState<Trouble>();
  const { entries, before = null } = page ?? {};
  const shown = entries?.length ?? 0;

  const take = useCallback(
    async (held: readonly Entry[], from: string | null) => {
      const asked = from === null ? path : `${path}?before=${encodeURIComponent(from)}`;
      const said = await headquarters.ask('GET', asked, schema);
      if (!said.ok) return said;
      return accept({ ...said.value, entries: [...held, ...said.value.entries] });
    },
    [headquarters, path, schema],
  );
  const show = useCallback((said: Result<Page<Entry>, Trouble>) => {
    setTrouble(said.ok ? undefined : said.reason);
    if (said.ok) setPage(said.value);
  }, []);
  const reload = useCallback(async () => {
    let said = await take([], null);
    while (said.ok && said.value.before !== null && said.value.entries.length < shown) {
      said = await take(said.value.entries, said.value.before);
    }
    show(said);
  }, [take, show, shown]);
  // Only when another list is asked for: what it has grown by is no reason.
  useEffect(() => void take([], null).then(show), [take, show]);
  const more = async () => show(await take(entries ?? [], before));
  return { entries, trouble, reload, more: before === null ? undefined : more };
}
