import type { Context, MiddlewareHandler } from 'hono';
import { STAFF_ROLES, type StaffRole } from '../../core/protocol/headquarters.ts';
import type { Database, Sql } from '../database/sql.ts';
import { type Act, type Staff, writeAct } from '../headquarters/acts.ts';
import { authenticate } from '../headquarters/sessions.ts';
import type { Clock } from '../log.ts';
import { problem } from '../problem.ts';

/** Of an address in the log of acts, characters. */
const MAX_ADDRESS = 256;

/** What routes behind {@link guardHeadquarters} find in their context. */
export interface StaffEnv {
  readonly Variables: {
    readonly staff: Staff;
    /**
     * Adds a line to the log of acts, in the transaction that does what it tells. Where a
     * route that changes something forgets, the guard writes a line without facts.
     */
    readonly write: (sql: Sql, act: Act) => Promise<void>;
  };
}

export interface GuardDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly hqKey: string;
}

/**
 * Before everything that headquarters' staff see and do: who is not one of them gets nowhere,
 * whoever only looks changes nothing, and what is changed is written down.
 */
export function guardHeadquarters({ db, clock, hqKey }: GuardDeps): MiddlewareHandler<StaffEnv> {
  return async (c, next) => {
    const staff = await authenticate(db.sql, bearerOf(c), hqKey, clock());
    if (!staff) return problem('unauthorized');
    let written = false;
    c.set('staff', staff);
    c.set('write', async (sql, act) => {
      written = true;
      await writeAct(sql, staff, act, clock());
    });
    const changes = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    if (changes && !mayAct(staff, 'operator')) return deny(c, db.sql);
    await next();
    c.header('Cache-Control', 'no-store');
    if (changes && c.res.ok && !written) {
      await writeAct(db.sql, staff, { act: addressOf(c) }, clock());
    }
    return undefined;
  };
}

/** For what takes more than the guard asks for. */
export function only(role: StaffRole, db: Database): MiddlewareHandler<StaffEnv> {
  return (c, next) => (mayAct(c.var.staff, role) ? next() : deny(c, db.sql));
}

function mayAct({ role }: Staff, least: StaffRole): boolean {
  return STAFF_ROLES.indexOf(role) >= STAFF_ROLES.indexOf(least);
}

async function deny(c: Context<StaffEnv>, sql: Sql): Promise<Response> {
  await c.var.write(sql, { act: addressOf(c), refused: 'forbidden' });
  return problem('forbidden');
}

/** As it was sent: decoded, it may hold what the database cannot. */
function addressOf({ req }: Context): string {
  return `${req.method} ${new URL(req.url).pathname.slice(0, MAX_ADDRESS)}`;
}

/** The bearer token of a request (RFC 6750); empty: none. */
export function bearerOf(c: Context): string {
  const [, token = ''] = /^Bearer (\S+)$/i.exec(c.req.header('Authorization') ?? '') ?? [];
  return token;
}
