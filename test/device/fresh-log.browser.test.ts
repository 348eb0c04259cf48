import { expect, test } from 'vitest';
import { beginFreshLog } from '../../src/device/fresh-log.ts';
import { all, makeStation } from './station.ts';

test('a fresh log leaves no database behind and takes nothing away, in two tabs at once too', async () => {
  const { store, enrolment } = await makeStation();
  await Promise.all([beginFreshLog(), beginFreshLog()]);
  const names = (await indexedDB.databases()).map(({ name }) => name);
  expect(names).toContain('kakou');
  expect(names).not.toContain('kakou-log');
  expect(await all(store, 'enrolment')).toMatchObject([{ device: enrolment.device }]);
});
