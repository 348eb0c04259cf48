import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { Reason } from '../../../src/core/verdict/reasons.ts';
import type { App } from '../../../src/scanner/state/app.ts';
import { followVehicle } from '../../../src/scanner/state/follow-vehicle.ts';
import { type Vehicle, vehicleOf } from '../../../src/scanner/state/vehicle.ts';
import { makePost } from './make-post.ts';

test('whoever cannot be identified keeps their seat when a supervisor lets them pass', async () => {
  let reason: Reason = 'damaged';
  const post = makePost(() => reason);
  const vehicle = signal<Vehicle | undefined>({ plate: '鄂F12345', people: [] });
  followVehicle({ post, vehicle } as unknown as App);
  await post.scanned('unreadable');
  const { subject } = post.newest.value ?? {};
  expect(subject && vehicleOf(vehicle.value, subject.evidence)).toMatchObject({ seat: 1 });
  reason = 'override';
  await post.override('mistake', 'S-9');
  expect(vehicle.value?.people).toMatchObject([{ seat: 1, verdict: 'pass' }]);
  post.next();
  reason = 'damaged';
  await post.scanned('unreadable');
  expect(vehicle.value?.people.map(({ seat }) => seat)).toEqual([1, 2]);
});
