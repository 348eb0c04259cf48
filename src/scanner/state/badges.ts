import { effect } from '@preact/signals';
import { type Badge, isBadge, readBadge } from '../../core/badge.ts';
import { draftNote } from '../../core/record/draft.ts';
import { refuse } from '../../core/result.ts';
import type { Note } from '../../core/verdict/reasons.ts';
import { writeSetting } from '../../device/settings.ts';
import { endShift, startShift } from '../../device/shift.ts';
import type { Store } from '../../device/store.ts';
import { EMPTY } from '../../device/tallies.ts';
import { type Desk, HAS_BADGES } from './desk.ts';
import { navigate } from './route.ts';
import type { Station } from './station.ts';

export interface BadgeParts {
  readonly desk: Desk;
  readonly station: Station;
  readonly store: Store;
}

let turn: Promise<void> = Promise.resolve();

/**
 * What a badge brings about: an answer to whoever asked for one, or a shift begun or over. One
 * after the other: a reader may send it twice.
 */
export function takeBadge(parts: BadgeParts, text: string): Promise<void> {
  const work = () => take(parts, text);
  turn = turn.then(work, work);
  return turn;
}

async function take(parts: BadgeParts, text: string): Promise<void> {
  const { desk } = parts;
  desk.notice.value = undefined;
  const badge = await check(parts, text);
  if (!badge) return;
  const { value: answer } = desk.asking;
  if (answer) {
    if (badge.role === 'supervisor') answer(badge.badge);
    else desk.notice.value = 'not-a-supervisor';
    return;
  }
  const { value: shift } = desk.shift;
  if (shift?.badge === badge.badge) {
    desk.shift.value = { ...shift, name: badge.name };
    desk.ending.value = true;
    return navigate('/shift');
  }
  await end(parts);
  await start(parts, badge);
  if (shift) navigate('/shift');
  else desk.notice.value = 'started';
}

/** Ends the shift that is on, if there is one. */
export async function end(parts: BadgeParts): Promise<void> {
  const { desk, station, store } = parts;
  const { value: shift } = desk.shift;
  if (!shift) return;
  desk.ending.value = false;
  await note(parts, 'shift-ended', shift.badge);
  const tally = await endShift(store).catch((fault) => {
    station.records.blame(fault);
    return EMPTY;
  });
  // After the disk: another tab, or this one, may be reading it.
  desk.shift.value = undefined;
  desk.past.value = { ...shift, until: station.clock.wall(), tally };
}

/** Ends a shift whose badge a newer bulletin bars, or that has come to its own end. */
export function watchBadgeOnShift(parts: BadgeParts): void {
  const { desk, station } = parts;
  let isEnding = false;
  effect(() => {
    const { value: shift } = desk.shift;
    const barred = station.holdings.value.bulletin?.barredBadges ?? [];
    const isOver = shift && (barred.includes(shift.badge) || station.now.value >= shift.exp);
    if (!isOver || isEnding) return;
    isEnding = true;
    void end(parts).then(() => {
      isEnding = false;
      desk.notice.value = 'ended';
    });
  });
}

/** Badge of the supervisor who answers for what is done now, if there is one. */
export function supervisorOf({ shift, opened }: Desk): string | undefined {
  return shift.value?.role === 'supervisor' ? shift.value.badge : opened.value;
}

/** Has the camera look for a supervisor's badge. @returns its id; undefined: it was called off. */
export function askSupervisor({ asking, notice }: Desk): Promise<string | undefined> {
  asking.value?.(undefined);
  notice.value = undefined;
  return new Promise((resolve) => {
    asking.value = (supervisor) => {
      asking.value = undefined;
      resolve(supervisor);
    };
  });
}

/** Has a supervisor open what only supervisors may change. @returns whether one did. */
export async function openSettings(desk: Desk): Promise<boolean> {
  navigate('/');
  desk.opened.value = await askSupervisor(desk);
  return desk.opened.value !== undefined;
}

/** Whether only a supervisor may go on: as soon as any badge was ever shown here. */
export function isLocked(desk: Desk): boolean {
  return desk.hasBadges.value && supervisorOf(desk) === undefined;
}

async function check(
  { desk, station, store }: BadgeParts,
  text: string,
): Promise<Badge | undefined> {
  const { trusted, bulletin } = station.holdings.value;
  const { clock } = station;
  const read =
    trusted && isBadge(text)
      ? await readBadge(text, trusted, {
          now: Math.max(clock.wall(), clock.floor()),
          barred: bulletin?.barredBadges ?? [],
        })
      : refuse(trusted ? 'not-a-badge' : 'unknown-key');
  if (!read.ok) {
    desk.notice.value = read.reason;
    return undefined;
  }
  if (!desk.hasBadges.value) {
    desk.hasBadges.value = true;
    await writeSetting(store, HAS_BADGES, 'used').catch(station.records.blame);
  }
  return read.value;
}

async function start(parts: BadgeParts, { badge, name, role, exp }: Badge): Promise<void> {
  const { desk, station, store } = parts;
  const shift = { badge, role, exp, since: station.clock.wall() };
  await note(parts, 'shift-started', badge);
  await startShift(store, shift).catch(station.records.blame);
  desk.shift.value = { ...shift, name };
}

/** A disk that refuses says so on every screen: the note is held as all records are. */
async function note({ station }: BadgeParts, reason: Note, operator: string): Promise<void> {
  const grounds = { knowledge: station.known.value, wall: station.clock.wall() };
  await station.append(draftNote({ reason, operator }, grounds)).catch(() => {});
}
