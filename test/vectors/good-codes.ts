import { toBase64url } from '../../src/core/bytes.ts';
import { type Claims, codeToJwt } from '../../src/core/code/claims.ts';
import { codeToJws, proofToJwt, signingInput } from '../../src/core/code/jws.ts';
import { type PackedCode, pack } from '../../src/core/code/pack.ts';
import { codeToText } from '../../src/core/code/text.ts';
import { twin } from '../core/make.ts';
import { DAY, EPOCH, ISSUER, NOW, secondHolder } from './authority.ts';
import { issue, live, printed, prove } from './code.ts';

export interface GoodCode {
  readonly name: string;
  readonly why: string;
  readonly text: string;
  /** The packed bytes. */
  readonly hex: string;
  /** What is rebuilt from the bytes and the issuer, and verified. */
  readonly header: string;
  readonly payload: string;
  readonly jws: string;
  readonly proof?: { readonly header: string; readonly payload: string; readonly jws: string };
  readonly expect: { readonly claims: Claims; readonly provedAt?: number };
}

/** Every field as long as it can be. */
const longest = {
  name: '欧阳锋',
  statusIndex: 2 ** 28 - 1,
  issuedAt: NOW - DAY,
  expiresAt: NOW + 30 * DAY,
  checkedInAt: NOW - 32 * DAY,
};
/** Every number as small as it can be. */
const smallest = {
  issuedAt: EPOCH,
  checkedInAt: EPOCH,
  expiresAt: EPOCH + DAY,
  statusIndex: 0,
  area: '100000',
  name: 'X',
};

export async function goodCodes(): Promise<GoodCode[]> {
  const even = { ...live, holder: { x: secondHolder.jwk.x, y: secondHolder.jwk.y } };
  const shown = await prove(issue(live));
  const codes: [name: string, why: string, code: PackedCode][] = [
    ['live', 'A green live code, proved now.', shown],
    ['printed', 'A green printed code, applied for by a daughter.', issue(printed)],
    [
      'live without proof',
      'Verifies, and proves nobody: whoever judges it has to stop it.',
      issue(live),
    ],
    [
      'live with an even y',
      'The parity flag says which of two points is meant: it is set in "live" and not here.',
      await prove(issue(even), NOW, secondHolder),
    ],
    [
      'longest live',
      'Every field as long as it can be, and proved in the last second that the format can say.',
      await prove(issue({ ...live, ...longest }), NOW + 30 * DAY),
    ],
    [
      'longest printed',
      'Every field as long as it can be.',
      issue({ ...printed, ...longest, guardian: { name: '欧阳慕容!', relationship: 'guardian' } }),
    ],
    [
      'smallest',
      'Every number as small as it can be, in the first minute that the format can say.',
      issue({ ...printed, ...smallest, guardian: { name: 'Y', relationship: 'father' } }),
    ],
    [
      'yellow',
      'Verifies: the colour is for whoever judges.',
      issue({ ...printed, colour: 'yellow' }),
    ],
    ['red', 'Verifies: the colour is for whoever judges.', issue({ ...printed, colour: 'red' })],
    ['grey', 'Verifies: the colour is for whoever judges.', issue({ ...printed, colour: 'grey' })],
    [
      'markup in the name',
      'A name is text: it has to be shown as these very characters.',
      issue({ ...printed, name: '<b>&' }),
    ],
    [
      'quote and backslash in the name',
      'The payload escapes these two as JSON does, and nothing else.',
      issue({ ...printed, name: '"\\/王' }),
    ],
    [
      'twin signature',
      'The signature (r, n-s) of "printed" verifies too, and says the same. Identity is the claim.',
      { claims: printed, signature: twin(issue(printed).signature) },
    ],
    [
      'twin signature of the proof',
      'The same of the proof of "live": another text, and nothing else.',
      { ...shown, proof: { ...shown.proof, signature: twin(shown.proof.signature) } },
    ],
    [
      'issued tomorrow',
      'Verifies: time is for whoever judges, and who judges knows no code from the future.',
      issue({ ...printed, issuedAt: printed.issuedAt + DAY, expiresAt: printed.expiresAt + DAY }),
    ],
  ];
  return Promise.all(codes.map(describe));
}

async function describe([name, why, code]: [string, string, PackedCode]): Promise<GoodCode> {
  const { claims, signature, proof } = code;
  const jws = codeToJws(claims, signature, ISSUER);
  const base = {
    name,
    why,
    text: codeToText(code),
    hex: Buffer.from(pack(code)).toString('hex'),
    ...codeToJwt(claims, ISSUER),
    jws,
  };
  if (!proof) return { ...base, expect: { claims } };
  const jwt = await proofToJwt(jws, proof.at);
  const proofJws = `${signingInput(jwt)}.${toBase64url(proof.signature)}`;
  return {
    ...base,
    proof: { ...jwt, jws: proofJws },
    expect: { claims, provedAt: proof.at },
  };
}
