import { useEffect, useState } from 'preact/hooks';
import type { ClientRefusal } from '../ask.ts';
import { onEvery } from '../clock.ts';
import type { Account } from './account.ts';

/** Seconds in which a change of colour is seen on an open page. */
const PERIOD = 60;

/** Asks the authority anew, now, now and then, and when the network returns. @returns why it did not answer. */
export function useRefreshed(account: Account): ClientRefusal | undefined {
  const [trouble, setTrouble] = useState<ClientRefusal | undefined>(undefined);
  const signedIn = account.signedIn.value;
  useEffect(() => {
    if (!signedIn) return;
    const refresh = async () => setTrouble(await account.refresh());
    const stop = onEvery(PERIOD, account.wall, refresh);
    window.addEventListener('online', refresh);
    return () => {
      stop();
      window.removeEventListener('online', refresh);
    };
  }, [account, signedIn]);
  return trouble;
}
