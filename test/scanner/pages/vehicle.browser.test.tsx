import { signal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Occupant } from '../../../src/core/vehicle.ts';
import { Said, vehicleVerdict } from '../../../src/scanner/components/said.tsx';
import { language } from '../../../src/scanner/i18n/index.ts';
import { VehiclePage } from '../../../src/scanner/pages/vehicle.tsx';
import type { App } from '../../../src/scanner/state/app.ts';
import { navigate, route } from '../../../src/scanner/state/route.ts';
import type { Vehicle } from '../../../src/scanner/state/vehicle.ts';

const place = document.createElement('div');
beforeEach(() => {
  language.value = 'zh';
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  document.body.append(place);
});
afterEach(async () => {
  render(null, place);
  // What a page leaves behind is tidied up in the next frame.
  await vi.waitFor(() => expect(vehicleVerdict.value).toBeUndefined(), { interval: 1 });
  vi.useRealTimers();
  place.remove();
  navigate('/');
});

/** A vehicle whose people have been judged; a pass waits for 800 ms. */
async function show(...people: Vehicle['people']) {
  const plate = '鄂F12345';
  const vehicle = signal<Vehicle | undefined>({ plate, people: [] });
  const choices = { passShown: signal(800), voice: signal(false) };
  const announced: string[] = [];
  const station = { holdings: signal({}) };
  const app = { vehicle, choices, station, announce: (verdict: string) => announced.push(verdict) };
  navigate('/vehicle');
  render(
    <>
      <Said scene={{ name: 'scan' }} />
      <VehiclePage app={app as unknown as App} />
    </>,
    place,
  );
  const region = place.querySelector('[aria-live="assertive"]');
  expect(region?.textContent).toBe('');
  vehicle.value = { plate, people };
  // Its timer begins once it has been drawn.
  await vi.waitFor(() => expect(announced).toHaveLength(1), { interval: 1 });
  return { vehicle, region };
}

const PASSED: Occupant = { seat: 1, who: 'a', verdict: 'pass' };
const STOPPED: Occupant = { seat: 1, who: 'a', verdict: 'stop' };
const UNREAD: Occupant = {
  seat: 2,
  who: { kind: 'refused', refusal: 'damaged' },
  verdict: 'unverified',
};
const main = () => place.querySelector('main');
const finish = () => place.querySelector<HTMLButtonElement>('.answers .shaded');
const press = (key: string, from: Element | null = main()) =>
  from?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
const touch = () => main()?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
/** Until no bounce is to be feared any more. */
async function wait(milliseconds: number): Promise<void> {
  vi.advanceTimersByTime(milliseconds);
  await vi.waitFor(() => expect(finish()?.disabled).toBe(false), { interval: 1 });
}

test('a vehicle that may pass goes by itself, like a person', async () => {
  const { vehicle } = await show(PASSED);
  vi.advanceTimersByTime(800);
  expect(vehicle.value).toBeUndefined();
});

test('a finger on it keeps it there, until the button', async () => {
  const { vehicle } = await show(PASSED);
  await wait(350);
  touch();
  vi.advanceTimersByTime(60_000);
  expect(vehicle.value?.plate).toBe('鄂F12345');
  finish()?.click();
  expect(vehicle.value).toBeUndefined();
});

test('a glove that bounces neither holds a pass nor sends it away', async () => {
  const { vehicle } = await show(PASSED);
  touch();
  finish()?.click();
  expect(vehicle.value?.plate).toBe('鄂F12345');
  vi.advanceTimersByTime(800);
  expect(vehicle.value).toBeUndefined();
});

test('a stop is not wiped out by the bounce of the touch that brought it about', async () => {
  const { vehicle } = await show(STOPPED);
  finish()?.click();
  vi.advanceTimersByTime(700);
  finish()?.click();
  expect(vehicle.value?.people).toHaveLength(1);
  await wait(100);
  finish()?.click();
  expect(vehicle.value).toBeUndefined();
});

test('a screen reader hears the word in a region that was there, and the rest with the focus', async () => {
  const { region } = await show(STOPPED);
  await vi.waitFor(() => expect(region?.textContent).toBe('止步'), { interval: 1 });
  expect(document.activeElement).toBe(main());
  const name = document.getElementById(main()?.getAttribute('aria-labelledby') ?? '');
  expect(name?.textContent).toMatch(/止步.*鄂F12345.*1 人不能通行/);
  await wait(800);
  finish()?.click();
  await vi.waitFor(() => expect(region?.textContent).toBe(''), { interval: 1 });
  expect(place.contains(region)).toBe(true);
});

test.each(['Escape', 'Enter'])(
  '%s leads from a stop back to the vehicle, which stays',
  async (key) => {
    const { vehicle } = await show(STOPPED);
    press(key);
    expect(route.value).toBe('/vehicle');
    await wait(800);
    press('Enter', finish());
    expect(route.value).toBe('/vehicle');
    press(key);
    expect(route.value).toBe('/');
    expect(vehicle.value?.people).toHaveLength(1);
  },
);

test('Space holds a pass, and a key sends it away', async () => {
  const { vehicle } = await show(PASSED);
  press(' ');
  await wait(60_000);
  expect(vehicle.value?.plate).toBe('鄂F12345');
  press('Enter');
  expect(vehicle.value).toBeUndefined();
});

test('where somebody is struck out the new verdict is heard, and the focus stays on the page', async () => {
  const { region } = await show(PASSED, UNREAD);
  await wait(800);
  const drop = place.querySelector<HTMLButtonElement>('.occupants button');
  drop?.focus();
  drop?.click();
  await vi.waitFor(() => expect(region?.textContent).toBe('通行'), { interval: 1 });
  expect(document.activeElement).toBe(main());
});
