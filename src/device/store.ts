import { type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { Fault } from '../core/result.ts';
import { type Schema, upgrade, VERSION } from './schema.ts';

const NAME = 'kakou';

type Stores = readonly StoreNames<Schema>[];
type Body<Names extends Stores, Mode extends IDBTransactionMode, T> = (
  tx: IDBPTransaction<Schema, Names, Mode>,
) => Promise<T>;

/**
 * The device's database. Each method is one transaction: it resolves once all of it
 * is done, and rejects with nothing of it done.
 *
 * Faults: `storage-full`; `storage-failed` for whatever else the browser says.
 */
export interface Store {
  read<const Names extends Stores, T>(names: Names, body: Body<Names, 'readonly', T>): Promise<T>;
  /** Strict durability: what was written survives the power being cut. */
  write<const Names extends Stores, T>(names: Names, body: Body<Names, 'readwrite', T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens the database, making or upgrading it. Page and service worker may both hold it open. */
export async function openStore(): Promise<Store> {
  let connection: Promise<IDBPDatabase<Schema>> | undefined;

  function connect(): Promise<IDBPDatabase<Schema>> {
    const forget = () => {
      if (connection === opening) connection = undefined;
    };
    const callbacks = {
      // A newer version waits to upgrade in another tab: let it, rather than block it.
      blocking() {
        forget();
        opening.then((db) => db.close());
      },
      terminated: forget,
    };
    const opening = openDB<Schema>(NAME, VERSION, { upgrade, ...callbacks }).catch((error) => {
      if (!(error instanceof DOMException && error.name === 'VersionError')) throw error;
      // A newer tab has upgraded it. Upgrades only add: what this one needs is all there.
      return openDB<Schema>(NAME, undefined, callbacks);
    });
    opening.catch(forget);
    connection = opening;
    return opening;
  }

  /** A connection may have been closed under us: then nothing has begun, and a new one will do. */
  async function begin<Names extends Stores, Mode extends IDBTransactionMode>(
    names: Names,
    mode: Mode,
    options?: IDBTransactionOptions,
  ): Promise<{ tx: IDBPTransaction<Schema, Names, Mode> }> {
    try {
      return { tx: (await (connection ?? connect())).transaction(names, mode, options) };
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      return { tx: (await connect()).transaction(names, mode, options) };
    }
  }

  await connect().catch(rethrow);
  return {
    async read(names, body) {
      const { tx } = await begin(names, 'readonly').catch(rethrow);
      return finish(tx, body(tx));
    },
    async write(names, body) {
      const { tx } = await begin(names, 'readwrite', { durability: 'strict' }).catch(rethrow);
      return finish(tx, body(tx));
    },
    async close() {
      const open = connection;
      connection = undefined;
      (await open)?.close();
    },
  };
}

async function finish<T>(
  tx: { readonly done: Promise<void>; readonly error: DOMException | null; abort(): void },
  work: Promise<T>,
): Promise<T> {
  try {
    const [value] = await Promise.all([work, tx.done]);
    return value;
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // It is over already.
    }
    await tx.done.catch(() => {});
    // Why it aborted: a full disk shows only here, the requests just say "aborted".
    return rethrow(tx.error ?? error);
  }
}

function rethrow(error: unknown): never {
  if (!(error instanceof DOMException)) throw error;
  const code = error.name === 'QuotaExceededError' ? 'storage-full' : 'storage-failed';
  throw new Fault(code, error.message, { cause: error });
}
