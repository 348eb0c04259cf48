import { expect, test } from 'vitest';
import { takeAssignment } from '../../src/device/assignment.ts';
import { changeRole, roleOf } from '../../src/device/role.ts';
import { ONLY } from '../../src/device/schema.ts';
import type { Store } from '../../src/device/store.ts';
import { enrolAt, makeStation } from './station.ts';

const enrolmentIn = (store: Store) =>
  store.read(['enrolment'], (tx) => tx.objectStore('enrolment').get(ONLY));
const roleIn = async (store: Store) => roleOf(await enrolmentIn(store));

test('a supervisor makes a temperature station of a checkpoint, and back', async () => {
  const { store } = await makeStation();
  expect(await roleIn(store)).toBe('checkpoint');
  await changeRole(store, 'temperature');
  expect(await roleIn(store)).toBe('temperature');
  await changeRole(store, 'checkpoint');
  expect(await roleIn(store)).toBe('checkpoint');
});

test('a newer word of headquarters holds, whatever it was before', async () => {
  const { store, enrolment } = await makeStation();
  const { post } = enrolment;
  await changeRole(store, 'temperature');
  // The same as before is no newer word.
  await takeAssignment(store, { post: { ...post, name: '北门' }, role: 'checkpoint' });
  expect(await roleIn(store)).toBe('temperature');
  await takeAssignment(store, { post, role: 'temperature' });
  await takeAssignment(store, { post, role: 'checkpoint' });
  expect(await roleIn(store)).toBe('checkpoint');
});

test('a new enrolment says anew what the device is', async () => {
  const { store, peer } = await makeStation();
  await changeRole(store, 'temperature');
  await enrolAt(peer, store, peer.link('token-2'));
  expect(await roleIn(store)).toBe('checkpoint');
});
