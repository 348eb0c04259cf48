import type { Person } from '../../core/protocol/residents.ts';
import type { Standing } from '../standing.ts';

/**
 * As the authority last said; a green whose time came meanwhile has lapsed, and a code that was
 * withdrawn has ended, whatever its colour was.
 *
 * @param now epoch seconds.
 */
export function personStanding({ ticket, colour, cause, lapsesAt }: Person, now: number): Standing {
  if (ticket === null) return 'expired';
  if (colour === 'yellow' && cause === 'lapsed') return 'lapsed';
  return colour === 'green' && now >= lapsesAt ? 'lapsed' : colour;
}
