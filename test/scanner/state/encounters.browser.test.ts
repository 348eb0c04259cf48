import { beforeEach, expect, test, vi } from 'vitest';
import { Fault } from '../../../src/core/result.ts';
import type { Reason } from '../../../src/core/verdict/reasons.ts';
import { readTallies } from '../../../src/device/encounters.ts';
import type { Store } from '../../../src/device/store.ts';
import { sumOf, type Tally } from '../../../src/device/tallies.ts';
import type { App } from '../../../src/scanner/state/app.ts';
import { countEncounters } from '../../../src/scanner/state/encounters.ts';
import type { Post } from '../../../src/scanner/state/post.ts';
import { NOW } from '../../core/make.ts';
import { makeStation } from '../../device/station.ts';
import { makePost } from './make-post.ts';

let store: Store;
let post: Post;
/** What whoever is judged next is judged as. */
let reason: Reason;
/** Whether the disk is full, and what was said of it. */
let refusing: boolean;
const blame = vi.fn();

beforeEach(async () => {
  const station = await makeStation();
  refusing = false;
  store = {
    ...station.store,
    write: (...parts) =>
      refusing ? Promise.reject(new Fault('storage-full', 'full')) : station.store.write(...parts),
  };
  post = makePost(() => reason, { role: () => 'temperature' });
  const parts = { clock: { wall: () => NOW }, records: { blame } };
  countEncounters({ post, station: parts, store } as unknown as App);
});

/** Once so many people were counted. */
function counted(people: number): Promise<Tally> {
  return vi.waitFor(async () => {
    const tally = sumOf((await readTallies(store)).map(([, one]) => one));
    expect(Object.values(tally.seconds).reduce((sum, n) => sum + n, 0)).toBe(people);
    return tally;
  });
}

test('a reading that is recorded alone in between does not make two people of one', async () => {
  reason = 'unknown-key';
  await post.scanned('code');
  await counted(1);
  await post.measured(365);
  reason = 'reading-only';
  post.giveUpReading();
  await counted(2);
  reason = 'override';
  await post.override('mistake', 'S-9');
  await vi.waitFor(async () => expect((await counted(2)).reasons).toMatchObject({ override: 1 }));
  expect((await counted(2)).reasons).toEqual({ 'unknown-key': 0, 'reading-only': 1, override: 1 });
});

test('a fever that was measured away stays counted, and its person counts once', async () => {
  reason = 'needs-reading';
  await post.scanned('code');
  reason = 'fever';
  await post.measured(376);
  await counted(1);
  reason = 'needs-reading';
  await post.measureAgain();
  reason = 'remeasured';
  await post.measured(366);
  await vi.waitFor(async () =>
    expect(await counted(1)).toMatchObject({ fevers: 1, reasons: { fever: 0, remeasured: 1 } }),
  );
});

test('a fever counts beside a colour, too', async () => {
  reason = 'red';
  await post.scanned('code');
  reason = 'needs-reading';
  await post.takeReading();
  reason = 'red';
  await post.measured(385);
  await vi.waitFor(async () =>
    expect(await counted(1)).toMatchObject({ fevers: 1, reasons: { red: 1 } }),
  );
});

test('whom a full disk did not count is not taken off it either', async () => {
  refusing = true;
  reason = 'unknown-key';
  await post.scanned('code');
  await vi.waitFor(() => expect(blame).toHaveBeenCalled());
  refusing = false;
  reason = 'override';
  await post.override('mistake', 'S-9');
  await vi.waitFor(async () => expect((await counted(1)).reasons).toEqual({ override: 1 }));
});
