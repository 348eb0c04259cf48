import { expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { Fault } from '../../src/core/result.ts';
import { VERSION } from '../../src/device/schema.ts';
import { readSetting, writeSetting } from '../../src/device/settings.ts';
import { blankStore, reopen } from './station.ts';

const devtools = cdp();

/** Chromium drops the database, and with it every connection, without asking. */
function terminate(): Promise<unknown> {
  const { origin } = location;
  return devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
}

function faultOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error instanceof Fault ? error.code : String(error)),
  );
}

test('what was written is there when the database is opened again', async () => {
  const store = await blankStore();
  await writeSetting(store, 'language', 'zh');
  await store.close();
  expect(await readSetting(await reopen(), 'language')).toBe('zh');
});

test('two tabs hold the database open and see what the other writes', async () => {
  const [one, other] = [await blankStore(), await reopen()];
  await writeSetting(one, 'engine', 'zxing-wasm');
  expect(await readSetting(other, 'engine')).toBe('zxing-wasm');
});

test('a write that fails half-way leaves nothing of it', async () => {
  const store = await blankStore();
  const half = store.write(['settings'], async (tx) => {
    await tx.objectStore('settings').put('zh', 'language');
    throw new Fault('half-way', 'as if');
  });
  expect(await faultOf(half)).toBe('half-way');
  expect(await readSetting(store, 'language')).toBeUndefined();
});

test('a write that the browser refuses is a fault, and leaves nothing of it', async () => {
  const store = await blankStore();
  const refused = store.write(['settings'], async (tx) => {
    await tx.objectStore('settings').put('zh', 'language');
    await tx.objectStore('settings').add('en', 'language');
  });
  expect(await faultOf(refused)).toBe('storage-failed');
  expect(await readSetting(store, 'language')).toBeUndefined();
});

test('a connection that the browser terminated is opened again', async () => {
  const store = await blankStore();
  await writeSetting(store, 'language', 'zh');
  await terminate();
  expect(await readSetting(store, 'language')).toBeUndefined();
  await writeSetting(store, 'language', 'en');
  expect(await readSetting(store, 'language')).toBe('en');
});

test('a newer app is not kept from upgrading, and the older one goes on with what it upgraded', async () => {
  const store = await blankStore();
  await new Promise<void>((resolve, reject) => {
    const newer = indexedDB.open('kakou', VERSION + 1);
    newer.onupgradeneeded = () => newer.result.createObjectStore('of the newer app');
    newer.onsuccess = () => {
      newer.result.close();
      resolve();
    };
    newer.onerror = () => reject(newer.error);
  });
  await writeSetting(store, 'language', 'en');
  expect(await readSetting(await reopen(), 'language')).toBe('en');
});

test('every write asks for strict durability', async () => {
  const asked: unknown[] = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    asked.push([mode, options?.durability]);
    return transaction.call(this, names, mode, options);
  };
  try {
    await writeSetting(await blankStore(), 'language', 'zh');
  } finally {
    IDBDatabase.prototype.transaction = transaction;
  }
  expect(asked).toEqual([['readwrite', 'strict']]);
});

test('a full disk is a fault of its own, and leaves what was there', async () => {
  const store = await blankStore();
  const { origin } = location;
  // Chromium remembers for a while how much room there was; a new database asks anew.
  await terminate();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 256 * 1024 });
  try {
    await writeSetting(store, 'language', 'zh');
    // Of letters that are all the same Chromium keeps a few kB.
    const large = Array.from({ length: 30_000 }, () => crypto.randomUUID()).join();
    expect(await faultOf(writeSetting(store, 'language', large))).toBe('storage-full');
    expect(await readSetting(store, 'language')).toBe('zh');
  } finally {
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  }
});
