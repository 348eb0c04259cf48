import type { Page } from 'playwright';

/** Everything in one of the device's stores. */
export function stored<T>(
  page: Page,
  name: 'chain' | 'documents' | 'lists' | 'partials',
): Promise<T[]> {
  return page.evaluate(
    (store) =>
      new Promise<T[]>((resolve, reject) => {
        const opening = indexedDB.open('kakou');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const reading = db.transaction(store).objectStore(store).getAll();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            db.close();
            resolve(reading.result);
          };
        };
      }),
    name,
  );
}
