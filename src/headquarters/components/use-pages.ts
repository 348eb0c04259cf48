import { useCallback, useEffect, useState } from 'preact/hooks';
import type * as v from 'valibot';
import type { Headquarters, Trouble } from '../headquarters.ts';

interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly before: string | null;
}

interface Pages<Entry> {
  /** Undefined until the first page is here. */
  readonly entries: readonly Entry[] | undefined;
  readonly trouble: Trouble | undefined;
  /** Left out: this was the last page. */
  readonly more?: () => Promise<void>;
  /** From the first page on. */
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
  const load = useCallback(
    async (held: readonly Entry[], before?: string) => {
      const asked = before === undefined ? path : `${path}?before=${encodeURIComponent(before)}`;
      const said = await headquarters.ask('GET', asked, schema);
      setTrouble(said.ok ? undefined : said.reason);
      if (said.ok) setPage({ ...said.value, entries: [...held, ...said.value.entries] });
    },
    [headquarters, path, schema],
  );
  const reload = useCallback(() => load([]), [load]);
  useEffect(() => void reload(), [reload]);
  const { entries, before } = page ?? { entries: undefined, before: null };
  return {
    ...{ entries, trouble, reload },
    ...(before !== null && { more: () => load(entries ?? [], before) }),
  };
}
