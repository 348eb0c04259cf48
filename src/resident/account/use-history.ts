import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../ask.ts';
import type { Trouble } from '../trouble.ts';
import type { Account } from './account.ts';

interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly before: string | null;
}

/**
 * A list about a person, the newest first, which goes on a page at a time.
 *
 * @param read a page of it; the same function for as long as the list is the same.
 */
export function useHistory<Entry>(
  account: Account,
  person: string,
  read: (person: string, before?: string) => Promise<Answer<Page<Entry>>>,
) {
  const [page, setPage] = useState<Page<Entry>>();
  const [trouble, setTrouble] = useState<Trouble>();
  const more = async () => {
    const answer = account.heard(await read(person, page?.before ?? undefined));
    setTrouble(answer.ok ? undefined : answer.reason);
    if (!answer.ok) return;
    const { entries, before } = answer.value;
    setPage({ entries: [...(page?.entries ?? []), ...entries], before });
  };
  useEffect(() => {
    void more();
  }, [account, person]);
  return { entries: page?.entries, trouble, more, isOver: page?.before === null };
}
