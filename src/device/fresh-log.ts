import { deleteDB, openDB } from 'idb';

const NAME = 'kakou-log';

/**
 * Makes Chromium begin a new log for what is written to its databases. After a power cut the
 * old one may end in zeros, which are skipped when it is read: with them, at the next start,
 * whatever was appended since, however strictly it was written (docs/decisions/042). Other
 * browsers keep no such log, and lose nothing by this.
 */
export async function beginFreshLog(): Promise<void> {
  // Of a database that is deleted the room is freed, and for that the log is closed.
  const db = await openDB(NAME, 1, { upgrade: (made) => void made.createObjectStore('empty') });
  db.close();
  await deleteDB(NAME);
}
