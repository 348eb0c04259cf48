import fc from 'fast-check';
import { toBase64url, utf8 } from '../../src/core/bytes.ts';
import { encodeBase45 } from '../../src/core/code/base45.ts';

/** Texts of every shape that a parser looks for, with anything inside. */
export const shapedText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 220 }).map((bytes) => `KK1:${encodeBase45(bytes)}`),
  fc.json(),
  fc
    .array(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), { minLength: 3, maxLength: 3 })
    .map((parts) => parts.map((part) => toBase64url(utf8(part))).join('.')),
  fc.webFragments().map((fragment) => `https://kakou.example/enrol#${fragment}`),
);

/** The text as it is, or with a piece of it cut out, doubled or put elsewhere. */
export function cutText(text: string): fc.Arbitrary<string> {
  const cut = fc
    .tuple(fc.nat(text.length), fc.nat(40), fc.nat(text.length), fc.string({ maxLength: 3 }))
    .map(([at, length, to, put]) => {
      const rest = text.slice(0, at) + text.slice(at + length);
      return rest.slice(0, to) + put + text.slice(at, at + length) + rest.slice(to);
    });
  return fc.oneof({ weight: 1, arbitrary: fc.constant(text) }, { weight: 30, arbitrary: cut });
}

/** The bytes as they are, or with some of them overwritten, left out or put in. */
export function cutBytes(bytes: Uint8Array): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const put = fc.uint8Array({ maxLength: 4 });
  return fc
    .array(fc.tuple(fc.nat(bytes.length), fc.nat(4), put), { maxLength: 3 })
    .map((changes) => {
      const changed = [...bytes];
      for (const [at, out, into] of changes) changed.splice(at, out, ...into);
      return Uint8Array.from(changed);
    });
}

type Path = readonly (string | number)[];

/** A JSON value as it is, or with something in it replaced, left out or added. */
export function bentJson(value: unknown): fc.Arbitrary<unknown> {
  const odd = fc.constantFrom<unknown>(
    ...[null, '', 0, -1, 1.5, 1e300, 2 ** 53, -(2 ** 31), true, [], {}, '\0', '__proto__', 'A'],
  );
  const change = fc.tuple(
    fc.constantFrom(...pathsIn(value)),
    fc.constantFrom('replace', 'remove', 'add'),
    fc.oneof(odd, fc.jsonValue()),
  );
  return fc.array(change, { maxLength: 2 }).map((changes) => {
    const root = { value: structuredClone(value) };
    for (const [path, how, put] of changes)
      bend(root, ['value', ...path], how, structuredClone(put));
    return root.value;
  });
}

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, member]) => pathsIn(member, [...path, key])),
  ];
}

/** Does nothing where an earlier change took away what the path leads to. */
function bend(root: object, path: Path, how: string, put: unknown): void {
  let parent: object = root;
  for (const key of path.slice(0, -1)) {
    const next: unknown = Reflect.get(parent, key);
    if (typeof next !== 'object' || next === null) return;
    parent = next;
  }
  const last = path.at(-1) ?? '';
  const there: unknown = Reflect.get(parent, last);
  if (how === 'remove') Reflect.deleteProperty(parent, last);
  else if (how === 'replace' || typeof there !== 'object' || there === null) {
    Reflect.set(parent, last, put);
  } else if (Array.isArray(there)) there.push(put);
  else Reflect.set(there, 'more', put);
}
