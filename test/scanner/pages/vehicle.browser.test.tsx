import { signal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { VehiclePage } from '../../../src/scanner/pages/vehicle.tsx';
import type { App } from '../../../src/scanner/state/app.ts';
import type { Vehicle } from '../../../src/scanner/state/vehicle.ts';

const place = document.createElement('div');
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  document.body.append(place);
});
afterEach(() => {
  vi.useRealTimers();
  render(null, place);
  place.remove();
});

/** A vehicle whose driver has been judged; a pass waits for 800 ms. */
async function show(verdict: 'pass' | 'stop') {
  const vehicle = signal<Vehicle | undefined>({
    plate: '鄂F12345',
    people: [{ seat: 1, who: 'a', verdict }],
  });
  const choices = { passShown: signal(800), voice: signal(false) };
  const announced: string[] = [];
  const station = { holdings: signal({}) };
  const app = { vehicle, choices, station, announce: (verdict: string) => announced.push(verdict) };
  render(<VehiclePage app={app as unknown as App} />, place);
  // Its timer begins once it has been drawn.
  await vi.waitFor(() => expect(announced).toEqual([verdict]), { interval: 1 });
  return vehicle;
}

const main = () => place.querySelector('main');
const finish = () => place.querySelector<HTMLButtonElement>('.answers .shaded');
const touch = () => main()?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
/** Until no bounce is to be feared any more. */
async function wait(milliseconds: number): Promise<void> {
  vi.advanceTimersByTime(milliseconds);
  await vi.waitFor(() => expect(finish()?.disabled).toBe(false), { interval: 1 });
}

test('a vehicle that may pass goes by itself, like a person', async () => {
  const vehicle = await show('pass');
  vi.advanceTimersByTime(800);
  expect(vehicle.value).toBeUndefined();
});

test('a finger on it keeps it there, until the button', async () => {
  const vehicle = await show('pass');
  await wait(350);
  touch();
  vi.advanceTimersByTime(60_000);
  expect(vehicle.value?.plate).toBe('鄂F12345');
  finish()?.click();
  expect(vehicle.value).toBeUndefined();
});

test('a glove that bounces neither holds a pass nor sends it away', async () => {
  const vehicle = await show('pass');
  touch();
  finish()?.click();
  expect(vehicle.value?.plate).toBe('鄂F12345');
  vi.advanceTimersByTime(800);
  expect(vehicle.value).toBeUndefined();
});

test('a stop is not wiped out by the bounce of the touch that brought it about', async () => {
  const vehicle = await show('stop');
  finish()?.click();
  vi.advanceTimersByTime(700);
  finish()?.click();
  expect(vehicle.value?.people).toHaveLength(1);
  await wait(100);
  finish()?.click();
  expect(vehicle.value).toBeUndefined();
});
