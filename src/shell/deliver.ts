import { Fault } from '../core/result.ts';
import { onChange } from '../device/changes.ts';
import { createCourier } from '../device/courier.ts';
import { network } from '../device/request.ts';
import { openStore } from '../device/store.ts';

/**
 * One delivery with no page open. It rejects while the authority cannot be reached, so
 * that the browser's Background Sync tries again; a timer would not survive in here.
 *
 * @throws Fault `unreachable`, or one of the store's.
 */
export async function deliver(): Promise<void> {
  const store = await openStore();
  const courier = createCourier({
    store,
    fetch: network,
    now: () => Date.now() / 1000,
    dice: Math.random,
    app: __APP_VERSION__,
  });
  const stop = onChange((change) => {
    // Its failure is that of the run which it joins.
    if (change === 'online') courier.run('online').catch(() => {});
  });
  try {
    const { phase } = await courier.run();
    if (phase === 'waiting') throw new Fault('unreachable', 'the records are still waiting');
  } finally {
    stop();
    await store.close();
  }
}
