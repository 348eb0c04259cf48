import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { HqEnrolmentRequest, HqEnrolmentResponse, HqOverview } from '../core/protocol.ts';
import { type Result, refuse } from '../core/result.ts';
import type { ClientRefusal, HeadquartersClient } from './headquarters-client.ts';

/** `no-key`: opened without the link that carries the key. */
export type Trouble = ClientRefusal | 'no-key';

/** What the console shows and does. */
export interface Headquarters {
  /** The newest answer; it stays while later ones fail. */
  readonly overview: ReadonlySignal<HqOverview | undefined>;
  /** Why the newest attempt failed; undefined: it did not. */
  readonly trouble: ReadonlySignal<Trouble | undefined>;
  /** Tries another key. */
  openWith(key: string): Promise<void>;
  refresh(): Promise<void>;
  enrol(request: HqEnrolmentRequest): Promise<Result<HqEnrolmentResponse, Trouble>>;
  /** Bars a device, or lets it in again. @returns why it was not done; undefined: it was. */
  setBarred(device: string, barred: boolean): Promise<Trouble | undefined>;
}

export function createHeadquarters(
  client: HeadquartersClient,
  firstKey: string | undefined,
): Headquarters {
  const key = signal(firstKey);
  const overview = signal<HqOverview | undefined>(undefined);
  const trouble = signal<Trouble | undefined>(firstKey ? undefined : 'no-key');

  async function refresh(): Promise<void> {
    const asked = key.value;
    // A key that was refused is not tried every few seconds: it may lock the door.
    if (!asked || trouble.value === 'wrong-key') return;
    const answer = await client.overview(asked);
    if (asked !== key.value) return;
    batch(() => {
      trouble.value = answer.ok ? undefined : answer.reason;
      if (answer.ok) overview.value = answer.value;
      else if (answer.reason === 'wrong-key') overview.value = undefined;
    });
  }

  return {
    overview,
    trouble,
    refresh,
    async openWith(next) {
      key.value = next;
      trouble.value = next === '' ? 'no-key' : undefined;
      await refresh();
    },
    async enrol(request) {
      return key.value ? client.enrol(key.value, request) : refuse('no-key');
    },
    async setBarred(device, barred) {
      if (!key.value) return 'no-key';
      const answer = await client[barred ? 'bar' : 'unbar'](key.value, device);
      await refresh();
      return answer.ok ? undefined : answer.reason;
    },
  };
}
