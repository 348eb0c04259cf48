import type { CryptoKey } from 'jose';
import { compactVerify } from 'jose/jws/compact/verify';
import { digest, fromBase64url, utf8 } from '../../../src/core/bytes.ts';
import { codeToJwt } from '../../../src/core/code/claims.ts';
import {
  codeToJws,
  importVerifyKey,
  proofToJwt,
  signingInput,
} from '../../../src/core/code/jws.ts';
import type { PackedCode } from '../../../src/core/code/pack.ts';
import { decompressY } from '../../../src/core/code/point.ts';
import { readCode } from '../../../src/core/code/read.ts';
import { codeFromText, codeToText } from '../../../src/core/code/text.ts';
import { issueCode, proveCode } from '../../../src/core/code/write.ts';
import { ISSUER, liveClaims, makeAuthority, makeKey, NOW, printedClaims } from '../../core/make.ts';

/** Does its work on one of the codes, and says whether that came out right. */
type Contestant = (index: number) => Promise<boolean> | boolean;

/** Bytes, a signature and the key that made it: all that a bare verification needs. */
interface Signed {
  readonly input: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly key: CryptoKey;
}

/** All of them on the same `count` printed and `count` live codes, of as many holders. */
export async function contestants(count: number): Promise<Readonly<Record<string, Contestant>>> {
  const { keys, trusted } = await makeAuthority();
  const signer = keys.code.publicKey;
  const printed = await many(count, async (statusIndex) => {
    const claims = printedClaims(keys.code.kid, { statusIndex });
    return prepare(await issueCode(claims, ISSUER, keys.code.privateKey), signer);
  });
  const live = await many(count, async (statusIndex) => {
    const holder = await makeKey();
    const claims = liveClaims(keys.code.kid, holder.jwk, { statusIndex });
    const issued = await issueCode(claims, ISSUER, keys.code.privateKey);
    const shown = await proveCode(issued, ISSUER, holder.privateKey, NOW);
    const code = prepare(shown, signer);
    const proof: Signed = {
      input: utf8(signingInput(await proofToJwt(code.jws, NOW))),
      signature: Uint8Array.from(shown.proof?.signature ?? []),
      key: holder.publicKey,
    };
    return { ...code, proof, jwk: holder.jwk, x: fromBase64url(holder.jwk.x) ?? utf8('') };
  });
  return {
    'printed: bare': (i) => verify(printed(i)),
    'printed: readCode': async (i) => (await readCode(printed(i).text, trusted)).ok,
    'printed: jose alone': (i) => verifyByJose(printed(i)),
    'printed: text to claims': (i) => codeFromText(printed(i).text).ok,
    'live: bare': async (i) => (await verify(live(i))) && (await verify(live(i).proof)),
    'live: bare, at once': async (i) => {
      const both = await Promise.all([verify(live(i)), verify(live(i).proof)]);
      return both[0] && both[1];
    },
    'live: readCode': async (i) => (await readCode(live(i).text, trusted)).ok,
    'live: text to claims': (i) => codeFromText(live(i).text).ok,
    'live: y of the holder': (i) => decompressY(live(i).x, true) !== undefined,
    'live: import of the holder': async (i) =>
      (await importVerifyKey(live(i).jwk)).type === 'public',
    'live: digest of the code': async (i) => (await digest(live(i).jws)).length === 43,
  };
}

type Prepared = Signed & { readonly text: string; readonly jws: string };

function prepare(code: PackedCode, key: CryptoKey): Prepared {
  return {
    input: utf8(signingInput(codeToJwt(code.claims, ISSUER))),
    signature: Uint8Array.from(code.signature),
    key,
    text: codeToText(code),
    jws: codeToJws(code.claims, code.signature, ISSUER),
  };
}

function verify({ input, signature, key }: Signed): Promise<boolean> {
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, input);
}

async function verifyByJose({ jws, key }: Prepared): Promise<boolean> {
  const { payload } = await compactVerify(jws, key, { algorithms: ['ES256'] });
  return payload.length > 0;
}

async function many<T>(
  count: number,
  make: (index: number) => Promise<T>,
): Promise<(index: number) => T> {
  const all = await Promise.all(Array.from({ length: count }, (_, index) => make(index)));
  return (index) => {
    const one = all[index];
    if (one === undefined) throw new Error(`there is no code ${index}`);
    return one;
  };
}
