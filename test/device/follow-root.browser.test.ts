import { expect, test } from 'vitest';
import { rootThumbprint, type Trust } from '../../src/core/documents/trust.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import { refresh } from '../../src/device/refresh.ts';
import type { Store } from '../../src/device/store.ts';
import { type KeyPair, makeKey, NOW, signTrust } from '../core/make.ts';
import { ORIGIN, type Peer } from './peer.ts';
import { all, enrolAt, makeStation } from './station.ts';

/** The authority's root was changed so many times, and devices are led on as it serves them. */
async function changeRoot(peer: Peer, times: number): Promise<KeyPair[]> {
  const roots = [peer.authority.root];
  let { trust } = peer.authority;
  for (let n = 0; n < times; n++) {
    const next = await makeKey();
    const before = roots.at(-1) ?? next;
    const pin = await rootThumbprint(trust.root);
    trust = { ...trust, version: trust.version + 1, root: { threshold: 1, keys: [next.jwk] } };
    peer.published.set(`/trust/after/${pin}`, await signTrust(trust, [before, next]));
    roots.push(next);
  }
  await publishByNewest(peer, trust, roots);
  return roots;
}

/** Later trusts are signed by the newest root alone. */
async function publishByNewest(peer: Peer, trust: Trust, roots: KeyPair[]): Promise<void> {
  const newest = roots.at(-1) ?? peer.authority.root;
  const text = await signTrust({ ...trust, version: trust.version + 1 }, [newest]);
  peer.published.set('/trust', text);
}

async function standing(store: Store) {
  const { enrolment, trusted, bulletin } = await loadHoldings(store);
  return { pin: enrolment?.root, version: trusted?.version, bulletin: bulletin?.version };
}

async function pinOf(root: KeyPair): Promise<string> {
  return rootThumbprint({ threshold: 1, keys: [root.jwk] });
}

test('a device that slept through two changes of the root follows them one by one', async () => {
  const { store, peer } = await makeStation();
  const [, , newest] = await changeRoot(peer, 2);
  const { reached, changed } = await refresh(store, peer.fetch);
  expect([reached, changed]).toEqual([true, ['trust']]);
  const pin = await pinOf(newest ?? (await makeKey()));
  expect(await standing(store)).toEqual({ pin, version: 4, bulletin: 1 });

  peer.log.length = 0;
  await refresh(store, peer.fetch);
  expect(peer.log.map(({ path, status }) => `${status} ${path}`)).toContain('304 /trust');
  expect(peer.log.filter(({ path }) => path.startsWith('/trust/after'))).toEqual([]);
});

test('where the line breaks between two changes, the device goes on from the first', async () => {
  const { store, peer } = await makeStation();
  const roots = await changeRoot(peer, 2);
  const second = `/trust/after/${await pinOf(roots[1] ?? (await makeKey()))}`;
  await refresh(store, async (path, init) => {
    if (path === second) throw new TypeError('Failed to fetch');
    return peer.fetch(path, init);
  });
  expect((await standing(store)).version).toBe(2);
  await refresh(store, peer.fetch);
  expect((await standing(store)).version).toBe(4);
});

test.each(['the old root', 'the new root'])(
  'a new root without signatures of %s leads nowhere',
  async (who) => {
    const { store, peer } = await makeStation();
    const before = await standing(store);
    const { trust, root } = peer.authority;
    const next = await makeKey();
    const body = { ...trust, version: 2, root: { threshold: 1, keys: [next.jwk] } };
    const text = await signTrust(body, [who === 'the old root' ? next : root]);
    peer.published.set('/trust', text);
    peer.published.set(`/trust/after/${before.pin}`, text);
    expect((await refresh(store, peer.fetch)).reached).toBe(false);
    expect(await standing(store)).toEqual(before);
  },
);

test('an answer that leads in a circle ends, and changes nothing', async () => {
  const { store, peer } = await makeStation();
  const before = await standing(store);
  peer.published.set(
    '/trust',
    await signTrust({ ...peer.authority.trust, version: 9 }, [await makeKey()]),
  );
  peer.published.set(`/trust/after/${before.pin}`, peer.authority.text);
  expect((await refresh(store, peer.fetch)).reached).toBe(false);
  expect(await standing(store)).toEqual(before);
});

test('a device that slept and is enrolled again under the newest root stays who it is', async () => {
  const { store, peer, enrolment } = await makeStation();
  const [, newest] = await changeRoot(peer, 1);
  const pin = await pinOf(newest ?? (await makeKey()));
  const again = await enrolAt(peer, store, peer.link('token-2', { root: pin }));
  expect(again.ok && again.value).toMatchObject({
    device: enrolment.device,
    root: pin,
    authority: ORIGIN,
  });
  expect((await standing(store)).version).toBe(3);
});

test('an attacker who once published a bulletin of the highest version is forgotten with the key', async () => {
  const { store, peer } = await makeStation();
  // Dated ahead too, so that the right clock looks as if it were behind.
  const future = NOW + 30 * 86_400;
  await peer.publishBulletin({
    version: Number.MAX_SAFE_INTEGER,
    iat: future,
    retired: ['AAAAAA'],
  });
  await refresh(store, peer.fetch);
  expect((await standing(store)).bulletin).toBe(Number.MAX_SAFE_INTEGER);
  expect((await loadHoldings(store)).floor).toBe(future);

  // The key alone is no remedy: what is held is still signed by one that the trust names.
  const { authority } = peer;
  await peer.publishBulletin({ version: 2, iat: NOW - 30 });
  await refresh(store, peer.fetch);
  expect((await standing(store)).bulletin).toBe(Number.MAX_SAFE_INTEGER);

  const stolen = authority.keys.bulletin.kid;
  authority.keys.bulletin = await makeKey();
  const { kid, jwk } = authority.keys.bulletin;
  const keys = authority.trust.keys.map((key) => (key.kid === stolen ? { ...key, kid, jwk } : key));
  peer.published.set(
    '/trust',
    await signTrust({ ...authority.trust, version: 2, keys }, [authority.root]),
  );
  await peer.publishBulletin({ version: 2, iat: NOW - 30 });
  const { reached, changed } = await refresh(store, peer.fetch);
  expect([reached, changed.slice(0, 2)]).toEqual([true, ['trust', 'bulletin']]);
  expect(await standing(store)).toMatchObject({ version: 2, bulletin: 2 });
  expect((await loadHoldings(store)).floor).toBeLessThanOrEqual(NOW);
  expect(await all(store, 'documents')).toHaveLength(2);
});
