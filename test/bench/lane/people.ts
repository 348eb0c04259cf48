import { randomBytes } from 'node:crypto';
import { readKeyFolder } from '../../../src/authority/keys/key-folder.ts';
import { toBase64url } from '../../../src/core/bytes.ts';
import type { Claims } from '../../../src/core/code/claims.ts';
import { codeFromText, codeToText } from '../../../src/core/code/text.ts';
import { issueCode, proveCode } from '../../../src/core/code/write.ts';
import { makeKey } from '../../core/make.ts';
import { seeded } from '../../support/frames.ts';

/** Who comes, and what staff have to do about them. */
export const KINDS = ['green', 'printed', 'yellow', 'red', 'fever', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** Of a hundred people. */
const MIX: Readonly<Record<Kind, number>> = {
  green: 78,
  printed: 8,
  yellow: 3,
  red: 3,
  fever: 4,
  other: 4,
};

/** What a thermometer shows of them, tenths of a degree Celsius; the others are not measured. */
const TENTHS: Readonly<Partial<Record<Kind, number>>> = { green: 365, printed: 366, fever: 376 };

/** The demo town's authority names itself so, unless `ISSUER` says otherwise. */
const ISSUER = process.env['ISSUER'] ?? 'https://demo.kakou.example';

export interface Person {
  readonly kind: Kind;
  /** What their QR says at this moment, epoch seconds: a live code is proved by then. */
  text(at: number): Promise<string>;
  readonly tenths: number | undefined;
}

/**
 * Makes codes of people whom no station has met, with the authority's own key.
 *
 * @param keys the authority's folder. @param likeness text of a code that it issued.
 */
export async function inviteStrangers(
  keys: string,
  likeness: string,
): Promise<(kind: Kind) => Promise<Person>> {
  const model = codeFromText(likeness);
  if (!model.ok) throw new Error(model.reason);
  const { claims } = model.value;
  const ring = await readKeyFolder(keys, () => {});
  const signer = ring.find(({ role, kid }) => role === 'code' && kid === claims.kid);
  if (!signer) throw new Error('the key of the demo town’s codes is not there');
  const phone = await makeKey();
  const { kind: _, holder: __, ...common } = claims as Claims & { holder?: unknown };

  return async (kind) => {
    const tenths = TENTHS[kind];
    if (kind === 'other') {
      const text = `https://example.com/${toBase64url(randomBytes(6))}`;
      return { kind, tenths, text: async () => text };
    }
    const who = {
      ...common,
      sub: toBase64url(randomBytes(8)),
      name: '王*明',
      colour: kind === 'yellow' || kind === 'red' ? kind : 'green',
    } as const;
    const stranger: Claims =
      kind === 'printed'
        ? { ...who, kind: 'printed', guardian: { name: '王小明', relationship: 'son' } }
        : { ...who, kind: 'live', holder: { x: phone.jwk.x, y: phone.jwk.y } };
    const code = await issueCode(stranger, ISSUER, signer.privateKey);
    const proved = (at: number) => proveCode(code, ISSUER, phone.privateKey, Math.floor(at));
    return {
      kind,
      tenths,
      text: async (at) => codeToText(kind === 'printed' ? code : await proved(at)),
    };
  };
}

/** The queue, the same in every run. */
export function queueOf(count: number): Kind[] {
  const dice = seeded(6);
  const all = KINDS.flatMap((kind) => Array<Kind>(MIX[kind]).fill(kind));
  return Array.from({ length: count }, () => all[Math.floor(dice() * all.length)] ?? 'green');
}
