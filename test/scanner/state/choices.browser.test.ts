import { expect, test, vi } from 'vitest';
import { Fault } from '../../../src/core/result.ts';
import { loadChoices } from '../../../src/scanner/state/choices.ts';
import { blankStore } from '../../device/station.ts';

test('a choice is kept over a restart', async () => {
  const store = await blankStore();
  const choices = await loadChoices(store, reportError);
  choices.chooseUnit('fahrenheit');
  await vi.waitFor(async () =>
    expect((await loadChoices(store, reportError)).unit.value).toBe('fahrenheit'),
  );
});

test('a choice that a full disk does not keep holds, and the disk is what is said to be wrong', async () => {
  const store = await blankStore();
  const told: unknown[] = [];
  const choices = await loadChoices(store, (fault) => told.push(fault));
  const full = new Fault('storage-full', 'no space left');
  vi.spyOn(store, 'write').mockRejectedValue(full);
  choices.choosePassShown(3000);
  await vi.waitFor(() => expect(told).toEqual([full]));
  expect(choices.passShown.value).toBe(3000);
});
