import { toBase64url, utf8 } from '../../src/core/bytes.ts';
import { encodeChanges, STATUS_DELTA } from '../../src/core/documents/status-delta.ts';
import {
  type Root,
  rootThumbprint,
  TRUST_HEADER,
  type Trust,
} from '../../src/core/documents/trust.ts';
import { RECEIPT } from '../../src/core/record/receipt.ts';
import { makeBulletin, twin } from '../core/make.ts';
import {
  DAY,
  EPOCH,
  ISSUER,
  keys,
  NOW,
  pin,
  root,
  roots,
  signDocument,
  signTrust,
  signWords,
  stranger,
  trust,
  trustText,
} from './authority.ts';
import { jws, type TestKey, testKey } from './sign.ts';

/** A document, and what has to come of it: its version, or a refusal. */
export interface DocumentVector {
  readonly name: string;
  readonly why: string;
  readonly kind: 'trust' | 'bulletin' | 'status' | 'delta' | 'receipt';
  /** Of trust: the pinned root, or the trust that is held already. */
  readonly anchor?: { readonly thumbprint: string } | { readonly held: string };
  readonly text: string;
  readonly expect:
    | { readonly version: number; readonly statuses?: Readonly<Record<number, string | null>> }
    | { readonly refusal: string };
}

export async function documents(): Promise<DocumentVector[]> {
  return [...(await trusts()), ...bulletins(), ...statusLists(), ...deltas(), ...receipts()];
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
  const [first] = trust.keys;
  if (!first) throw new Error('no key');
  const withKey = (changes: object) =>
    signWords(JSON.stringify({ ...trust, keys: [{ ...first, ...changes }] }), [one, two]);
  const json = JSON.stringify(trust);
  const words = (payload: string) => signWords(payload, [one, two]);
  const underHeader = (header: object) =>
    signWords(json, [one, two], JSON.stringify({ ...TRUST_HEADER, ...header }));
  const bent = (change: (envelope: Envelope) => unknown) =>
    JSON.stringify(change(JSON.parse(trustText)));
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
      said({ keys: [first, first] }, one, two),
      pinned,
      'malformed',
      'A kid names one key.',
    ],
    [
      'one key and its twin signature',
      bent(({ payload, signatures: [sound] }) => ({
        payload,
        signatures: [sound, { ...sound, signature: twinOf(sound?.signature ?? '') }],
      })),
      pinned,
      'not-enough-signatures',
      'ECDSA has two signatures for everything: keys are counted.',
    ],
    [
      'twin signatures',
      bent(({ payload, signatures }) => ({
        payload,
        signatures: signatures.map((of) => ({ ...of, signature: twinOf(of.signature) })),
      })),
      pinned,
      3,
      'The signatures (r, n-s) verify too, and say the same.',
    ],
    [
      'stray bits in a signature',
      bent(({ payload, signatures }) => ({
        payload,
        signatures: signatures.map((of) => ({ ...of, signature: strayed(of.signature) })),
      })),
      pinned,
      'not-enough-signatures',
      'Base64url in one spelling.',
    ],
    [
      'kid in the header',
      underHeader({ kid: 'root' }),
      pinned,
      'not-enough-signatures',
      ONE_HEADER,
    ],
    [
      'jku',
      underHeader({ jku: 'https://evil.example' }),
      pinned,
      'not-enough-signatures',
      ONE_HEADER,
    ],
    ['jwk', underHeader({ jwk: one.jwk }), pinned, 'not-enough-signatures', ONE_HEADER],
    ['zip', underHeader({ zip: 'DEF' }), pinned, 'not-enough-signatures', ONE_HEADER],
    [
      'typ of a bulletin',
      underHeader({ typ: 'bulletin+jwt' }),
      pinned,
      'not-enough-signatures',
      'Signed for another purpose.',
    ],
    [
      'header that is not protected',
      bent(({ payload, signatures }) => ({
        payload,
        signatures: signatures.map((of) => ({ ...of, header: { kid: 'root' } })),
      })),
      pinned,
      'malformed',
      'What is not signed is not said.',
    ],
    [
      'threshold 0',
      said({ root: { ...root, threshold: 0 } }, stranger),
      { thumbprint: await rootThumbprint({ ...root, threshold: 0 }) },
      'malformed',
      'Anybody could sign.',
    ],
    [
      'payload with a byte order mark',
      words(`\ufeff${json}`),
      pinned,
      'malformed',
      'JSON in one spelling.',
    ],
    ['payload with a line end', words(`${json}\n`), pinned, 'malformed', 'JSON in one spelling.'],
    [
      'payload with white space',
      words(json.replace(',', ', ')),
      pinned,
      'malformed',
      'JSON in one spelling.',
    ],
    [
      'payload with a member twice',
      words(json.replace('{', '{"version":9,')),
      pinned,
      'malformed',
      'JSON in one spelling.',
    ],
    [
      'payload with 1e300',
      words(json.replace(/"iat":\d+/, '"iat":1e300')),
      pinned,
      'malformed',
      'JSON in one spelling, which writes 1e+300.',
    ],
    [
      'payload with 1e+300',
      words(json.replace(/"iat":\d+/, '"iat":1e+300')),
      pinned,
      'malformed',
      'A time is before the year 10000.',
    ],
    [
      'payload with an aud',
      words(json.replace(/}$/, ',"aud":"someone"}')),
      pinned,
      'malformed',
      'No members but its own.',
    ],
    ['kid with stray bits', withKey({ kid: 'AAAAAB' }), pinned, 'malformed', 'One spelling.'],
    [
      'key off the curve',
      withKey({ jwk: { ...first.jwk, y: first.jwk.x } }),
      pinned,
      'malformed',
      'No P-256 point.',
    ],
    [
      'private key',
      withKey({ jwk: { ...first.jwk, d: first.jwk.x } }),
      pinned,
      'malformed',
      'It is none any more.',
    ],
    ['role of no one', withKey({ role: 'root' }), pinned, 'malformed', 'There are six roles.'],
    ['leading byte order mark', `\ufeff${trustText}`, pinned, 'malformed', 'JSON in one spelling.'],
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
  const plain = JSON.stringify({ alg: 'ES256', kid: keys.bulletin.kid, typ });
  const under = (words: string) => jws(words, json, keys.bulletin);
  const rows: [string, string, string | number, string][] = [
    ['bulletin', good, 7, 'As it should be.'],
    [
      'twin signature',
      `${header}.${payload}.${twinOf(signature)}`,
      7,
      'The signature (r, n-s) verifies too, and says the same.',
    ],
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
    ['b64', headed({ b64: false }), 'malformed', 'alg, kid and typ, only.'],
    ['x5u', headed({ x5u: 'https://evil.example' }), 'malformed', 'alg, kid and typ, only.'],
    ['alg none', `${unsigned}.${payload}.`, 'malformed', 'ES256 only.'],
    ['alg HS256', headed({ alg: 'HS256' }), 'malformed', 'ES256 only.'],
    ['header with white space', under(` ${plain}`), 'malformed', 'JSON in one spelling.'],
    [
      'header with a byte order mark',
      under(`\ufeff${plain}`),
      'malformed',
      'JSON in one spelling.',
    ],
    ['header with a line end', under(`${plain}\n`), 'malformed', 'JSON in one spelling.'],
    [
      'header with a member twice',
      under(plain.replace('{', '{"alg":"none",')),
      'malformed',
      'JSON in one spelling.',
    ],
    [
      'header with an escape',
      under(plain.replace('ES256', '\\u0045S256')),
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
      'JSON in one spelling, which writes 1e+300.',
    ],
    [
      'payload with 1e+300',
      said(json.replace(/"iat":\d+/, '"iat":1e+300')),
      'malformed',
      'A time is before the year 10000.',
    ],
    [
      'payload with half a second',
      said(json.replace(/"iat":(\d+)/, '"iat":$1.5')),
      'malformed',
      'A time is an integer.',
    ],
    [
      'payload with white space',
      said(json.replace(',', ', ')),
      'malformed',
      'JSON in one spelling.',
    ],
    [
      'payload with an aud',
      said(json.replace(/}$/, ',"aud":"someone"}')),
      'malformed',
      'No members but its own.',
    ],
    [
      'payload with an exp after ten years',
      said(json.replace(/}$/, `,"exp":${NOW + 3652 * DAY}}`)),
      'malformed',
      'A bulletin does not say itself how long it holds.',
    ],
    [
      'payload with a list for a record',
      said(json.replace(/"areas":\{[^}]*\}/, '"areas":[]')),
      'malformed',
      'An empty list says no areas too: one spelling.',
    ],
    ['payload of 1000 arrays', said('['.repeat(1000)), 'malformed', 'Not JSON, and no overflow.'],
    ['leading space', ` ${good}`, 'malformed', 'Base64url in one spelling.'],
    ['leading byte order mark', `\ufeff${good}`, 'malformed', 'Base64url in one spelling.'],
    [
      'space inside',
      `${header}. ${payload}.${signature}`,
      'malformed',
      'Base64url in one spelling.',
    ],
    ['two parts', `${header}.${payload}`, 'malformed', 'A compact JWS has three.'],
    ['four parts', `${good}.${signature}`, 'malformed', 'A compact JWS has three.'],
    [
      'flattened JSON',
      JSON.stringify({ payload, protected: header, signature }),
      'malformed',
      'Compact, only.',
    ],
    ['trailing line end', `${good}\n`, 'malformed', 'Base64url in one spelling.'],
    ['padding', `${good}==`, 'malformed', 'Base64url in one spelling.'],
    ['stray bits', strayed(good), 'malformed', 'Of the last character.'],
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
      'issued before its key',
      said(JSON.stringify({ ...claims, iat: EPOCH - 1 })),
      'key-out-of-date',
      'Issued before the first second of its key.',
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

/** Applied to the list of shard 0, version 3, in which every code is as issued. */
function deltas(): DocumentVector[] {
  const sub = `${ISSUER}/status/0`;
  const changes = encodeChanges([
    [0, 'red'],
    [7, 'void'],
    [1048575, 'yellow'],
  ]);
  const sign = (said: object, key = keys.status, typ = STATUS_DELTA.typ) =>
    signDocument({ sub, iat: NOW, from: 3, to: 5, changes, ...said }, typ, key);
  const statuses = { 0: 'red', 1: 'as-issued', 7: 'void', 1048575: 'yellow', 1048576: null };
  const rows: [string, string, DocumentVector['expect'], string][] = [
    ['delta', sign({}), { version: 5, statuses }, 'From the very version.'],
    [
      'from before',
      sign({ from: 1 }),
      { version: 5, statuses },
      'It holds values, not differences.',
    ],
    ['from later', sign({ from: 4 }), { refusal: 'wrong-base' }, 'What came before is missing.'],
    ['replayed', sign({ from: 1, to: 3 }), { refusal: 'not-newer' }, 'The list is as new.'],
    ['backwards', sign({ from: 5, to: 3 }), { refusal: 'malformed' }, 'Versions go up.'],
    ['nothing', sign({ changes: '' }), { version: 5, statuses: { 0: 'as-issued' } }, 'No change.'],
    [
      'another shard',
      sign({ sub: `${ISSUER}/status/1` }),
      { refusal: 'wrong-list' },
      'The sub names the shard.',
    ],
    ['role bulletin', sign({}, keys.bulletin), { refusal: 'unknown-key' }, 'Of another role.'],
    [
      'typ of a list',
      sign({}, keys.status, 'statuslist+jwt'),
      { refusal: 'malformed' },
      'Signed for another purpose.',
    ],
    [
      'beyond the shard',
      sign({ changes: encodeChanges([[1048576, 'red']]) }),
      { refusal: 'malformed' },
      'Entries are below 2^20.',
    ],
    ['cut', sign({ changes: 'gw' }), { refusal: 'malformed' }, 'The varint goes on.'],
    ['long varint', sign({ changes: 'gwA' }), { refusal: 'malformed' }, '03 is the one spelling.'],
  ];
  return rows.map(([name, text, expect, why]) => ({ name, why, kind: 'delta', text, expect }));
}

function receipts(): DocumentVector[] {
  const device = 'A'.repeat(43);
  const claims = { iss: ISSUER, device, first: 1, last: 9, head: device, iat: NOW };
  const sign = (changes: object, key: TestKey = keys.receipt) =>
    signDocument({ ...claims, ...changes }, RECEIPT.typ, key);
  const rows: [string, string, DocumentVector['expect'], string][] = [
    ['receipt', sign({}), { version: 9 }, 'Its version is the last record that it covers.'],
    [
      'too large',
      sign({}).padEnd(RECEIPT.maxLength + 1, 'A'),
      { refusal: 'too-large' },
      'At most 4096 characters, asked before anything is parsed.',
    ],
    ['role bulletin', sign({}, keys.bulletin), { refusal: 'unknown-key' }, 'Of another role.'],
    ['record 0', sign({ first: 0 }), { refusal: 'malformed' }, 'Records are numbered from 1.'],
    [
      'digest of 31 bytes',
      sign({ head: 'A'.repeat(42) }),
      { refusal: 'malformed' },
      'SHA-256 has 32.',
    ],
    [
      'digest with stray bits',
      sign({ head: `${'A'.repeat(42)}B` }),
      { refusal: 'malformed' },
      'Base64url in one spelling.',
    ],
  ];
  return rows.map(([name, text, expect, why]) => ({ name, why, kind: 'receipt', text, expect }));
}

const ONE_HEADER = 'alg and typ, and nothing else.';

interface Envelope {
  readonly payload: string;
  readonly signatures: readonly { readonly protected: string; readonly signature: string }[];
}

/** The next character of the alphabet in the last place: the same bytes, and bits left over. */
function strayed(text: string): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1);
}

/** The other signature that verifies, in base64url. */
function twinOf(signature: string): string {
  return toBase64url(twin(Buffer.from(signature, 'base64url')));
}
