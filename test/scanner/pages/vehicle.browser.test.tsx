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

/** A vehicle whose driver has passed, and that waits for 800 ms. */
async function showPass() {
  const vehicle = signal<Vehicle | undefined>({
    plate: '鄂F12345',
    people: [{ seat: 1, who: 'a', verdict: 'pass' }],
  });
  const choices = { passShown: signal(800), voice: signal(false) };
  const announced: string[] = [];
  const station = { holdings: signal({}) };
  const app = { vehicle, choices, station, announce: (verdict: string) => announced.push(verdict) };
  render(<VehiclePage app={app as unknown as App} />, place);
  // Its timer begins once it has been drawn.
  await vi.waitFor(() => expect(announced).toEqual(['pass']), { interval: 1 });
  return vehicle;
}

test('a vehicle that may pass goes by itself, like a person', async () => {
  const vehicle = await showPass();
  vi.advanceTimersByTime(800);
  expect(vehicle.value).toBeUndefined();
});

test('a finger on it keeps it there, until the button', async () => {
  const vehicle = await showPass();
  place.querySelector('main')?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  vi.advanceTimersByTime(60_000);
  expect(vehicle.value?.plate).toBe('鄂F12345');
  place.querySelector<HTMLButtonElement>('.answers .shaded')?.click();
  expect(vehicle.value).toBeUndefined();
});
