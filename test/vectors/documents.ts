import { toBase64url, utf8 } from '../../src/core/bytes.ts';
import { type Root, rootThumbprint, type Trust } from '../../src/core/documents/trust.ts';
import { makeBulletin } from '../core/make.ts';
import {
  DAY,
  ISSUER,
  keys,
  NOW,
  pin,
  roots,
  signDocument,
  signTrust,
  stranger,
  trust,
  trustText,
} from './authority.ts';
import { jws, type TestKey, testKey } from './sign.ts';

/** A document, and what has to come of it: its version, or a refusal. */
export interface DocumentVector {
  readonly name: string;
  readonly why: string;
  readonly kind: 'trust' | 'bulletin' | 'status';
  /** Of trust: the pinned root, or the trust that is held already. */
  readonly anchor?: { readonly thumbprint: string } | { readonly held: string };
  readonly text: string;
  readonly expect:
    | { readonly version: number; readonly statuses?: Readonly<Record<number, string | null>> }
    | { readonly refusal: string };
}

export async function documents(): Promise<DocumentVector[]> {
  return [...(await trusts()), ...bulletins(), ...statusLists()];
}

const [one, two, three] = roots;
const next = testKey('next root');

async function trusts(): Promise<DocumentVector[]> {
  const nextRoot: Root = { threshold: 1, keys: [next.jwk] };
  const nextPin = await rootThumbprint(nextRoot);
  const said = (changes: Partial<Trust>, ...by: TestKey[]) =>
    signTrust({ ...trust, ...changes }, by);
  const pinned = { thumbprint: pin };
  const held = { held: trustText };
  const first = trust.keys.slice(0, 1);
  const rows: [string, string, DocumentVector['anchor'], string | number, string][] = [
    ['two of three', trustText, pinned, 3, 'Any two distinct root keys are enough.'],
    ['two others of three', said({}, three, one), pinned, 3, 'In any order.'],
    ['one of three', said({}, one), pinned, 'not-enough-signatures', 'The threshold is two.'],
    ['one key twice', said({}, one, one), pinned, 'not-enough-signatures', 'Keys are counted.'],
    ['a stranger', said({}, one, stranger), pinned, 'not-enough-signatures', 'Not a root key.'],
    ['another root', said({ root: nextRoot }, next), pinned, 'wrong-root', 'Not the pinned one.'],
    ['another pin', trustText, { thumbprint: nextPin }, 'wrong-root', 'Not the pinned one.'],
    ['newer', said({ version: 4 }, one, two), held, 4, 'Versions go up.'],
    ['the same again', trustText, held, 3, 'Versions may stay.'],
    ['rollback', said({ version: 2 }, one, two), held, 'rollback', 'Versions never go down.'],
    [
      'another issuer',
      said({ iss: 'https://wuhan.example' }, one, two),
      held,
      'wrong-root',
      'Held trust keeps its issuer.',
    ],
    ['rotation', said({ version: 4, root: nextRoot }, one, three, next), held, 4, 'Both roots.'],
    [
      'rotation without the old root',
      said({ version: 4, root: nextRoot }, one, next),
      held,
      'not-enough-signatures',
      'One of the two that the old root asks for.',
    ],
    [
      'rotation without the new root',
      said({ version: 4, root: nextRoot }, one, two),
      held,
      'not-enough-signatures',
      'The new root has to sign itself.',
    ],
    [
      'one kid twice',
      said({ keys: [...first, ...first] }, one, two),
      pinned,
      'malformed',
      'A kid names one key.',
    ],
    ['line end', `${trustText}\n`, pinned, 'malformed', 'JSON in one spelling.'],
    ['white space', trustText.replace(':', ': '), pinned, 'malformed', 'JSON in one spelling.'],
    [
      'a member twice',
      trustText.replace('{', '{"payload":"",'),
      pinned,
      'malformed',
      'JSON in one spelling.',
    ],
  ];
  return rows.map(([name, text, anchor, result, why]) => ({
    name,
    why,
    kind: 'trust' as const,
    ...(anchor && { anchor }),
    text,
    expect: typeof result === 'number' ? { version: result } : { refusal: result },
  }));
}

function bulletins(): DocumentVector[] {
  const claims = makeBulletin({ version: 7 });
  const json = JSON.stringify(claims);
  const typ = 'bulletin+jwt';
  const good = signDocument(claims, typ, keys.bulletin);
  const [header = '', payload = '', signature = ''] = good.split('.');
  const headed = (changes: Record<string, unknown>) =>
    signDocument(claims, typ, keys.bulletin, changes);
  const said = (words: string) => signDocument(words, typ, keys.bulletin);
  const unsigned = toBase64url(utf8(JSON.stringify({ alg: 'none', kid: keys.bulletin.kid, typ })));
  const rows: [string, string, string | number, string][] = [
    ['bulletin', good, 7, 'As it should be.'],
    ['without kid', headed({ kid: undefined }), 'malformed', 'The signer is named.'],
    ['unknown kid', signDocument(claims, typ, stranger), 'unknown-key', 'Not in the trust.'],
    ['role status', signDocument(claims, typ, keys.status), 'unknown-key', 'Of another role.'],
    [
      'by a stranger',
      signDocument(claims, typ, { ...stranger, kid: keys.bulletin.kid }),
      'bad-signature',
      'Under the kid of the authority.',
    ],
    [
      'typ of a receipt',
      headed({ typ: 'receipt+jwt' }),
      'malformed',
      'Signed for another purpose.',
    ],
    ['jku', headed({ jku: 'https://evil.example' }), 'malformed', 'alg, kid and typ, only.'],
    ['jwk', headed({ jwk: stranger.jwk }), 'malformed', 'alg, kid and typ, only.'],
    ['zip', headed({ zip: 'DEF' }), 'malformed', 'alg, kid and typ, only.'],
    ['crit', headed({ crit: ['b64'], b64: true }), 'malformed', 'alg, kid and typ, only.'],
    ['alg none', `${unsigned}.${payload}.`, 'malformed', 'ES256 only.'],
    ['alg HS256', headed({ alg: 'HS256' }), 'malformed', 'ES256 only.'],
    [
      'header with white space',
      jws(` ${JSON.stringify({ alg: 'ES256', kid: keys.bulletin.kid, typ })}`, json, keys.bulletin),
      'malformed',
      'JSON in one spelling.',
    ],
    ['payload with a byte order mark', said(`\ufeff${json}`), 'malformed', 'JSON in one spelling.'],
    ['payload with a line end', said(`${json}\n`), 'malformed', 'JSON in one spelling.'],
    [
      'payload with a member twice',
      said(json.replace('{', '{"version":9,')),
      'malformed',
      'JSON in one spelling.',
    ],
    [
      'payload with 1e300',
      said(json.replace(/"iat":\d+/, '"iat":1e300')),
      'malformed',
      'A time is an integer.',
    ],
    [
      'payload with an aud',
      said(json.replace(/}$/, ',"aud":"someone"}')),
      'malformed',
      'No members but its own.',
    ],
    ['trailing line end', `${good}\n`, 'malformed', 'Base64url in one spelling.'],
    ['padding', `${good}==`, 'malformed', 'Base64url in one spelling.'],
    [
      'stray bits',
      good.slice(0, -1) + stray(good.slice(-1)),
      'malformed',
      'Of the last character.',
    ],
    ['empty signature', `${header}.${payload}.`, 'bad-signature', 'A signature has 64 bytes.'],
    [
      'signature of zeros',
      `${header}.${payload}.${'A'.repeat(signature.length)}`,
      'bad-signature',
      'r and s are at least 1.',
    ],
    [
      'key out of date',
      said(JSON.stringify({ ...claims, iat: NOW + 366 * DAY })),
      'key-out-of-date',
      'Issued after the last second of its key.',
    ],
    [
      'another issuer',
      said(JSON.stringify({ ...claims, iss: 'https://wuhan.example' })),
      'wrong-issuer',
      'Of the trust that holds the key.',
    ],
  ];
  return rows.map(([name, text, result, why]) => ({
    name,
    why,
    kind: 'bulletin',
    text,
    expect: typeof result === 'number' ? { version: result } : { refusal: result },
  }));
}

/** The next character of the alphabet: the same bytes, were it not for the bits left over. */
function stray(last: string): string {
  return String.fromCharCode(last.charCodeAt(0) + 1);
}

/** zlib of the three bytes c9 44 f9, after the draft's own example. */
const EXAMPLE = 'eNo76fITAAPfAgc';
/** zlib of 2^18 + 1 zero bytes: one more than a shard has. */
const BOMB = `eNrtwTEBAAAAwqD1T-1vBqAAAA${'A'.repeat(310)}M4AAD0AAQ`;

function statusLists(): DocumentVector[] {
  const sub = `${ISSUER}/status/0`;
  const claims = { sub, iat: NOW, ttl: 3600, version: 5, status_list: { bits: 2, lst: EXAMPLE } };
  const sign = (changes: object, key = keys.status) =>
    signDocument({ ...claims, ...changes }, 'statuslist+jwt', key);
  const packed = (lst: string) => sign({ status_list: { bits: 2, lst } });
  const statuses = {
    0: 'void',
    1: 'yellow',
    2: 'as-issued',
    3: 'red',
    10: 'red',
    11: 'red',
    12: null,
    1048576: null,
  };
  const rows: [string, string, DocumentVector['expect'], string][] = [
    ['status list', sign({}), { version: 5, statuses }, 'null: out of range, not "as issued".'],
    [
      'another shard',
      sign({ sub: `${ISSUER}/status/1` }),
      { refusal: 'wrong-list' },
      'The sub names the shard.',
    ],
    [
      'another authority',
      sign({ sub: 'https://wuhan.example/status/0' }),
      { refusal: 'wrong-list' },
      'The sub names the authority.',
    ],
    ['role code', sign({}, keys.code), { refusal: 'unknown-key' }, 'Of another role.'],
    [
      '1 bit',
      sign({ status_list: { bits: 1, lst: EXAMPLE } }),
      { refusal: 'malformed' },
      '2 bits an entry.',
    ],
    [
      'cut zlib',
      packed(EXAMPLE.slice(0, -4)),
      { refusal: 'malformed' },
      'The checksum is missing.',
    ],
    ['bomb', packed(BOMB), { refusal: 'malformed' }, 'At most 2^18 bytes.'],
    ['no zlib', packed('AAAA'), { refusal: 'malformed' }, 'zlib, RFC 1950.'],
    ['padding', packed(`${EXAMPLE}=`), { refusal: 'malformed' }, 'Base64url in one spelling.'],
  ];
  return rows.map(([name, text, expect, why]) => ({ name, why, kind: 'status', text, expect }));
}
