import { render } from 'preact';
import { afterEach, expect, test } from 'vitest';
import { openStore } from '../../../src/device/store.ts';
import { words } from '../../../src/scanner/i18n/index.ts';
import { NoStorage } from '../../../src/scanner/pages/no-storage.tsx';

const real = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
afterEach(() => {
  render(null, document.body);
  if (real) Object.defineProperty(globalThis, 'indexedDB', real);
});

test('a browser that leaves out the database, as in Lockdown Mode, is told from a full disk', async () => {
  const { disk } = words.value;
  render(<NoStorage />, document.body);
  expect(document.body.textContent).toContain(disk.closedNext);
  Reflect.deleteProperty(globalThis, 'indexedDB');
  await expect(openStore()).rejects.toThrow();
  render(null, document.body);
  render(<NoStorage />, document.body);
  expect(document.body.textContent).toContain(disk.lockedDown);
});
