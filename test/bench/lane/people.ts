import { randomBytes } from 'node:crypto';
import { readKeyFolder } from '../../../src/authority/keys/key-folder.ts';
import { toBase64url } from '../../../src/core/bytes.ts';
import type { Claims } from '../../../src/core/code/claims.ts';
import { codeToText } from '../../../src/core/code/text.ts';
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

export interface Person {
  readonly kind: Kind;
  /** What their QR says now: a live code is proved at this moment. */
  text(): Promise<string>;
  /** What the thermometer shows, as it is typed; undefined: nobody is asked. */
  readonly digits: string | undefined;
}

/** Makes codes of people nobody has met, with the authority's own key. */
export async function inviteStrangers(
  keys: string,
  model: Claims,
  issuer: string,
): Promise<(kind: Kind) => Promise<Person>> {
  const ring = await readKeyFolder(keys, () => {});
  const signer = ring.find(({ role, kid }) => role === 'code' && kid === model.kid);
  if (!signer) throw new Error('the key of the demo town’s codes is not there');
  const phone = await makeKey();
  const { sub: _, name: __, kind: ___, ...common } = model as Claims & { holder?: unknown };

  return async (kind) => {
    if (kind === 'other') {
      const text = `https://example.com/${toBase64url(randomBytes(6))}`;
      return { kind, digits: undefined, text: async () => text };
    }
    const { holder: _holder, ...rest } = common;
    const who = {
      ...rest,
      sub: toBase64url(randomBytes(8)),
      name: '王*明',
      colour: kind === 'yellow' || kind === 'red' ? kind : 'green',
    } as const;
    const claims: Claims =
      kind === 'printed'
        ? { ...who, kind: 'printed', guardian: { name: '王小明', relationship: 'son' } }
        : { ...who, kind: 'live', holder: { x: phone.jwk.x, y: phone.jwk.y } };
    const code = await issueCode(claims, issuer, signer.privateKey);
    const digits = {
      green: '365',
      printed: '366',
      fever: '376',
      yellow: undefined,
      red: undefined,
    }[kind];
    return {
      kind,
      digits,
      text: async () =>
        codeToText(
          kind === 'printed'
            ? code
            : await proveCode(code, issuer, phone.privateKey, Math.floor(Date.now() / 1000)),
        ),
    };
  };
}

/** The queue, the same in every run. */
export function queueOf(count: number): Kind[] {
  const dice = seeded(6);
  const all = KINDS.flatMap((kind) => Array<Kind>(MIX[kind]).fill(kind));
  return Array.from({ length: count }, () => all[Math.floor(dice() * all.length)] ?? 'green');
}
