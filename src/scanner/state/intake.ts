import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { codeFromText } from '../../core/code/text.ts';
import { isEnrolmentLink } from '../../core/enrolment.ts';
import { takeSharedPicture } from '../../device/shared-picture.ts';
import { readPicture } from '../capture/picture.ts';
import type { ScanListener } from '../capture/scan-text.ts';
import {
  openSerialReaders,
  type SerialReaders,
  type SerialState,
} from '../capture/serial-readers.ts';
import { listenToWedge } from '../capture/wedge.ts';
import type { EngineRoom } from './engine-room.ts';
import type { Post } from './post.ts';
import { navigate, route } from './route.ts';

/** What to tell about something that came in and was not judged. */
export type Notice =
  | 'reading'
  | 'notAPicture'
  | 'noQr'
  | 'notShared'
  | 'enrolmentLink'
  | 'stopWaits'
  | 'measureWaits';

/** Every way in: whatever reads a text, what happens to it is decided here. */
export interface Intake {
  readonly notice: ReadonlySignal<Notice | undefined>;
  /** Undefined where the browser has no serial ports. */
  readonly serial: SerialReaders | undefined;
  readonly serialState: ReadonlySignal<SerialState>;
  /** What the camera saw. @returns false when nobody had time for it. */
  seen(text: string, isNew: (who: string) => boolean): Promise<boolean>;
  /** A picture by file, paste or drop, if there was one. */
  picture(file: Blob | undefined): Promise<void>;
  /** A picture that was shared with this app, if it was opened for that. */
  shared(): Promise<void>;
  /** Hears the hand-held readers. @returns ends it */
  hearReaders(): () => void;
}

export function openIntake(post: Post, engines: EngineRoom): Intake {
  const notice = signal<Notice>();
  const serialState = signal<SerialState>('none');
  const serial = openSerialReaders((state) => {
    serialState.value = state;
  });
  // What it was about has passed.
  effect(() => {
    if (post.scene.value) notice.value = undefined;
  });

  /** Enrolling is the staff's own act: a resident's QR must not move this device elsewhere. */
  function isForElsewhere(text: string): boolean {
    notice.value = isEnrolmentLink(text) ? 'enrolmentLink' : undefined;
    return notice.value !== undefined;
  }

  async function handed(text: string): Promise<void> {
    if (isForElsewhere(text) || (await post.handed(text))) return;
    notice.value = post.scene.value.name === 'measure' ? 'measureWaits' : 'stopWaits';
  }

  async function picture(file: Blob | undefined): Promise<void> {
    if (!file) return;
    notice.value = 'reading';
    // Without an engine the screen says so already.
    const engine = await engines.ready().catch(() => undefined);
    const text = engine && (await readPicture(file, engine));
    notice.value = undefined;
    if (text?.ok) await handed(text.value);
    else if (text) notice.value = text.reason === 'no-qr' ? 'noQr' : 'notAPicture';
  }

  const readers: ScanListener = {
    // Only a code that begins and does not end yet has more to come.
    isWhole(text) {
      const code = codeFromText(text);
      return code.ok || code.reason !== 'damaged';
    },
    onText(text) {
      // Beside a code, what is read there is a number for its field.
      if (route.value === '/no-code' && !/^KK\d/.test(text)) return false;
      if (route.value === '/no-code') navigate('/');
      void handed(text);
      return true;
    },
  };

  return {
    notice,
    serial,
    serialState,
    seen: async (text, isNew) => isForElsewhere(text) || post.scanned(text, isNew),
    picture,
    async shared() {
      const wanted = new URLSearchParams(location.search).has('shared');
      const file = await takeSharedPicture().catch(() => undefined);
      if (!wanted) return;
      // Once is enough: the page may be reloaded.
      navigate('/', { replace: true });
      if (file) await picture(file);
      else notice.value = 'notShared';
    },
    hearReaders() {
      const stops = [listenToWedge(readers), serial?.listen(readers)];
      return () => {
        for (const stop of stops) stop?.();
      };
    },
  };
}
