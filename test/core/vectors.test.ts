import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readCode } from '../../src/core/code/read.ts';
import { codeFromText, codeToText } from '../../src/core/code/text.ts';
import { BULLETIN } from '../../src/core/documents/bulletin.ts';
import { openDocument } from '../../src/core/documents/signed.ts';
import { openStatusList, statusOf } from '../../src/core/documents/status-list.ts';
import { openTrust } from '../../src/core/documents/trust.ts';
import type { authority as Authority } from '../vectors/authority.ts';
import type { DocumentVector } from '../vectors/documents.ts';
import type { GoodCode } from '../vectors/good-codes.ts';
import type { HostileCode } from '../vectors/hostile-codes.ts';
import { makeVectors } from '../vectors/make.ts';
import { sign } from '../vectors/sign.ts';

const folder = new URL('../vectors/', import.meta.url);
const load = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

const authority: typeof Authority = load('authority.json');
const codes: { good: GoodCode[]; hostile: HostileCode[] } = load('codes.json');
const documents: DocumentVector[] = load('documents.json');

const opened = await openTrust(authority.trust, { thumbprint: authority.rootThumbprint });
if (!opened.ok) throw new Error(opened.reason);
const trusted = opened.value;
const outcome = <T, R extends string>(
  result: { ok: true; value: T } | { ok: false; reason: R },
  say: (value: T) => unknown,
) => (result.ok ? say(result.value) : { refusal: result.reason });

test.each(Object.entries(await makeVectors()))(
  '%s is what make.ts makes',
  async (name, content) => {
    await expect(content).toMatchFileSnapshot(`../vectors/${name}`);
  },
);

test('the signatures are those of RFC 6979: its own example (A.2.5, SHA-256, "sample")', () => {
  const d = Buffer.from('C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721', 'hex');
  expect(Buffer.from(sign('sample', { d })).toString('hex').toUpperCase()).toBe(
    'EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716' +
      'F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8',
  );
});

describe('a good code', () => {
  test.each(codes.good)('verifies and says what it says: $name', async (vector) => {
    expect(outcome(await readCode(vector.text, trusted), (value) => value)).toEqual(vector.expect);
    const packed = codeFromText(vector.text);
    expect(packed.ok && codeToText(packed.value)).toBe(vector.text);
  });

  test.each(codes.good)('has a JWS of the header and payload shown: $name', (vector) => {
    for (const { header, payload, jws } of [vector, vector.proof ?? vector]) {
      const parts = jws.split('.').map((part) => Buffer.from(part, 'base64url').toString());
      expect(parts.slice(0, 2)).toEqual([header, payload]);
    }
  });
});

test.each(codes.hostile)('a hostile code is refused: $expect.refusal, $name', async (vector) => {
  expect(outcome(await readCode(vector.text, trusted), () => 'taken')).toEqual(vector.expect);
});

test.each(documents)('$kind: $name', async ({ kind, text, anchor, expect: expected }) => {
  expect(await openVector(kind, text, anchor, expected)).toEqual(expected);
});

async function openVector(
  kind: DocumentVector['kind'],
  text: string,
  anchor: DocumentVector['anchor'],
  expected: DocumentVector['expect'],
): Promise<unknown> {
  const version = (value: { version: number }) => ({ version: value.version });
  switch (kind) {
    case 'trust': {
      if (!anchor) throw new Error('a trust document needs an anchor');
      const known = 'held' in anchor ? { held: trusted } : anchor;
      return outcome(await openTrust(text, known), version);
    }
    case 'bulletin':
      return outcome(await openDocument(text, BULLETIN, trusted), version);
    case 'status':
      return outcome(await openStatusList(text, 0, trusted), (list) => {
        const asked = 'statuses' in expected ? Object.keys(expected.statuses ?? {}) : [];
        const statuses = asked.map((index) => [index, statusOf(list, Number(index)) ?? null]);
        return { version: list.version, statuses: Object.fromEntries(statuses) };
      });
  }
}
