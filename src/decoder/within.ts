/** @returns undefined when the work takes longer than `limit` milliseconds. */
export function within<T>(limit: number, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, limit, undefined);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
