/** The way to every member, of objects in lists too. */
export function membersOf(body: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    const here = [...path, name];
    return [here, ...membersOf(value, here)];
  });
}

export function memberAt(body: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return body;
  const value = Object.entries(body ?? {}).find(([one]) => one === name)?.[1];
  return memberAt(value, rest);
}

/** @param value undefined: without that member. */
export function replaced(
  body: unknown,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): unknown {
  const change = (old: unknown) => (rest.length === 0 ? value : replaced(old, rest, value));
  if (Array.isArray(body)) return body.map((old, i) => (String(i) === name ? change(old) : old));
  const members = Object.entries(body ?? {}).map(([one, old]) => [
    ...[one, one === name ? change(old) : old],
  ]);
  return Object.fromEntries(members);
}
