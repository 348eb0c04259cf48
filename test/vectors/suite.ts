import { describe, expect, test } from 'vitest';
import { readCode } from '../../src/core/code/read.ts';
import { codeFromText, codeToText } from '../../src/core/code/text.ts';
import { BULLETIN } from '../../src/core/documents/bulletin.ts';
import { openDocument } from '../../src/core/documents/signed.ts';
import { buildStatusBits } from '../../src/core/documents/status-bits.ts';
import { applyStatusDelta, openStatusDelta } from '../../src/core/documents/status-delta.ts';
import { openStatusList, type StatusList, statusOf } from '../../src/core/documents/status-list.ts';
import { openTrust } from '../../src/core/documents/trust.ts';
import { RECEIPT } from '../../src/core/record/receipt.ts';
import type { Result } from '../../src/core/result.ts';
import authorityJson from './authority.json?raw';
import type { authority as Authority } from './authority.ts';
import codesJson from './codes.json?raw';
import documentsJson from './documents.json?raw';
import type { DocumentVector } from './documents.ts';
import type { GoodCode } from './good-codes.ts';
import type { HostileCode } from './hostile-codes.ts';

const authority: typeof Authority = JSON.parse(authorityJson);
const codes: { good: GoodCode[]; hostile: HostileCode[] } = JSON.parse(codesJson);
const documents: DocumentVector[] = JSON.parse(documentsJson);

/** Every vector as it is committed, read here: wherever core runs, this has to hold. */
export async function testVectors(): Promise<void> {
  const opened = await openTrust(authority.trust, { thumbprint: authority.rootThumbprint });
  if (!opened.ok) throw new Error(opened.reason);
  const trusted = opened.value;

  describe('a good code', () => {
    test.each(codes.good)('verifies and says what it says: $name', async (vector) => {
      expect(outcome(await readCode(vector.text, trusted))).toEqual(vector.expect);
      const packed = codeFromText(vector.text);
      expect(packed.ok && codeToText(packed.value)).toBe(vector.text);
    });

    test.each(codes.good)('has a JWS of the header and payload shown: $name', (vector) => {
      for (const { header, payload, jws } of [vector, vector.proof ?? vector]) {
        expect(jws.split('.').slice(0, 2).map(decoded)).toEqual([header, payload]);
      }
    });
  });

  test.each(codes.hostile)('a hostile code is refused: $expect.refusal, $name', async (vector) => {
    expect(outcome(await readCode(vector.text, trusted))).toEqual(vector.expect);
  });

  test.each(documents)('$kind: $name', async ({ kind, text, anchor, expect: expected }) => {
    const version = (value: { version: number }) => ({ version: value.version });
    switch (kind) {
      case 'trust': {
        if (!anchor) throw new Error('a trust document needs an anchor');
        const known = 'held' in anchor ? { held: trusted } : anchor;
        return expect(outcome(await openTrust(text, known), version)).toEqual(expected);
      }
      case 'bulletin':
        return expect(outcome(await openDocument(text, BULLETIN, trusted), version)).toEqual(
          expected,
        );
      case 'receipt': {
        const receipt = await openDocument(text, RECEIPT, trusted);
        return expect(outcome(receipt, ({ last }) => ({ version: last }))).toEqual(expected);
      }
      case 'status': {
        const list = await openStatusList(text, 0, trusted);
        return expect(outcome(list, (value) => statuses(value, expected))).toEqual(expected);
      }
      case 'delta': {
        const delta = await openStatusDelta(text, 0, trusted);
        const before = { shard: 0, version: 3, bits: buildStatusBits([]) };
        const after = delta.ok ? applyStatusDelta(before, delta.value) : delta;
        return expect(outcome(after, (value) => statuses(value, expected))).toEqual(expected);
      }
    }
  });

  test('no two vectors of a kind have one name', () => {
    const names = [
      ...[...codes.good, ...codes.hostile].map(({ name }) => `code: ${name}`),
      ...documents.map(({ kind, name }) => `${kind}: ${name}`),
    ];
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
}

/** What a list says of those that are asked for. */
function statuses(list: StatusList, expected: DocumentVector['expect']) {
  const asked = 'statuses' in expected ? Object.keys(expected.statuses ?? {}) : [];
  const said = asked.map((index) => [index, statusOf(list, Number(index)) ?? null]);
  return { version: list.version, statuses: Object.fromEntries(said) };
}

/** What was taken, as far as the vectors say it, or the refusal. */
function outcome<T>(result: Result<T, string>, say: (value: T) => unknown = (value) => value) {
  return result.ok ? say(result.value) : { refusal: result.reason };
}

function decoded(base64url: string): string {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0)));
}
