import '../../src/scanner/style.css';
import { deleteDB } from 'idb';
import { render } from 'preact';
import { vi } from 'vitest';
import { openStore } from '../../src/device/store.ts';
import { AppView } from '../../src/scanner/app.tsx';
import { type Language, language, loadLanguage } from '../../src/scanner/i18n/index.ts';
import { loadLazyWords } from '../../src/scanner/i18n/lazy/index.ts';
import { loadLazyPages } from '../../src/scanner/pages/load-lazy.ts';
import { type App, createApp } from '../../src/scanner/state/app.ts';
import { navigate } from '../../src/scanner/state/route.ts';
import { NOW } from '../core/make.ts';
import { makePeer, type Peer } from '../device/peer.ts';
import { enrolAt } from '../device/station.ts';
import { type CanvasCamera, plugInCamera } from './components/canvas-camera.ts';

/** Milliseconds that a verdict is shown before it may be touched. */
const SEEN_AFTER = 800;

export interface OpenApp {
  readonly app: App;
  readonly peer: Peer;
  readonly camera: CanvasCamera;
  readonly place: HTMLElement;
  /** @param changes what is otherwise than this device has it. */
  draw(changes?: Partial<App>): void;
  close(): void;
}

/**
 * The whole app, enrolled at an authority in memory and before a camera of canvas, on a page of
 * its own. Once a test file: an app attends for as long as it is open.
 */
export async function openApp(): Promise<OpenApp> {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000, shouldAdvanceTime: true });
  await deleteDB('kakou');
  const store = await openStore();
  const peer = await makePeer();
  vi.spyOn(window, 'fetch').mockImplementation((path, init) => peer.fetch(String(path), init));
  const enrolled = await enrolAt(peer, store);
  if (!enrolled.ok) throw new Error(enrolled.reason);
  const camera = plugInCamera();
  const stopHurrying = hurry();
  const app = await createApp(store);
  await loadLazyPages();
  const place = document.createElement('div');
  place.id = 'app';
  document.body.append(place);
  return {
    app,
    peer,
    camera,
    place,
    draw(changes = {}) {
      render(<AppView app={{ ...app, ...changes }} />, place);
    },
    close() {
      render(null, place);
      place.remove();
      stopHurrying();
      camera.unplug();
      vi.useRealTimers();
      navigate('/');
    },
  };
}

export async function speak(chosen: Language): Promise<void> {
  await Promise.all([loadLanguage(chosen), loadLazyWords(chosen)]);
  language.value = chosen;
}

/** What was seen for a moment may be touched: no glove bounces here. @returns ends it. */
function hurry(): () => void {
  const { setTimeout: later } = window;
  const sooner = (work: TimerHandler, wait = 0, ...more: unknown[]) =>
    later(work, wait === SEEN_AFTER ? 0 : wait, ...more);
  Object.assign(window, { setTimeout: sooner });
  return () => void Object.assign(window, { setTimeout: later });
}
