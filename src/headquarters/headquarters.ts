import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type * as v from 'valibot';
import { toBase64url } from '../core/bytes.ts';
import { HqOverview } from '../core/protocol/headquarters.ts';
import { type Result, refuse } from '../core/result.ts';
import { Nothing } from '../page/ask.ts';
import type { ClientRefusal, HeadquartersClient, Method, Uploaded } from './headquarters-client.ts';

/** `no-key`: nobody has signed in, nor opened the link that carries the key. */
export type Trouble = ClientRefusal | 'no-key';

type Refused = { readonly ok: false; readonly reason: 'no-key' };

/** What the console shows and does. */
export interface Headquarters {
  /** The newest answer; it stays while later ones fail. */
  readonly overview: ReadonlySignal<HqOverview | undefined>;
  /** Why the newest attempt failed; undefined: it did not. */
  readonly trouble: ReadonlySignal<Trouble | undefined>;
  /** Tries another key, or the token of a session. */
  openWith(key: string): Promise<void>;
  refresh(): Promise<void>;
  ask<Schema extends v.GenericSchema>(
    method: Method,
    path: string,
    schema: Schema,
    body?: object,
  ): Promise<Result<v.InferOutput<Schema>, Trouble>>;
  /**
   * Asks for something new. Where the answer was lost, the same again is the same request: it
   * makes no second one.
   */
  make<Schema extends v.GenericSchema>(
    path: string,
    schema: Schema,
    body: object,
  ): Promise<Result<v.InferOutput<Schema>, Trouble>>;
  /** As {@link ask} without an answer. @returns why it was not done; undefined: it was. */
  act(path: string, body?: object, method?: Method): Promise<Trouble | undefined>;
  /** See {@link HeadquartersClient.upload}. */
  upload<Schema extends v.GenericSchema, Wrong extends v.GenericSchema>(
    path: string,
    file: Blob,
    schema: Schema,
    wrong: Wrong,
  ): Promise<Uploaded<v.InferOutput<Schema>, v.InferOutput<Wrong>> | Refused>;
  download(path: string): Promise<Result<Blob, Trouble>>;
  signOut(): Promise<void>;
}

/** After these, nobody knows whether it was done. */
const LOST: readonly Trouble[] = ['unreachable', 'busy', 'failed'];

export function createHeadquarters(
  client: HeadquartersClient,
  firstKey: string | undefined,
): Headquarters {
  const key = signal(firstKey);
  const overview = signal<HqOverview | undefined>(undefined);
  const trouble = signal<Trouble | undefined>(firstKey ? undefined : 'no-key');

  async function refresh(): Promise<void> {
    const asked = key.value;
    // A key that was refused is not tried every few seconds: it may lock the door.
    if (!asked || trouble.value === 'wrong-key') return;
    const answer = await client.ask(asked, 'GET', '/hq/overview', HqOverview);
    if (asked !== key.value) return;
    batch(() => {
      trouble.value = answer.ok ? undefined : answer.reason;
      if (answer.ok) overview.value = answer.value;
      else if (answer.reason === 'wrong-key') overview.value = undefined;
    });
  }

  /** A session that ended is asked for nothing more, and the way back in is shown. */
  function noted<T>(answer: Result<T, ClientRefusal>): Result<T, ClientRefusal> {
    if (!answer.ok && answer.reason === 'wrong-key') {
      batch(() => {
        trouble.value = 'wrong-key';
        overview.value = undefined;
      });
    }
    return answer;
  }

  /** Keys of requests without an answer, by what was asked for. */
  const unanswered = new Map<string, string>();

  const headquarters: Headquarters = {
    overview,
    trouble,
    refresh,
    async openWith(next) {
      batch(() => {
        key.value = next;
        overview.value = undefined;
        trouble.value = next === '' ? 'no-key' : undefined;
      });
      await refresh();
    },
    async ask(method, path, schema, body) {
      if (!key.value) return refuse('no-key');
      return noted(await client.ask(key.value, method, path, schema, body));
    },
    async make(path, schema, body) {
      const what = `${path} ${JSON.stringify(body)}`;
      const own = unanswered.get(what) ?? toBase64url(crypto.getRandomValues(new Uint8Array(16)));
      unanswered.set(what, own);
      const answer = await headquarters.ask('POST', path, schema, { ...body, key: own });
      if (answer.ok || !LOST.includes(answer.reason)) unanswered.delete(what);
      return answer;
    },
    async act(path, body, method = 'POST') {
      const answer = await headquarters.ask(method, path, Nothing, body);
      await refresh();
      return answer.ok ? undefined : answer.reason;
    },
    async upload(path, file, schema, wrong) {
      return key.value ? client.upload(key.value, path, file, schema, wrong) : refuse('no-key');
    },
    async download(path) {
      return key.value ? noted(await client.download(key.value, path)) : refuse('no-key');
    },
    async signOut() {
      if (key.value) await client.ask(key.value, 'POST', '/hq/sign-out', Nothing);
      await headquarters.openWith('');
    },
  };
  return headquarters;
}
