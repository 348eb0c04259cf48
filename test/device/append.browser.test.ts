import { expect, test } from 'vitest';
import { emptyHead, headsAfter } from '../../src/core/record/chain.ts';
import { appendRecord } from '../../src/device/append.ts';
import { createCourier } from '../../src/device/courier.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import { feverMarkOf } from '../../src/device/marks.ts';
import { waiting } from '../../src/device/waiting.ts';
import { NOW } from '../core/make.ts';
import { FEVER, makeDraft, SUB } from './drafts.ts';
import { all, blankStore, makeStation, reopen } from './station.ts';

const DAY = 86_400;

test('two tabs that write at once number without gaps, and the chain holds', async () => {
  const { store, enrolment } = await makeStation();
  const tabs = [store, await reopen()];
  const holdings = await loadHoldings(store);
  const records = await Promise.all(
    Array.from({ length: 20 }, (_, i) => appendRecord(tabs[i % 2] ?? store, holdings, makeDraft())),
  );
  const numbers = records.map(({ n }) => n).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));

  const outbox = await all(store, 'outbox');
  const empty = await emptyHead(enrolment.device);
  const heads = await headsAfter(
    empty,
    1,
    outbox.map(({ sealed }) => sealed),
  );
  expect(outbox.map(({ head }) => head)).toEqual(heads);
  expect(outbox.map(({ before }) => before)).toEqual([empty, ...heads.slice(0, -1)]);
  expect(await all(store, 'chain')).toEqual([
    { device: enrolment.device, n: 21, head: heads.at(-1) },
  ]);
});

test('the header knows how many wait, and since when', async () => {
  const { store } = await makeStation();
  expect(await waiting(store)).toEqual({ count: 0, oldestAt: undefined });
  const holdings = await loadHoldings(store);
  for (const at of [NOW + 5, NOW + 60]) await appendRecord(store, holdings, makeDraft({ at }));
  expect(await waiting(store)).toEqual({ count: 2, oldestAt: NOW + 5 });
});

test('a fever marks the resident here until a second measurement finds none', async () => {
  const { store } = await makeStation();
  const holdings = await loadHoldings(store);
  expect(await feverMarkOf(store, SUB, NOW)).toBeUndefined();
  await appendRecord(store, holdings, makeDraft({ ...FEVER }));
  expect(await feverMarkOf(store, SUB, NOW)).toMatchObject({ at: NOW });
  expect(await feverMarkOf(store, 'CAcGBQQDAgE', NOW)).toBeUndefined();

  await appendRecord(store, holdings, makeDraft({ reason: 'fever-earlier', verdict: 'stop' }));
  expect(await feverMarkOf(store, SUB, NOW)).toMatchObject({ at: NOW });
  await appendRecord(store, holdings, makeDraft({ reason: 'remeasured' }));
  expect(await feverMarkOf(store, SUB, NOW)).toBeUndefined();
});

test('a fever that a supervisor let pass is a fever still', async () => {
  const { store } = await makeStation();
  const draft = { ...FEVER, verdict: 'pass', reason: 'override', overridden: 'fever' } as const;
  await appendRecord(
    store,
    await loadHoldings(store),
    makeDraft({ ...draft, override: 'medical' }),
  );
  expect(await feverMarkOf(store, SUB, NOW)).toMatchObject({ at: NOW });
});

test('a fever beside a colour is marked as such, and one beside a screenshot marks nobody', async () => {
  const { store } = await makeStation();
  const holdings = await loadHoldings(store);
  const { reading, verdict } = FEVER;
  await appendRecord(store, holdings, makeDraft({ verdict, reading, reason: 'stale-proof' }));
  expect(await feverMarkOf(store, SUB, NOW)).toBeUndefined();
  await appendRecord(store, holdings, makeDraft({ verdict, reading, reason: 'yellow' }));
  expect(await feverMarkOf(store, SUB, NOW)).toMatchObject({ at: NOW, beside: true });
  await appendRecord(store, holdings, makeDraft({ ...FEVER }));
  expect(await feverMarkOf(store, SUB, NOW)).not.toHaveProperty('beside');
});

test('a second measurement undoes a fever, whatever stands against the person meanwhile', async () => {
  const { store } = await makeStation();
  const holdings = await loadHoldings(store);
  for (const reason of ['passage-closed', 'lapsed', 'yellow'] as const) {
    await appendRecord(store, holdings, makeDraft({ ...FEVER }));
    await appendRecord(store, holdings, makeDraft({ verdict: 'stop', reason }));
    expect(await feverMarkOf(store, SUB, NOW)).toMatchObject({ at: NOW });
    await appendRecord(store, holdings, makeDraft({ verdict: 'stop', reason, remeasured: true }));
    expect(await feverMarkOf(store, SUB, NOW)).toBeUndefined();
  }
});

test('a fever mark holds for a day, and is then forgotten', async () => {
  const { store } = await makeStation();
  const holdings = await loadHoldings(store);
  await appendRecord(store, holdings, makeDraft({ ...FEVER }));
  expect(await feverMarkOf(store, SUB, NOW + DAY - 1)).toMatchObject({ at: NOW });
  expect(await feverMarkOf(store, SUB, NOW + DAY)).toBeUndefined();
  await appendRecord(store, holdings, makeDraft({ at: NOW + DAY }));
  expect(await all(store, 'marks')).toEqual([]);
});

test('a person without a code is marked by the number of the document', async () => {
  const { store } = await makeStation();
  const holdings = await loadHoldings(store);
  const document = { type: 'certificate', number: '村-17' } as const;
  const { code: _, ...base } = makeDraft({ document });
  await appendRecord(store, holdings, { ...base, ...FEVER });
  expect(await feverMarkOf(store, '村-17', NOW)).toMatchObject({ at: NOW });
  await appendRecord(store, holdings, { ...base, reason: 'no-code-allowed' });
  expect(await feverMarkOf(store, '村-17', NOW)).toMatchObject({ at: NOW });
  await appendRecord(store, holdings, { ...base, reason: 'no-code-allowed', remeasured: true });
  expect(await feverMarkOf(store, '村-17', NOW)).toBeUndefined();
});

test('no record raises the floor under the clock, whatever time it says', async () => {
  const { store } = await makeStation();
  const holdings = await loadHoldings(store);
  const far = NOW + 300 * DAY;
  await appendRecord(store, holdings, makeDraft({ at: far }));
  await appendRecord(
    store,
    holdings,
    makeDraft({ at: far, verdict: 'stop', reason: 'stale-proof' }),
  );
  expect((await loadHoldings(store)).floor).toBe(NOW - 600);
});

test('a record is sealed even when the clock is out of every key’s time', async () => {
  const { store, peer, enrolment } = await makeStation();
  const draft = makeDraft({ at: 86_400, verdict: 'unverified', reason: 'clock-behind' });
  await appendRecord(store, await loadHoldings(store), draft);
  await createCourier({ store, fetch: peer.fetch, now: () => NOW, dice: () => 0 }).run();
  expect(await peer.records(enrolment.device)).toEqual([
    { v: 1, device: enrolment.device, n: 1, ...draft },
  ]);
});

test('without an enrolment nothing is written', async () => {
  const store = await blankStore();
  const append = appendRecord(store, await loadHoldings(store), makeDraft());
  await expect(append).rejects.toMatchObject({ code: 'no-sealing-key' });
});
