import { useCallback, useEffect, useState } from 'preact/hooks';
import type * as v from 'valibot';
import type { Headquarters, Trouble } from '../headquarters.ts';

interface Answered<T> {
  /** The newest answer; it stays while a later one fails. */
  readonly answer: T | undefined;
  readonly trouble: Trouble | undefined;
  readonly reload: () => Promise<void>;
}

/** Asks once when the page opens, and again on {@link Answered.reload}. */
export function useAnswer<Schema extends v.GenericSchema>(
  headquarters: Headquarters,
  path: string,
  schema: Schema,
): Answered<v.InferOutput<Schema>> {
  const [answer, setAnswer] = useState<v.InferOutput<Schema>>();
  const [trouble, setTrouble] = useState<Trouble>();
  const reload = useCallback(async () => {
    const said = await headquarters.ask('GET', path, schema);
    if (said.ok) setAnswer(() => said.value);
    setTrouble(said.ok ? undefined : said.reason);
  }, [headquarters, path, schema]);
  useEffect(() => void reload(), [reload]);
  return { answer, trouble, reload };
}
