import '../../../src/scanner/style.css';
import '../../../src/scanner/pages/measure.css';
import { render } from 'preact';
import { afterEach, expect, test, vi } from 'vitest';
import type { Occupant } from '../../../src/core/vehicle.ts';
import { VehicleStrip } from '../../../src/scanner/components/vehicle-strip.tsx';

const BUS: readonly Occupant[] = Array.from({ length: 50 }, (_, index) => ({
  seat: index + 1,
  who: String(index),
  verdict: index === 17 ? 'stop' : 'pass',
}));

const place = document.createElement('div');
afterEach(() => {
  render(null, place);
  place.remove();
});

test('a bus of 50 keeps to its line on a phone, with whoever was judged last in sight', async () => {
  place.style.width = '360px';
  document.body.append(place);
  render(<VehicleStrip vehicle={{ plate: '鄂F12345', people: BUS }} />, place);
  const marks = [...place.querySelectorAll('[data-occupant]')];
  expect(marks).toHaveLength(50);
  expect(place.getBoundingClientRect().height).toBeLessThan(200);
  const edge = place.getBoundingClientRect().right;
  await vi.waitFor(() =>
    expect(marks.at(-1)?.getBoundingClientRect().right).toBeLessThanOrEqual(edge),
  );
});

test('each person is told by a number, a word and a shape of its own', () => {
  document.body.append(place);
  render(<VehicleStrip vehicle={{ plate: '鄂F12345', people: BUS }} />, place);
  const [driver, stopped] = [1, 18].map((seat) => place.querySelector(`[data-seat="${seat}"]`));
  const shape = (mark: Element | null | undefined) => mark?.querySelector('path')?.outerHTML;
  expect(shape(driver)).not.toBe(shape(stopped));
  expect(stopped?.textContent).toMatch(/18.*(止步|STOP)/);
  expect(driver?.textContent).toMatch(/1.*(通行|PASS)/);
  expect(place.querySelector('[data-vehicle]')?.getAttribute('data-vehicle')).toBe('stop');
});
