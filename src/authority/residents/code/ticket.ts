import { randomBytes } from 'node:crypto';

/** Whoever has it gets the code of the person: see `issueByTicket`. */
export function newTicket(): string {
  return randomBytes(16).toString('base64url');
}
