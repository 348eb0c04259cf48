import { expect, test } from 'vitest';
import type { KeyRole } from '../../src/core/documents/trust.ts';
import { appendRecord } from '../../src/device/append.ts';
import { createCourier } from '../../src/device/courier.ts';
import { loadHoldings } from '../../src/device/holdings.ts';
import { refresh } from '../../src/device/refresh.ts';
import { makeKey, NOW, signTrust } from '../core/make.ts';
import { makeDraft } from './drafts.ts';
import type { Peer } from './peer.ts';
import { all, makeStation } from './station.ts';

/** A new key of a role takes over; the old one is still named, as after `keys rotate`. */
async function rotate({ authority, published }: Peer, role: KeyRole) {
  const old = authority.keys[role];
  authority.keys[role] = await makeKey(role === 'sealing' ? 'ECDH-ES' : 'ES256');
  const { kid, jwk } = authority.keys[role];
  const named = authority.trust.keys.find((key) => key.kid === old.kid);
  if (!named) throw new Error(`no ${role} key`);
  const keys = [...authority.trust.keys, { ...named, kid, jwk, notBefore: named.notBefore + 1 }];
  published.set(
    '/trust',
    await signTrust({ ...authority.trust, version: 2, keys }, [authority.root]),
  );
  return old;
}

function courierOf(store: Parameters<typeof refresh>[0], peer: Peer) {
  return createCourier({ store, fetch: peer.fetch, now: () => NOW, dice: () => 0 });
}

test('a receipt by a key that this device has not heard of is one as soon as it has', async () => {
  const { store, peer } = await makeStation();
  await appendRecord(store, await loadHoldings(store), makeDraft());
  await rotate(peer, 'receipt');
  expect(await courierOf(store, peer).run()).toEqual({ phase: 'resting' });
  expect(await all(store, 'outbox')).toEqual([]);
});

test('records are sealed to the key that took over, from the moment that the device knows it', async () => {
  const { store, peer } = await makeStation();
  const sealedTo = async () => {
    const { sealed } = await appendRecord(store, await loadHoldings(store), makeDraft());
    return JSON.parse(atob(sealed.split('.')[0] ?? '')).kid;
  };
  const old = await rotate(peer, 'sealing');
  expect(await sealedTo()).toBe(old.kid);
  await refresh(store, peer.fetch);
  expect(await sealedTo()).toBe(peer.authority.keys.sealing.kid);
});
