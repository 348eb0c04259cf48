import { expect, test } from 'vitest';
import { freshnessOf } from '../../src/core/documents/freshness.ts';
import { STATUS_LIST } from '../../src/core/documents/status-list.ts';
import { draftRecord } from '../../src/core/record/draft.ts';
import { decide } from '../../src/core/verdict/decide.ts';
import { knowledge, loadHoldings } from '../../src/device/holdings.ts';
import { refresh } from '../../src/device/refresh.ts';
import { recallAhead, rememberTime } from '../../src/device/remembered-time.ts';
import type { Store } from '../../src/device/store.ts';
import { makeAuthority, makeStatusList, NOW, signDocument } from '../core/make.ts';
import { live, reading } from '../core/verdict/situation.ts';
import { cut, type Peer } from './peer.ts';
import { blankStore, makeStation } from './station.ts';

const HOUR = 3600;
const DAY = 86_400;
const INDEX = 7;

/** The verdict on a green code, shown living and measured at this time, by what the device holds. */
async function scanAt(store: Store, wall: number) {
  const known = knowledge(await loadHoldings(store), wall, { statusIndex: INDEX });
  const code = live({ statusIndex: INDEX, issuedAt: NOW - HOUR, checkedInAt: wall }, wall);
  const evidence = { kind: 'code', code } as const;
  const actions = { reading: reading() };
  const verdict = decide(evidence, known, actions);
  return {
    ...verdict,
    known,
    record: draftRecord({ evidence, knowledge: known, actions, verdict, wall }),
  };
}

const reasonAt = async (store: Store, wall = NOW) => (await scanAt(store, wall)).reason;

/** The next hour's bulletin and list: the code is red now. */
async function publishRed(peer: Peer, version = 2): Promise<void> {
  const listed = await peer.publishList(version, [[INDEX, 'red']], NOW - 60);
  await peer.publishBulletin({ version, iat: NOW - 60, status: [listed] });
}

test('rollback: whoever offers the older bulletin and list again makes nobody green', async () => {
  const { store, peer } = await makeStation();
  const older = new Map(peer.published);
  expect(await reasonAt(store)).toBe('green');
  await publishRed(peer);
  await refresh(store, peer.fetch);
  expect(await reasonAt(store)).toBe('red');

  for (const [path, text] of older) peer.published.set(path, text);
  await refresh(store, peer.fetch);
  expect(await reasonAt(store)).toBe('red');
});

test('freeze: while the authority is silent passes grow old, then amber, then nobody is judged', async () => {
  const { store, peer } = await makeStation();
  peer.wire = cut;
  const seen: string[] = [];
  for (const hours of [0, 13, 25, 49]) {
    await refresh(store, peer.fetch);
    const { verdict, reason, amber, known, record } = await scanAt(store, NOW + hours * HOUR);
    const { bulletin, status } = freshnessOf(known.ages, known.policy);
    seen.push([hours, bulletin, status, verdict, reason, ...amber].join(' '));
    expect(record).toMatchObject({ amber, ages: { status: hours * HOUR + 600 } });
  }
  expect(seen).toEqual([
    '0 fresh fresh pass green',
    '13 ageing ageing pass green',
    '25 amber amber pass green bulletin status',
    '49 expired expired unverified bulletin-expired',
  ]);
});

test('mix-and-match: a new bulletin makes an old list no younger', async () => {
  const { store, peer } = await makeStation();
  const late = peer.published.get('/status/0') ?? '';
  const listed = await peer.publishList(2, [[INDEX, 'red']]);
  await peer.publishBulletin({ version: 2, iat: NOW + 2 * DAY, status: [listed] });
  peer.published.set('/status/0', late);
  await refresh(store, peer.fetch);
  const { verdict, reason, known } = await scanAt(store, NOW + 2 * DAY);
  expect([verdict, reason]).toEqual(['unverified', 'status-expired']);
  expect(known.ages).toMatchObject({ bulletin: 0, status: 2 * DAY + 600 });
});

test('mix-and-match: of the version that the bulletin names, only the list that it names is taken', async () => {
  const { store, peer } = await makeStation();
  await publishRed(peer);
  const right = peer.published.get('/status/0') ?? '';
  await peer.publishList(2);
  await refresh(store, peer.fetch);
  expect((await loadHoldings(store)).lists.get(0)?.version).toBe(1);
  peer.published.set('/status/0', right);
  await refresh(store, peer.fetch);
  expect(await reasonAt(store)).toBe('red');
});

test('a status list of another authority, or for another, is not taken', async () => {
  const { store, peer } = await makeStation();
  const other = await makeAuthority();
  const { keys } = peer.authority;
  const claims = await makeStatusList([[INDEX, 'void']], { version: 2 });
  const listed = await peer.publishList(2, [[INDEX, 'void']]);
  const foreign = { ...claims, sub: 'https://wuhan.example/status/0' };
  for (const text of [
    await signDocument(claims, STATUS_LIST.typ, other.keys.status),
    await signDocument(claims, STATUS_LIST.typ, { ...other.keys.status, kid: keys.status.kid }),
    await signDocument(foreign, STATUS_LIST.typ, keys.status),
    await signDocument(claims, STATUS_LIST.typ, keys.bulletin),
  ]) {
    peer.published.set('/status/0', text);
    await peer.publishBulletin({ version: 2, status: [listed] });
    expect((await refresh(store, peer.fetch)).changed).not.toContain('status:0');
    expect((await loadHoldings(store)).lists.get(0)?.version).toBe(1);
  }
});

test('clock back by a day: nobody is judged, and what to do is the clock', async () => {
  const { store } = await makeStation();
  expect(await reasonAt(store, NOW - DAY)).toBe('clock-behind');
  expect(await reasonAt(store, NOW)).toBe('green');
});

test('clock back by a day, far from any network: the hours that the app has run stand against it', async () => {
  const { store } = await makeStation();
  await rememberTime(store, { floor: NOW + 30 * HOUR, ahead: undefined });
  expect(await reasonAt(store, NOW + 6 * HOUR)).toBe('clock-behind');
  expect(await reasonAt(store, NOW + 30 * HOUR)).toBe('green');
});

test('the floor under the clock only rises', async () => {
  const { store } = await makeStation();
  await rememberTime(store, { floor: NOW + DAY, ahead: 300 });
  await rememberTime(store, { floor: NOW, ahead: undefined });
  expect([(await loadHoldings(store)).floor, await recallAhead(store)]).toEqual([NOW + DAY, 300]);
});

test('clock forward by a day and back again: nothing is refused once it is right', async () => {
  const { store } = await makeStation();
  expect((await scanAt(store, NOW + DAY)).verdict).toBe('pass');
  expect(await reasonAt(store, NOW)).toBe('green');
});

test('an authority whose bulletin was from the future is forgiven when a later one is not', async () => {
  const { store, peer } = await makeStation();
  const status = [await peer.publishList(1)];
  await peer.publishBulletin({ version: 2, iat: NOW + 30 * DAY, status });
  await refresh(store, peer.fetch);
  expect(await reasonAt(store)).toBe('clock-behind');
  await peer.publishBulletin({ version: 3, iat: NOW, status });
  await refresh(store, peer.fetch);
  expect(await reasonAt(store)).toBe('green');
});

test('storage wiped: the device says that it is not enrolled, and shows no older state', async () => {
  const { peer } = await makeStation();
  const wiped = await blankStore();
  const verdict = await scanAt(wiped, NOW);
  expect([verdict.verdict, verdict.reason]).toEqual(['unverified', 'not-enrolled']);
  expect(verdict.known.ages).toEqual({ trust: undefined, bulletin: undefined, status: undefined });
  peer.log.length = 0;
  await refresh(wiped, peer.fetch);
  expect(peer.log).toEqual([]);
});
