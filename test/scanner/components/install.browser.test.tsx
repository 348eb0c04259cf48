import { render } from 'preact';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Install } from '../../../src/scanner/components/install.tsx';
import { holdInstallOffer, install } from '../../../src/scanner/state/install.ts';

const place = document.createElement('div');
// Once: it listens for as long as the page is open.
beforeAll(holdInstallOffer);
afterEach(() => {
  install.value = undefined;
  render(null, place);
  place.remove();
});

function show(): void {
  document.body.append(place);
  render(<Install />, place);
}

/** What Chromium does when it finds that the app can be installed. */
function offer() {
  const prompt = vi.fn(() => Promise.resolve());
  const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt });
  window.dispatchEvent(event);
  return { prompt, event };
}

test('the browser’s offer waits for a tap, and counts once', async () => {
  show();
  const { prompt, event } = offer();
  expect(event.defaultPrevented).toBe(true);
  await vi.waitFor(() => expect(place.querySelector('button')).not.toBeNull());
  expect(prompt).not.toHaveBeenCalled();
  place.querySelector('button')?.click();
  expect(prompt).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(place.querySelector('button')).toBeNull());
});

test('where the browser offers nothing, the screen says how', () => {
  show();
  expect(place.querySelector('[data-install="told"]')?.textContent).toMatch(/主屏幕|home screen/i);
});

test('what is installed is offered no more', async () => {
  show();
  offer();
  await vi.waitFor(() => expect(place.querySelector('button')).not.toBeNull());
  window.dispatchEvent(new Event('appinstalled'));
  await vi.waitFor(() => expect(place.querySelector('button')).toBeNull());
});
