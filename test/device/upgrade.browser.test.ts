import { expect, test } from 'vitest';
import { sealingKey, sealNext } from '../../src/device/append.ts';
import { createCourier } from '../../src/device/courier.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import { ONLY, type Schema, VERSION, type WaitingRecord } from '../../src/device/schema.ts';
import { openStore } from '../../src/device/store.ts';
import { waiting } from '../../src/device/waiting.ts';
import { NOW } from '../core/make.ts';
import { makeDraft } from './drafts.ts';
import { blankStore, enrolAt, makeStation } from './station.ts';

const COUNT = 5000;

/** The database as version 1 made it. It is out there on phones: this is never edited. */
function openVersion1(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('kakou', 1);
    opening.onupgradeneeded = () => {
      const db = opening.result;
      for (const name of ['enrolment', 'pending', 'chain', 'markKey', 'floor', 'settings']) {
        db.createObjectStore(name);
      }
      db.createObjectStore('documents', { keyPath: 'name' });
      db.createObjectStore('outbox', { keyPath: 'n' });
      db.createObjectStore('marks', { keyPath: 'id' }).createIndex('at', 'at');
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

type Row = Schema[keyof Schema]['value'];
const WITH_KEYS = ['documents', 'outbox', 'marks'];

function fill(db: IDBDatabase, rows: ReadonlyMap<string, readonly Row[]>): Promise<void> {
  const tx = db.transaction([...rows.keys()], 'readwrite');
  for (const [name, values] of rows) {
    const store = tx.objectStore(name);
    for (const value of values) {
      if (WITH_KEYS.includes(name)) store.put(value);
      else store.put(value, ONLY);
    }
  }
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onerror = () => reject(tx.error);
  });
}

test('a phone that comes back with 5,000 records in the first version delivers every one', async () => {
  const { store, peer, enrolment } = await makeStation();
  const holdings = await loadHoldings(store);
  let chain = await store.read(['chain'], (tx) => tx.objectStore('chain').get(ONLY));
  const outbox: WaitingRecord[] = [];
  for (let i = 0; i < COUNT && chain; i++) {
    const record = await sealNext(chain, makeDraft({ at: NOW + i }), sealingKey(holdings, NOW));
    outbox.push(record);
    chain = { ...chain, n: record.n + 1, head: record.head };
  }
  const names = ['enrolment', 'documents', 'markKey', 'floor'] as const;
  const rows = new Map<string, readonly Row[]>();
  for (const name of names) {
    rows.set(name, await store.read([name], (tx) => tx.objectStore(name).getAll()));
  }
  rows.set('outbox', outbox).set('chain', chain ? [chain] : []);
  await (await blankStore()).close();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase('kakou').onsuccess = resolve;
  });
  const first = await openVersion1();
  await fill(first, rows);
  first.close();

  const upgraded = await openStore();
  try {
    expect(VERSION).toBeGreaterThan(1);
    expect(await waiting(upgraded)).toEqual({ count: COUNT, oldestAt: NOW });
    expect((await loadHoldings(upgraded)).enrolment).toEqual(enrolment);
    await createCourier({
      store: upgraded,
      fetch: peer.fetch,
      now: () => NOW,
      dice: () => 0,
    }).run();
    expect(await waiting(upgraded)).toEqual({ count: 0, oldestAt: undefined });
    expect(peer.devices.get(enrolment.device)?.sealed).toEqual(outbox.map(({ sealed }) => sealed));
    // And it can be enrolled and used as ever.
    expect((await enrolAt(peer, upgraded, peer.link('token-2'))).ok).toBe(true);
  } finally {
    await upgraded.close();
  }
}, 120_000);
