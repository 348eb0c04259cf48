import { signal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { StationRole } from '../../../src/core/protocol/station.ts';
import type { Reason } from '../../../src/core/verdict/reasons.ts';
import { Header } from '../../../src/scanner/components/header.tsx';
import { Supervised } from '../../../src/scanner/components/supervised.tsx';
import type { App } from '../../../src/scanner/state/app.ts';
import { attend } from '../../../src/scanner/state/attend.ts';
import { askSupervisor } from '../../../src/scanner/state/badges.ts';
import { type Choices, loadChoices } from '../../../src/scanner/state/choices.ts';
import { type Desk, openDesk } from '../../../src/scanner/state/desk.ts';
import type { Post } from '../../../src/scanner/state/post.ts';
import { createReadings } from '../../../src/scanner/state/readings.ts';
import { navigate, route } from '../../../src/scanner/state/route.ts';
import { KNOWING } from '../../core/verdict/situation.ts';
import { blankStore } from '../../device/station.ts';
import { makePost } from './make-post.ts';

let app: App;
let desk: Desk;
let post: Post;
let choices: Choices;
let reason: Reason;
let isAskedFirst: boolean;
const role = signal<StationRole>('checkpoint');
const place = document.createElement('div');

// Once: an app attends for as long as it is open.
beforeAll(async () => {
  const store = await blankStore();
  desk = await openDesk(store, () => {});
  choices = await loadChoices(store, () => {});
  post = makePost(() => reason, { role: () => role.value });
  const station = {
    ...{ role, holdings: signal({ enrolment: undefined }), now: signal(0), online: signal(true) },
    ...{ waiting: signal({ count: 0 }), outbox: signal({ phase: 'resting' }) },
    ...{ known: signal(KNOWING), records: { blame: () => true } },
    clock: { wall: () => 0, offset: () => undefined },
    sync: () => {},
  };
  app = {
    ...{ store, desk, choices, post, station, readings: createReadings() },
    ...{ vehicle: signal(), fevers: signal([]), battery: signal(), intake: { notify: () => {} } },
  } as unknown as App;
  desk.hasBadges.value = true;
  choices.chooseWall(true);
  navigate('/settings');
  attend(app);
  isAskedFirst = desk.asking.value !== undefined;
  document.body.append(place);
});
afterEach(() => {
  render(null, place);
  role.value = 'checkpoint';
  choices.chooseWall(false);
  navigate('/help');
  post.next();
});

test('a tablet on the wall that begins at the settings asks for a badge first', () => {
  expect(isAskedFirst).toBe(true);
});

test('no question comes before somebody who is being measured, by whatever way to the settings', async () => {
  reason = 'needs-reading';
  navigate('/');
  choices.chooseWall(true);
  await post.scanned('code');
  navigate('/settings');
  expect(route.value).toBe('/');
  expect(desk.asking.value).toBeUndefined();
  history.replaceState(null, '', '/settings');
  window.dispatchEvent(new PopStateEvent('popstate'));
  expect(route.value).toBe('/');
  expect(desk.asking.value).toBeUndefined();
  expect(post.scene.value).toMatchObject({ name: 'measure' });
});

test('a question is called off by whoever is measured, and their verdict stays where it is', async () => {
  navigate('/');
  choices.chooseWall(true);
  navigate('/settings');
  expect(desk.asking.value).toBeDefined();
  reason = 'needs-reading';
  await post.measureFirst();
  expect(desk.asking.value).toBeUndefined();
  await Promise.resolve();
  expect(route.value).toBe('/');
  expect(desk.opened.value).toBeUndefined();
});

test('behind a stop the question for the override stays until it is answered', async () => {
  reason = 'red';
  navigate('/');
  await post.scanned('code');
  const asked = askSupervisor(desk);
  expect(desk.asking.value).toBeDefined();
  desk.asking.value?.('S-9');
  expect(await asked).toBe('S-9');
});

test('the header leads nowhere while somebody is judged or measured', async () => {
  const inert = () => place.querySelector('.header')?.hasAttribute('inert');
  navigate('/');
  for (const [found, isInert] of [['needs-reading', true] as const, ['red', true] as const]) {
    post.next();
    render(<Header app={app} />, place);
    await vi.waitFor(() => expect(inert()).toBe(false));
    reason = found;
    await post.scanned('code');
    await vi.waitFor(() => expect(inert()).toBe(isInert));
  }
});

/** Taps on what opens the settings. */
async function open(): Promise<void> {
  navigate('/settings');
  render(<Supervised app={app}>-</Supervised>, place);
  place.querySelector<HTMLButtonElement>('[data-supervised="locked"] button')?.click();
  await vi.waitUntil(() => desk.asking.value !== undefined);
  expect(route.value).toBe('/');
}

test('whoever calls the question off is back at the settings, and whoever went elsewhere is not', async () => {
  await open();
  desk.asking.value?.(undefined);
  await vi.waitUntil(() => route.value === '/settings');
  await open();
  navigate('/help');
  expect(desk.asking.value).toBeUndefined();
  await Promise.resolve();
  await Promise.resolve();
  expect(route.value).toBe('/help');
});

test('a tablet that leaves the wall looks away from the staff again, unless another camera was chosen', () => {
  choices.chooseWall(false);
  desk.opened.value = undefined;
  desk.hasBadges.value = true;
  navigate('/settings');
  desk.opened.value = 'S-9';
  render(<Supervised app={app}>-</Supervised>, place);
  const tap = (to: 'on' | 'off') =>
    place.querySelector<HTMLButtonElement>(`[data-wall="${to}"]`)?.click();
  tap('on');
  expect(choices.camera.value).toBe('front');
  tap('off');
  expect(choices.camera.value).toBe('');
  tap('on');
  choices.chooseCamera('another');
  tap('off');
  expect(choices.camera.value).toBe('another');
  choices.chooseCamera('front');
  tap('off');
  expect(choices.camera.value).toBe('front');
});

test('a reading that waits for its code is recorded alone when the station becomes a checkpoint', async () => {
  role.value = 'temperature';
  navigate('/');
  await post.measured(381);
  expect(post.firstReading.value?.tenths).toBe(381);
  reason = 'fever';
  role.value = 'checkpoint';
  expect(post.firstReading.value).toBeUndefined();
  await vi.waitFor(() => expect(post.newest.value?.subject.actions.reading?.tenths).toBe(381));
  expect(post.scene.value).toEqual({ name: 'scan' });
});
