import { expect, onTestFinished, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { readCode } from '../../src/core/code/read.ts';
import { paperPicture } from '../../src/resident/paper-picture.ts';
import { NOW } from '../core/make.ts';
import { find, showResident } from './show.tsx';
import { makeTown } from './town.ts';

async function openSheet() {
  const town = await makeTown(() => NOW);
  const shown = await showResident(town.fetcher, () => NOW * 1000, crypto.randomUUID());
  (await vi.waitFor(() => find(shown.place, '[data-scenario=elder]'))).click();
  const sheet = await vi.waitFor(() => find(shown.place, '.paper'));
  return { ...shown, sheet, town };
}

test('the sheet shows guardian and relationship large, and its QR reads', async () => {
  const { sheet, town } = await openSheet();
  const large = [...sheet.querySelectorAll('.large dd')].map((one) => one.textContent);
  expect(large).toEqual(['陈*英', '王小红', '女儿 daughter']);

  const qr = find(sheet, '[data-qr-text]');
  expect(qr.dataset['provedAt']).toBeUndefined();
  expect(await readCode(qr.dataset['qrText'] ?? '', town.trusted)).toMatchObject({
    ok: true,
    value: { claims: { kind: 'printed', guardian: { relationship: 'daughter' } } },
  });
});

test('no key is made for paper', async () => {
  const { store } = await openSheet();
  expect(await store.keyFor('ticket-elder')).toBeUndefined();
});

test('the sheet never prints a colour: it may change after the printing', async () => {
  const { sheet } = await openSheet();
  expect(sheet.textContent).not.toMatch(/绿码|Green/);
});

test('on paper the QR is 6 cm wide, black on white, and nothing of the screen is left', async () => {
  const { place, sheet } = await openSheet();
  const emulate = async (media: string, scheme: string) => {
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await cdp().send('Emulation.setEmulatedMedia', { media, features });
  };
  onTestFinished(() => emulate('', ''));
  await emulate('print', 'dark');

  const millimetres = (find(sheet, '.qr').getBoundingClientRect().width / 96) * 25.4;
  expect(millimetres).toBeCloseTo(60, 1);
  for (const screen of ['.top-bar', '.actions', '.head', '.foot']) {
    expect(getComputedStyle(find(place, screen)).display).toBe('none');
  }
  expect(getComputedStyle(sheet).color).toBe('rgb(0, 0, 0)');
  expect(getComputedStyle(document.body).backgroundColor).toBe('rgb(255, 255, 255)');
});

test('the picture to save is a PNG that holds the QR in whole pixels', async () => {
  const { resident } = await openSheet();
  const [held] = resident.codes.value ?? [];
  if (held?.code.claims.kind !== 'printed') throw new Error('no printed code is held');
  const picture = await paperPicture(held.text, held.code.claims, held.validity);
  const bitmap = await createImageBitmap(picture);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  const pixels = context?.getImageData(0, 170, bitmap.width, 680).data ?? [];
  const shades = new Set<number>();
  for (let i = 0; i < pixels.length; i += 4) shades.add(pixels[i] ?? -1);
  expect(picture.type).toBe('image/png');
  expect([...shades].sort((a, b) => a - b)).toEqual([0, 255]);
});
