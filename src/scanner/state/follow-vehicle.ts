import { effect } from '@preact/signals';
import { seatOf, withOccupant } from '../../core/vehicle.ts';
import { whoIs } from '../../core/verdict/person.ts';
import type { App } from './app.ts';
import { isSomebody } from './vehicle.ts';

/** Seats everybody who is judged while a vehicle is at the post. */
export function followVehicle({ post, vehicle }: App): void {
  effect(() => {
    const outcome = post.newest.value;
    const now = vehicle.peek();
    if (!outcome || now?.plate === undefined || !isSomebody(outcome.subject.evidence)) return;
    const { verdict } = outcome.verdict;
    if (verdict === 'measure') return;
    const who = whoIs(outcome.subject.evidence);
    const seat = seatOf(now.people, who);
    vehicle.value = { ...now, people: withOccupant(now.people, { seat, who, verdict }) };
  });
}
