import * as v from 'valibot';

/** How many entries of a list come at once. */
export const PAGE_SIZE = 50;

/** A page of a list; `before` in the query goes on: null at its end. */
export const page = <const Entry extends v.GenericSchema>(entry: Entry) =>
  v.object({ entries: v.array(entry), before: v.nullable(v.string()) });
