import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { encodeBase45 } from '../../src/core/code/base45.ts';
import { codeToJwt } from '../../src/core/code/claims.ts';
import { pack, unpack } from '../../src/core/code/pack.ts';
import { codeFromText, codeToText } from '../../src/core/code/text.ts';
import type { PublicJwk } from '../../src/core/documents/trust.ts';
import { ISSUER, makeKey } from '../core/make.ts';
import { arbitraryClaims, arbitraryCode, RUNS } from './arbitraries.ts';

let holders: PublicJwk[];
beforeAll(async () => {
  holders = (await Promise.all(Array.from({ length: 8 }, () => makeKey()))).map(({ jwk }) => jwk);
});

describe('for any code that fits the format', () => {
  test('text gives back the same code', () => {
    fc.assert(
      fc.property(arbitraryCode(holders), (code) => {
        expect(codeFromText(codeToText(code))).toEqual({ ok: true, value: code });
      }),
      { numRuns: RUNS },
    );
  });

  test('different claims are signed as different bytes', () => {
    fc.assert(
      fc.property(arbitraryClaims(holders), arbitraryClaims(holders), (one, other) => {
        const same = JSON.stringify(
          pack({ claims: one, signature: new Uint8Array(64) }).toString(),
        );
        const differs =
          same !==
          JSON.stringify(pack({ claims: other, signature: new Uint8Array(64) }).toString());
        expect(
          JSON.stringify(codeToJwt(one, ISSUER)) !== JSON.stringify(codeToJwt(other, ISSUER)),
        ).toBe(differs);
      }),
      { numRuns: RUNS },
    );
  });

  test('no beginning of its bytes, and no longer form of them, is a code but the one without its proof', () => {
    fc.assert(
      fc.property(arbitraryCode(holders), fc.nat(255), (code, extra) => {
        const bytes = pack(code);
        const { proof, ...bare } = code;
        for (let length = 0; length < bytes.length; length++) {
          const cut = unpack(bytes.slice(0, length));
          if (cut) expect([proof !== undefined, cut]).toEqual([true, bare]);
        }
        expect(unpack(new Uint8Array([...bytes, extra]))).toBeUndefined();
      }),
      { numRuns: RUNS / 10 },
    );
  });
});

describe('any text at all is refused, or is what its code is written as', () => {
  function refusedOrCanonical(text: string): void {
    const code = codeFromText(text);
    if (code.ok) expect(codeToText(code.value)).toBe(text);
  }

  test('any string', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), refusedOrCanonical), {
      numRuns: RUNS,
    });
  });

  test('the prefix with any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 220 }), (bytes) => {
        refusedOrCanonical(`KK1:${encodeBase45(bytes)}`);
      }),
      { numRuns: RUNS },
    );
  });

  test('a code with some of its bytes overwritten', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(arbitraryCode(holders), changes, (code, overwritten) => {
        const bytes = pack(code);
        for (const [at, value] of overwritten) bytes[at % bytes.length] = value;
        refusedOrCanonical(`KK1:${encodeBase45(bytes)}`);
      }),
      { numRuns: RUNS * 4 },
    );
  });
});
