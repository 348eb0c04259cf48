import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { AuthorityKey } from '../../src/authority/keys/authority-key.ts';
import { makeKey, retireKey, rotateKey } from '../../src/authority/keys/change-keys.ts';
import { completeKeys } from '../../src/authority/keys/first-keys.ts';
import { installTrust, nextTrust, rotateOwnRoot } from '../../src/authority/keys/install-trust.ts';
import { KeyRing } from '../../src/authority/keys/key-ring.ts';
import { makeRootKey } from '../../src/authority/keys/root-key.ts';
import { addSignatures, unsignedTrust } from '../../src/authority/keys/sign-trust.ts';
import { keepTrust } from '../../src/authority/keys/trust-files.ts';
import { belongsTo, readPublishedTrust } from '../../src/authority/publish/trust.ts';
import { readCode } from '../../src/core/code/read.ts';
import { openDocument } from '../../src/core/documents/signed.ts';
import {
  currentKey,
  openTrust,
  type Root,
  rootThumbprint,
  type Trust,
} from '../../src/core/documents/trust.ts';
import { RECEIPT } from '../../src/core/record/receipt.ts';
import { DAY } from '../../src/core/time.ts';
import {
  enrolStation,
  fetchBulletin,
  fetchCode,
  fetchTrust,
  makeAuthority,
  personOf,
  postgresForThisFile,
  request,
  type TestAuthority,
  tokenFor,
} from './make.ts';

const postgres = await postgresForThisFile();
let authority: TestAuthority;
beforeEach(async () => {
  authority = await makeAuthority(postgres);
});

/** The key folder as the commands see it, beside the running server. */
async function desk(): Promise<KeyRing> {
  const { folder, clock } = authority;
  const ring = await KeyRing.open(folder, { clock: () => clock.now, warn: () => {} });
  const newest = ring.installed.at(-1);
  if (newest) ring.use(newest.trust);
  return ring;
}

async function elderCode() {
  const { ticket } = await personOf(authority, 'elder');
  const code = await readCode(
    (await fetchCode(authority, ticket)).text,
    await fetchTrust(authority),
  );
  if (!code.ok) throw new Error(code.reason);
  return code.value.claims;
}

/** A root of two of three on sticks, in the place of the one on the server. */
async function moveRootAway(): Promise<AuthorityKey<'root'>[]> {
  const { folder, clock } = authority;
  const sticks = [];
  for (const name of ['a', 'b', 'c']) {
    sticks.push(await makeRootKey(join(folder, `${name}.stick`), undefined, clock.now));
  }
  const root: Root = { threshold: 2, keys: sticks.map(({ publicJwk }) => publicJwk) };
  const ring = await desk();
  const own = ring.keysOf('root');
  clock.now += 60;
  const trust = nextTrust(ring, authority.issuer, root, clock.now);
  const signed = await addSignatures(unsignedTrust(trust), [...own, ...sticks.slice(0, 2)]);
  expect(await installTrust(ring, signed, clock.now)).toMatchObject({ ok: true });
  for (const { kid } of own) rmSync(join(folder, `root-${kid}.jwk`));
  await authority.publish();
  return sticks;
}

/** What came of a trust that these signed, changed in some way. */
async function install(by: readonly AuthorityKey<'root'>[], changes: Partial<Trust> = {}) {
  const ring = await desk();
  const { root } = ring.trust ?? { root: { threshold: 1, keys: [] } };
  authority.clock.now += 60;
  const { now } = authority.clock;
  const trust = { ...nextTrust(ring, authority.issuer, root, now), ...changes };
  const installed = await installTrust(ring, await addSignatures(unsignedTrust(trust), by), now);
  return installed.ok ? 'installed' : installed.reason;
}

test('a new key is announced two days before it takes over, and what the old one signed counts on', async () => {
  const { clock, publish } = authority;
  const before = await elderCode();
  const next = await rotateKey(await desk(), 'code', clock.now + 2 * DAY);
  await publish();
  expect((await fetchTrust(authority)).keys.has(next.kid)).toBe(true);
  expect((await elderCode()).kid).toBe(before.kid);

  clock.now += 2 * DAY;
  await publish();
  expect((await elderCode()).kid).toBe(next.kid);
  const old = (await fetchTrust(authority)).keys.get(before.kid);
  expect(old?.notAfter).toBe(clock.now + 3600);
  expect((await fetchBulletin(authority)).retired).toEqual([]);

  clock.now += 31 * DAY;
  await publish();
  expect((await fetchTrust(authority)).keys.has(before.kid)).toBe(true);
  clock.now += DAY;
  await publish();
  expect((await fetchTrust(authority)).keys.has(before.kid)).toBe(false);
});

test('the next bulletin names a retired code key, and codes are issued with another at once', async () => {
  const { kid } = await elderCode();
  const ring = await desk();
  const { replacement } = await retireKey(ring, kid, authority.clock.now);
  await expect(retireKey(ring, kid, authority.clock.now)).rejects.toMatchObject({
    code: 'already-retired',
  });
  await authority.publish();
  expect((await fetchBulletin(authority)).retired).toEqual([kid]);
  // Devices then say that it was retired, and not that they never heard of it.
  expect((await fetchTrust(authority)).keys.has(kid)).toBe(true);
  expect((await elderCode()).kid).toBe(replacement?.kid);
});

test.each([
  ['has just taken over', 0],
  ['has not taken over yet', 2 * DAY],
])('a key that is retired when its successor %s leaves one that lasts', async (_, wait) => {
  const { kid: first } = await elderCode();
  const successor = await rotateKey(await desk(), 'code', authority.clock.now + wait);
  await authority.publish();
  const stolen = wait === 0 ? successor.kid : first;
  const { replacement } = await retireKey(await desk(), stolen, authority.clock.now);
  await authority.publish();
  expect((await elderCode()).kid).toBe(replacement?.kid);
  authority.clock.now += 3 * DAY;
  await authority.publish();
  expect((await elderCode()).kid).toBe(wait === 0 ? replacement?.kid : successor.kid);
});

test.each(['bulletin', 'status', 'receipt', 'sealing'] as const)(
  'a retired %s key leaves the trust, and all that it would sign is signed by another',
  async (role) => {
    const { ring, clock, publish } = authority;
    const [old] = ring.inForce(role);
    const { replacement } = await retireKey(await desk(), old?.kid ?? '', clock.now);
    await publish();
    const trust = await fetchTrust(authority);
    expect(trust.keys.has(old?.kid ?? '')).toBe(false);
    expect(currentKey(trust, role, clock.now)?.kid).toBe(replacement?.kid);
    expect((await fetchBulletin(authority)).retired).toEqual([old?.kid]);
    const list = await (await request(authority, 'GET', '/status/0')).text();
    const header = JSON.parse(Buffer.from(list.split('.')[0] ?? '', 'base64url').toString());
    expect(trust.keys.has(header.kid)).toBe(true);
  },
);

test('records sealed to a key that was replaced are opened, and so are those to the new one', async () => {
  const station = await enrolStation(authority);
  await station.write();
  await rotateKey(await desk(), 'sealing', authority.clock.now);
  await authority.publish();
  const later = await enrolStation(authority);
  expect(later.sealingKey.kid).not.toBe(station.sealingKey.kid);
  await later.write();
  expect((await station.upload(1, 1)).status).toBe(200);
  expect((await later.upload(1, 1)).status).toBe(200);
  await authority.open();
  expect(await authority.sql`select device from records`).toHaveLength(2);
  expect(await authority.sql`select device from quarantine`).toEqual([]);
});

test('a receipt by a key that was replaced is one for a year, and one by a new key at once', async () => {
  const station = await enrolStation(authority);
  await station.write();
  await station.write();
  const receiptOf = async (answer: Response) => {
    const { receipt } = (await answer.json()) as { receipt: string };
    const opened = await openDocument(receipt, RECEIPT, await fetchTrust(authority));
    return opened.ok ? opened.value.last : opened.reason;
  };
  const { receipt } = (await (await station.upload(1, 1)).json()) as { receipt: string };
  await rotateKey(await desk(), 'receipt', authority.clock.now);
  await authority.publish();
  expect(await receiptOf(await station.upload(2, 2))).toBe(2);
  authority.clock.now += 365 * DAY;
  await authority.publish();
  expect(await openDocument(receipt, RECEIPT, await fetchTrust(authority))).toMatchObject({
    ok: true,
  });
});

test('a new root is pinned by new enrolments, and the old one leads on to it', async () => {
  const first = await authority.pin();
  const held = await fetchTrust(authority);
  authority.clock.now += 60;
  await rotateOwnRoot(await desk(), authority.clock.now);
  await authority.publish();
  const second = await authority.pin();
  expect(second).not.toBe(first);
  await tokenFor(authority);

  authority.clock.now += 16 * DAY;
  await authority.publish();
  const newest = await (await request(authority, 'GET', '/trust')).text();
  expect(await openTrust(newest, { held })).toMatchObject({ reason: 'not-enough-signatures' });
  const step = await request(authority, 'GET', `/trust/after/${first}`);
  const followed = await openTrust(await step.text(), { held });
  if (!followed.ok) throw new Error(followed.reason);
  expect(await rootThumbprint(followed.value.root)).toBe(second);
  expect(await openTrust(newest, { held: followed.value })).toMatchObject({ ok: true });
  expect((await request(authority, 'GET', `/trust/after/${second}`)).status).toBe(404);
});

test('two changes of the root between two publications are published one after the other', async () => {
  const pins = [await authority.pin()];
  for (let n = 0; n < 2; n++) {
    authority.clock.now += 60;
    const { root } = await rotateOwnRoot(await desk(), authority.clock.now);
    pins.push(await rootThumbprint(root));
  }
  await authority.publish();
  expect(await authority.pin()).toBe(pins[2]);
  for (const [pin, status] of [
    [pins[0], 200],
    [pins[1], 200],
    [pins[2], 404],
  ] as const) {
    expect((await request(authority, 'GET', `/trust/after/${pin}`)).status).toBe(status);
  }
});

test('without any root key the server publishes what was installed, and says when it grows old', async () => {
  await moveRootAway();
  const installed = (await fetchTrust(authority)).version;
  expect(authority.ring.keysOf('root')).toEqual([]);
  authority.clock.now += 16 * DAY;
  await authority.publish();
  await authority.publish();
  expect((await fetchTrust(authority)).version).toBe(installed);
  expect((await fetchBulletin(authority)).iat).toBe(authority.clock.now);
  const said = authority.logged.filter((line) => line.startsWith('trust-old'));
  expect(said).toEqual(['trust-old {"days":16}']);
  authority.clock.now += DAY;
  await authority.publish();
  expect(authority.logged.filter((line) => line.startsWith('trust-old'))).toHaveLength(2);
});

test('a key that is near its end is said to be, and one that waits for signatures too', async () => {
  await moveRootAway();
  await makeKey(await desk(), 'code', authority.clock.now);
  authority.clock.now += 710 * DAY;
  await authority.publish();
  expect(authority.logged.filter((line) => line.startsWith('key-ends'))).toHaveLength(6);
  expect(authority.logged.join()).toContain('trust-waits-for-signatures');
});

test('a retired code key stops counting before any ceremony, and codes wait for it', async () => {
  const sticks = await moveRootAway();
  const { kid } = await elderCode();
  const { ticket } = await personOf(authority, 'elder');
  const { isWaiting, replacement } = await retireKey(await desk(), kid, authority.clock.now);
  expect(isWaiting).toBe(true);
  await authority.publish();
  expect((await fetchBulletin(authority)).retired).toEqual([kid]);
  expect((await request(authority, 'POST', '/codes', { ticket })).status).toBe(503);

  expect(await install(sticks.slice(1))).toBe('installed');
  await authority.publish();
  expect((await elderCode()).kid).toBe(replacement?.kid);
});

test.each(['bulletin', 'status', 'receipt', 'sealing'] as const)(
  'the last %s key is retired after the ceremony for its successor, not before',
  async (role) => {
    const sticks = await moveRootAway();
    const kid = authority.ring.inForce(role)[0]?.kid ?? '';
    const retire = async () => retireKey(await desk(), kid, authority.clock.now);
    await expect(retire()).rejects.toMatchObject({ code: 'replacement-first' });
    // Asked again, it makes no third key.
    await expect(retire()).rejects.toMatchObject({ code: 'replacement-first' });
    expect((await desk()).keysOf(role)).toHaveLength(2);
    expect(await install(sticks.slice(0, 2))).toBe('installed');
    expect((await retire()).isWaiting).toBe(false);
    await authority.publish();
    expect((await fetchBulletin(authority)).retired).toEqual([kid]);
  },
);

test('a signed trust is installed only if devices would take it', async () => {
  const [a, b, c] = await moveRootAway();
  const stranger = await makeRootKey(
    join(authority.folder, 'd.stick'),
    undefined,
    authority.clock.now,
  );
  const held = (await desk()).trust;
  if (!a || !b || !c || !held) throw new Error('three sticks and a trust');
  expect(await install([a])).toBe('not-enough-signatures');
  expect(await install([a, a])).toBe('not-enough-signatures');
  expect(await install([a, stranger])).toBe('not-enough-signatures');
  expect(await install([a, b], { version: held.version - 1 })).toBe('rollback');
  expect(await install([a, b], { version: held.version })).toBe('conflict');
  expect(await install([a, b], { iss: 'https://wuhan.example' })).toBe('wrong-root');
  expect(await install([a, b], { iat: authority.clock.now + DAY })).toBe('from-the-future');
  const keys = held.keys.filter(({ role }) => role !== 'bulletin');
  expect(await install([a, b], { keys })).toBe('keys-elsewhere');
  const own: Root = { threshold: 1, keys: [stranger.publicJwk] };
  expect(await install([stranger], { root: own })).toBe('not-enough-signatures');
  expect(await install([a, b], { root: own })).toBe('not-enough-signatures');
  await authority.publish();
  expect((await fetchTrust(authority)).version).toBe(held.version);
  expect(await install([b, c])).toBe('installed');
  await authority.publish();
  expect((await fetchTrust(authority)).version).toBeGreaterThan(held.version);
});

test('what got into the folder by another way is refused by the server, which goes on', async () => {
  const sticks = await moveRootAway();
  const ring = await desk();
  const { version } = await fetchTrust(authority);
  authority.clock.now += 60;
  const root = ring.trust?.root ?? { threshold: 1, keys: [] };
  const next = nextTrust(ring, authority.issuer, root, authority.clock.now);
  keepTrust(authority.folder, await addSignatures(unsignedTrust(next), sticks.slice(0, 1)));
  await authority.publish();
  expect((await fetchTrust(authority)).version).toBe(version);
  expect(authority.logged.join()).toContain(
    `trust-refused {"version":${next.version},"reason":"not-enough-signatures"}`,
  );
});

test('when every key but the root is lost, its holders lead the authority and its devices on', async () => {
  const sticks = await moveRootAway();
  const published = await readPublishedTrust(authority.sql);
  const held = await fetchTrust(authority);
  const lost = (await desk()).trust;
  for (const name of readdirSync(authority.folder)) rmSync(join(authority.folder, name));
  const bare = await desk();
  if (!published || !lost) throw new Error('nothing was published');
  expect(await belongsTo(bare, published)).toBe(false);

  authority.clock.now += 60;
  await completeKeys(bare, authority.clock.now);
  const next = nextTrust(bare, authority.issuer, lost.root, authority.clock.now);
  const signed = await addSignatures(unsignedTrust(next), sticks.slice(0, 2));
  expect(await installTrust(bare, signed, authority.clock.now)).toMatchObject({ ok: true });
  expect(await belongsTo(await desk(), published)).toBe(true);
  await authority.publish();
  const text = await (await request(authority, 'GET', '/trust')).text();
  expect(await openTrust(text, { held })).toMatchObject({ ok: true });
  expect((await fetchBulletin(authority)).iat).toBe(authority.clock.now);
});

test('a root that is elsewhere is not rotated by the server', async () => {
  await moveRootAway();
  await expect(rotateOwnRoot(await desk(), authority.clock.now)).rejects.toMatchObject({
    code: 'root-elsewhere',
  });
});
