import { effect } from '@preact/signals';
import { type Badge, isBadge, readBadge } from '../../core/badge.ts';
import { draftNote } from '../../core/record/draft.ts';
import { refuse } from '../../core/result.ts';
import type { Note } from '../../core/verdict/reasons.ts';
import { writeSetting } from '../../device/settings.ts';
import { endShift, startShift } from '../../device/shift.ts';
import type { Store } from '../../device/store.ts';
import { EMPTY, type Tally } from '../../device/tallies.ts';
import { type Desk, HAS_BADGES, type Shift } from './desk.ts';
import type { Post } from './post.ts';
import { navigate, route } from './route.ts';
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
  return inTurn(() => take(parts, text));
}

/** Ends the shift of this badge, unless that has happened already. */
export function end(parts: BadgeParts, badge: string): Promise<void> {
  return inTurn(() => endNow(parts, badge));
}

function inTurn(work: () => Promise<void>): Promise<void> {
  turn = turn.then(work, work);
  return turn;
}

async function take(parts: BadgeParts, text: string): Promise<void> {
  const { desk } = parts;
  desk.notice.value = undefined;
  // What was shown for a question begins no shift, though it was called off meanwhile.
  const { value: answer } = desk.asking;
  const badge = await check(parts, text);
  if (!badge) return;
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
  if (shift) await endNow(parts, shift.badge);
  await start(parts, badge);
  if (shift) navigate('/shift');
  else desk.notice.value = 'started';
}

async function endNow(parts: BadgeParts, badge: string): Promise<void> {
  const { desk, station } = parts;
  const { value: shift } = desk.shift;
  if (shift?.badge !== badge) return;
  desk.ending.value = false;
  const tally = await takeOffDisk(parts, shift);
  if (tally) {
    await note(parts, 'shift-ended', badge);
    desk.past.value = { ...shift, until: station.clock.wall(), tally };
  }
  // After the disk: another tab, or this one, may be reading it.
  if (desk.shift.value?.badge === badge) desk.shift.value = undefined;
}

/** @returns who came in it; undefined: another tab has ended it, and noted that. */
async function takeOffDisk(
  { station, store }: BadgeParts,
  { badge, unkept }: Shift,
): Promise<Tally | undefined> {
  if (unkept) return EMPTY;
  return endShift(store, badge).catch((fault) => {
    station.records.blame(fault);
    return EMPTY;
  });
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
    void end(parts, shift.badge).then(() => {
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

/**
 * Has a supervisor open what only supervisors may change. Whoever is being judged comes first:
 * no question stands before them.
 *
 * @returns whether one did; undefined: something else is on the screen by now.
 */
export async function openSettings({
  desk,
  post: { scene },
}: {
  desk: Desk;
  post: Pick<Post, 'scene'>;
}): Promise<boolean | undefined> {
  navigate('/');
  if (scene.value.name !== 'scan') return undefined;
  desk.opened.value = await askSupervisor(desk);
  if (route.value !== '/' || scene.value.name !== 'scan') return undefined;
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
  let unkept = false;
  await startShift(store, shift).catch((fault) => {
    station.records.blame(fault);
    unkept = true;
  });
  desk.shift.value = { ...shift, name, unkept };
}

/** A disk that refuses says so on every screen: the note is held as all records are. */
async function note({ station }: BadgeParts, reason: Note, operator: string): Promise<void> {
  const grounds = { knowledge: station.known.value, wall: station.clock.wall() };
  await station.append(draftNote({ reason, operator }, grounds)).catch(() => {});
}
