import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { isBadge, isWholeBadge } from '../../core/badge.ts';
import { codeFromText } from '../../core/code/text.ts';
import { isEnrolmentLink } from '../../core/enrolment.ts';
import type { Result } from '../../core/result.ts';
import { takeSharedPicture } from '../../device/shared-picture.ts';
import type { Decoder } from '../capture/decoder.ts';
import { type PictureProblem, readPicture } from '../capture/picture.ts';
import type { ScanListener } from '../capture/scan-text.ts';
import {
  openSerialReaders,
  type SerialReaders,
  type SerialState,
} from '../capture/serial-readers.ts';
import { listenToWedge } from '../capture/wedge.ts';
import type { Desk } from './desk.ts';
import type { EngineRoom } from './engine-room.ts';
import type { Post } from './post.ts';
import { PRACTICE_CODE } from './practice-code.ts';
import { navigate, route } from './route.ts';

/** What to tell about something that came in and was not judged. */
export type Notice =
  | 'reading'
  | 'notAPicture'
  | 'noQr'
  | 'notShared'
  | 'enrolmentLink'
  | 'practiceCode'
  | 'stopWaits'
  | 'measureWaits'
  | 'readingUnused'
  | 'oldReading'
  | 'notMeasured';

/** Every way in: whatever reads a text, what happens to it is decided here. */
export interface Intake {
  readonly notice: ReadonlySignal<Notice | undefined>;
  /** Says what came of something that came in elsewhere, such as from a thermometer. */
  notify(notice: Notice): void;
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

/** Milliseconds without a badge, after which the camera takes it for shown again. */
const BADGE_HELD = 10_000;

export function openIntake(post: Post, engines: EngineRoom, desk: Desk): Intake {
  const notice = signal<Notice>();
  let badge = { text: '', at: 0 };
  const serialState = signal<SerialState>('none');
  const serial = openSerialReaders((state) => {
    serialState.value = state;
  });
  // What it was about has passed.
  effect(() => {
    post.firstReading.value;
    if (post.scene.value) notice.value = undefined;
  });

  /** Badges are the desk's, as is anything that is shown while it waits for one. */
  function isForDesk(text: string): boolean {
    const { value } = post.scene;
    const waits =
      value.name === 'measure' ||
      (value.name === 'verdict' && value.outcome.verdict.verdict === 'stop');
    if (!desk.asking.value) {
      if (!isBadge(text) || waits) return false;
      post.next();
    }
    desk.take(text);
    return true;
  }

  /** A badge that is held before the camera a little longer says nothing more. */
  function isHeld(text: string): boolean {
    const now = performance.now();
    const held = badge.text === text && now - badge.at < BADGE_HELD && !desk.asking.value;
    if (isBadge(text)) badge = { text, at: now };
    return held;
  }

  /**
   * Enrolling is the staff's own act: a resident's QR must not move this device elsewhere. The
   * practice code is nobody's, and never comes near a record.
   */
  function isForElsewhere(text: string): boolean {
    notice.value = isEnrolmentLink(text)
      ? 'enrolmentLink'
      : text === PRACTICE_CODE
        ? 'practiceCode'
        : undefined;
    return notice.value !== undefined;
  }

  async function handed(text: string): Promise<void> {
    if (isForDesk(text) || isForElsewhere(text) || (await post.handed(text))) return;
    notice.value = post.scene.value.name === 'measure' ? 'measureWaits' : 'stopWaits';
  }

  /** @returns undefined without an engine, other than this one: the screen says so already */
  async function readBy(
    file: Blob,
    other?: Decoder,
  ): Promise<Result<string, PictureProblem> | undefined> {
    const engine = await engines.ready().catch(() => undefined);
    if (!engine || engine === other) return undefined;
    const text = await readPicture(file, engine);
    // Perhaps it died of the picture, and another one has taken its place.
    return text.ok ? text : ((await readBy(file, engine)) ?? text);
  }

  async function picture(file: Blob | undefined): Promise<void> {
    if (!file) return;
    notice.value = 'reading';
    const text = await readBy(file);
    notice.value = undefined;
    if (text?.ok) await handed(text.value);
    else if (text) notice.value = text.reason === 'no-qr' ? 'noQr' : 'notAPicture';
  }

  const readers: ScanListener = {
    // Only a code, or a badge, that begins and does not end yet has more to come.
    isWhole(text) {
      if (isBadge(text)) return isWholeBadge(text);
      const code = codeFromText(text);
      return code.ok || code.reason !== 'damaged';
    },
    onText(text) {
      // Beside a code, what is read there is a number for its field.
      if (route.value !== '/' && !/^K[BK]\d/.test(text)) return false;
      if (route.value !== '/') navigate('/');
      void handed(text);
      return true;
    },
  };

  return {
    notice,
    notify: (about) => {
      notice.value = about;
    },
    serial,
    serialState,
    seen: async (text, isNew) =>
      isHeld(text) || isForDesk(text) || isForElsewhere(text) || post.scanned(text, isNew),
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
