/** Where the system posts a picture that was shared with the scanner: see its manifest. */
export const SHARE_PATH = '/share';
/** The name of the file in that form. */
const FIELD = 'picture';
/** Bytes: more than any phone's photo. */
const MOST = 16 * 1024 * 1024;

const CACHE = 'kakou-shared';
/** When it was shared, epoch seconds. */
const AT = 'kakou-at';
/** Seconds: a page that was opened by the share has taken it long before. */
const LIFETIME = 300;

/**
 * Keeps the picture of a share until the page takes it. There is room for one: a newer one
 * takes its place.
 *
 * @param now epoch seconds
 * @returns false for a form without a picture, or with one that is too large
 * @throws DOMException when the storage is full
 */
export async function keepSharedPicture(form: FormData, now: number): Promise<boolean> {
  const picture = form.get(FIELD);
  if (!(picture instanceof File) || picture.size === 0 || picture.size > MOST) return false;
  const cache = await caches.open(CACHE);
  await cache.put(SHARE_PATH, new Response(picture, { headers: { [AT]: String(now) } }));
  return true;
}

/** The picture that was shared, which is then kept no more. */
export async function takeSharedPicture(): Promise<Blob | undefined> {
  const kept = await caches.match(SHARE_PATH, { cacheName: CACHE });
  const picture = await kept?.blob();
  await caches.delete(CACHE);
  return picture;
}

/**
 * Drops a picture that no page came to take: it may show somebody's code.
 *
 * @param now epoch seconds
 */
export async function dropLeftPicture(now: number): Promise<void> {
  const kept = await caches.match(SHARE_PATH, { cacheName: CACHE });
  const age = now - Number(kept?.headers.get(AT));
  if (kept && !(age >= 0 && age < LIFETIME)) await caches.delete(CACHE);
}
