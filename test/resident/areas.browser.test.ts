import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepAreas } from '../../src/resident/i18n/areas.ts';
import { chooseLanguage } from '../../src/resident/i18n/language.ts';
import { NOW } from '../core/make.ts';
import { find, showResident } from './show.tsx';
import { makeTown } from './town.ts';

const ADDED = '420699';

beforeEach(() => chooseLanguage('zh'));
afterEach(() => {
  keepAreas([]);
  localStorage.clear();
});

async function openSheet(area: string) {
  const town = await makeTown(() => NOW);
  town.conditions.area = area;
  const shown = await showResident(town.fetcher, () => NOW * 1000, crypto.randomUUID());
  (await vi.waitFor(() => find(shown.place, '[data-scenario=elder]'))).click();
  const sheet = await vi.waitFor(() => find(shown.place, '.paper'));
  const asked = () => town.requests.filter((path) => path === '/residents/areas').length;
  return { ...shown, sheet, town, asked };
}

/** The same words in a page that was opened later. */
async function inLaterPage(): Promise<typeof import('../../src/resident/i18n/areas.ts')> {
  const address = new URL('../../src/resident/i18n/areas.ts?later', import.meta.url).href;
  return import(/* @vite-ignore */ `${address}=${crypto.randomUUID()}`);
}

test('an area that headquarters added is called by its name', async () => {
  const { sheet, asked } = await openSheet(ADDED);
  await vi.waitFor(() =>
    expect(sheet.textContent).toContain('襄阳市高新区 Gaoxin District, Xiangyang'),
  );
  expect(asked()).toBe(1);
});

test('its name is there without a network, in a page that is opened later', async () => {
  const { sheet } = await openSheet(ADDED);
  await vi.waitFor(() => expect(sheet.textContent).toContain('高新区'));
  const later = await inLaterPage();
  expect(later.areaName(ADDED, 'en')).toBe('Gaoxin District, Xiangyang');
});

test('for an area that the page knows nobody is asked', async () => {
  const { asked } = await openSheet('420606');
  expect(asked()).toBe(0);
});

test('an area that nobody has named is asked about once, and shown as far as it is known', async () => {
  const { sheet, asked, resident } = await openSheet('429999');
  await vi.waitFor(() => expect(asked()).toBe(1));
  await resident.nameAreas(['429999']);
  expect(asked()).toBe(1);
  expect(sheet.textContent).toContain('湖北省 429999');
});

test('where the list did not come, it is asked for again', async () => {
  const town = await makeTown(() => NOW);
  const { resident } = await showResident(town.fetcher, () => NOW * 1000, crypto.randomUUID());
  town.conditions.online = false;
  await resident.nameAreas([ADDED]);
  town.conditions.online = true;
  await resident.nameAreas([ADDED]);
  const { areaName } = await inLaterPage();
  expect(areaName(ADDED, 'zh')).toBe('襄阳市高新区');
});

test('a list that something else has spoilt names nothing, and harms nothing', async () => {
  localStorage.setItem('kakou-resident-areas', '[{"code":5}]');
  const { areaName } = await inLaterPage();
  expect(areaName('420606', 'zh')).toBe('襄阳市樊城区');
});
