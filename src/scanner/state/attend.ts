import { computed, effect, type Signal, untracked } from '@preact/signals';
import type { App } from './app.ts';
import { keepAwake } from './awake.ts';
import { isLocked, openSettings, watchBadgeOnShift } from './badges.ts';
import type { Desk } from './desk.ts';
import { countEncounters } from './encounters.ts';
import { followFevers } from './fevers.ts';
import { followVehicle } from './follow-vehicle.ts';
import { keepFevers } from './keep-fevers.ts';
import { keepVehicle } from './keep-vehicle.ts';
import { navigate, type Route, route } from './route.ts';
import { speakVerdicts } from './speak-verdicts.ts';
import { takeReadings } from './take-readings.ts';

/** Where people are judged, which is what a tablet on the wall is for. */
const AT_POST: readonly Route[] = ['/', '/no-code', '/vehicle'];
/** Where nothing can be changed: who walks by a tablet on the wall may see it. */
const HARMLESS: readonly Route[] = [...AT_POST, '/state', '/shift', '/today', '/help'];
/** How long a notice about a badge stays, and settings open by one, milliseconds. */
const NOTICE_SHOWN = 6000;
const OPENED = 120_000;

/** All that goes on behind the camera for as long as the app is open. Called once. */
export function attend(app: App): void {
  const { desk, choices, post, station } = app;
  watchBadgeOnShift(app);
  countEncounters(app);
  takeReadings(app);
  followFevers(app);
  followVehicle(app);
  void keepFevers(app);
  void keepVehicle(app);
  speakVerdicts(app);
  station.sync();

  const atPost = computed(() => AT_POST.includes(route.value));
  effect(() => (atPost.value ? keepAwake() : undefined));
  effect(() => (choices.wall.value ? holdWall() : undefined));
  // A badge is asked for before the camera, and opens the settings until they are left.
  effect(() => {
    if (route.value === '/') desk.opened.value = undefined;
    else untracked(() => desk.asking.value?.(undefined));
  });
  effect(() => (route.value === '/shift' ? () => forgetShiftPage(desk) : undefined));
  effect(() => expire(desk.opened, OPENED));
  effect(() => expire(desk.notice, NOTICE_SHOWN));
  // Whom it was about has been judged, or has left; and no question hides a verdict.
  effect(() => {
    if (!post.scene.value) return;
    desk.overriding.value = undefined;
    untracked(() => desk.asking.value?.(undefined));
  });
  // A reading without a code is of somebody who came before the post changed hands.
  const onDuty = computed(() => `${station.role.value} ${desk.shift.value?.badge}`);
  effect(() => {
    onDuty.value;
    untracked(post.giveUpReading);
  });
  // Last: where the app begins on such a page, what stands above would call the question off.
  lockPages(app);
}

/** Whoever left it without an answer stays on shift, and a summary is read once. */
function forgetShiftPage({ ending, past }: Desk): void {
  ending.value = false;
  past.value = undefined;
}

/** @returns how to wait no longer. */
function expire(what: Signal<unknown>, milliseconds: number): (() => void) | undefined {
  if (what.value === undefined) return undefined;
  const timer = setTimeout(() => (what.value = undefined), milliseconds);
  return () => clearTimeout(timer);
}

/** Pages that need a supervisor give way to the camera, which looks for the badge. */
function lockPages(app: App): void {
  const { desk, choices, station } = app;
  const isGuarded = (page: Route) =>
    choices.wall.value
      ? !HARMLESS.includes(page)
      : page === '/enrol' && station.holdings.value.enrolment !== undefined;
  effect(() => {
    const { value: page } = route;
    if (!isGuarded(page) || !isLocked(desk)) return;
    const { hash } = location;
    untracked(async () => {
      if (await openSettings(app)) navigate(page, { fragment: hash });
    });
  });
}

/** A tablet on the wall shows nothing but the scanner: browsers go full screen at a touch. */
function holdWall(): () => void {
  const root = document.documentElement;
  const listening = new AbortController();
  const { signal } = listening;
  const fill = () => {
    if (!document.fullscreenElement) {
      root.requestFullscreen?.({ navigationUI: 'hide' }).catch(() => {});
    }
  };
  root.dataset['wall'] = '';
  document.addEventListener('pointerup', fill, { signal });
  // A long touch would bring up the browser's own menu.
  document.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  return () => {
    listening.abort();
    delete root.dataset['wall'];
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  };
}
