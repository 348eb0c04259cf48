import { describe, expect, test } from 'vitest';
import { toBase64url, utf8 } from '../../../src/core/bytes.ts';
import { BULLETIN } from '../../../src/core/documents/bulletin.ts';
import { Base64url32, openDocument, parseStrict } from '../../../src/core/documents/signed.ts';
import { ISSUER, makeAuthority, makeBulletin, makeKey, NOW, signDocument, twin } from '../make.ts';

const { keys, trusted } = await makeAuthority();
const bulletin = makeBulletin();
const json = JSON.stringify(bulletin);
const good = await signDocument(bulletin, BULLETIN.typ, keys.bulletin);
const [header = '', payload = '', signature = ''] = good.split('.');

const open = (text: string) => openDocument(text, BULLETIN, trusted);
const refused = (reason: string) => ({ ok: false, reason });

/** The words as they are given, signed by the right key: what jose would not write itself. */
async function signWords(headerText: string, payloadText: string): Promise<string> {
  const input = [headerText, payloadText].map((part) => toBase64url(utf8(part))).join('.');
  const made = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    keys.bulletin.privateKey,
    utf8(input),
  );
  return `${input}.${toBase64url(new Uint8Array(made))}`;
}
const headerSaying = (members: object) =>
  JSON.stringify({ alg: 'ES256', kid: keys.bulletin.kid, typ: BULLETIN.typ, ...members });

test('a signed document opens', async () => {
  expect(await open(good)).toEqual({ ok: true, value: bulletin });
});

test('its twin signature changes nothing', async () => {
  const other = toBase64url(twin(Buffer.from(signature, 'base64url')));
  expect(await open(`${header}.${payload}.${other}`)).toEqual(await open(good));
});

describe('the signer', () => {
  test('must be named', async () => {
    const { kid: _, ...anonymous } = JSON.parse(headerSaying({}));
    expect(await open(await signWords(JSON.stringify(anonymous), json))).toEqual(
      refused('malformed'),
    );
  });

  test('must be in the trust, even if its key comes along', async () => {
    const stranger = await makeKey();
    const text = await signDocument(bulletin, BULLETIN.typ, stranger);
    expect(await open(text)).toEqual(refused('unknown-key'));
    const carried = await signDocument(bulletin, BULLETIN.typ, stranger, { jwk: stranger.jwk });
    expect(await open(carried)).toEqual(refused('malformed'));
  });

  test.each(['code', 'status', 'badge', 'receipt'] as const)(
    'must have the role: a %s key is not taken',
    async (role) => {
      const text = await signDocument(bulletin, BULLETIN.typ, keys[role]);
      expect(await open(text)).toEqual(refused('unknown-key'));
    },
  );

  test('must have made the signature', async () => {
    const stranger = { ...(await makeKey()), kid: keys.bulletin.kid };
    const text = await signDocument(bulletin, BULLETIN.typ, stranger);
    expect(await open(text)).toEqual(refused('bad-signature'));
    const zeros = toBase64url(new Uint8Array(64));
    expect(await open(`${header}.${payload}.${zeros}`)).toEqual(refused('bad-signature'));
  });

  test('must have been valid when it signed, from notBefore to notAfter', async () => {
    const { trusted: narrow, keys: own } = await makeAuthority();
    const key = narrow.keys.get(own.bulletin.kid);
    if (!key) throw new Error('no bulletin key');
    const issuedAt = async (iat: number) => {
      const text = await signDocument(makeBulletin({ iat }), BULLETIN.typ, own.bulletin);
      const result = await openDocument(text, BULLETIN, narrow);
      return result.ok ? 'ok' : result.reason;
    };
    expect(await issuedAt(key.notBefore)).toBe('ok');
    expect(await issuedAt(key.notAfter)).toBe('ok');
    expect(await issuedAt(key.notBefore - 1)).toBe('key-out-of-date');
    expect(await issuedAt(key.notAfter + 1)).toBe('key-out-of-date');
  });

  test('must speak for the authority of the trust', async () => {
    const other = makeBulletin({ iss: 'https://wuhan.example' });
    const text = await signDocument(other, BULLETIN.typ, keys.bulletin);
    expect(await open(text)).toEqual(refused('wrong-issuer'));
  });
});

describe('the header says alg, kid and typ, and nothing else', () => {
  test.each([
    ['jku', { jku: 'https://evil.example/keys' }],
    ['jwk', { jwk: keys.bulletin.jwk }],
    ['x5u', { x5u: 'https://evil.example/chain' }],
    ['zip', { zip: 'DEF' }],
    ['cty', { cty: 'JWT' }],
    ['crit', { crit: ['b64'], b64: true }],
    ['b64', { b64: false }],
    ['exp', { exp: NOW + 60 }],
    ['another typ', { typ: 'JWT' }],
    ['the typ of a receipt', { typ: 'receipt+jwt' }],
    ['a typ in capitals', { typ: 'BULLETIN+JWT' }],
    ['a long typ', { typ: 'application/bulletin+jwt' }],
    ['alg none', { alg: 'none' }],
    ['alg HS256', { alg: 'HS256' }],
    ['alg ES384', { alg: 'ES384' }],
    ['alg in lower case', { alg: 'es256' }],
    ['no alg', { alg: undefined }],
    ['no typ', { typ: undefined }],
    ['a kid that is no text', { kid: 7 }],
    ['a kid that objects inherit', { kid: '__proto__' }],
  ])('%s is refused', async (_, members) => {
    const result = await open(await signWords(headerSaying(members), json));
    expect(result.ok).toBe(false);
    expect(['malformed', 'unknown-key']).toContain(!result.ok && result.reason);
  });

  test('an unsigned token is refused', async () => {
    const none = toBase64url(utf8(headerSaying({ alg: 'none' })));
    expect(await open(`${none}.${payload}.`)).toEqual(refused('malformed'));
  });

  test('a token that is signed by its public key as a secret is refused', async () => {
    const input = `${toBase64url(utf8(headerSaying({ alg: 'HS256' })))}.${payload}`;
    const secret = await crypto.subtle.importKey(
      'raw',
      utf8(JSON.stringify(keys.bulletin.jwk)),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const mac = new Uint8Array(await crypto.subtle.sign('HMAC', secret, utf8(input)));
    expect(await open(`${input}.${toBase64url(mac)}`)).toEqual(refused('malformed'));
  });

  test('members twice, a byte order mark, white space and line ends are refused', async () => {
    const said = headerSaying({});
    for (const words of [
      said.replace('{', '{"alg":"none",'),
      `\ufeff${said}`,
      `${said}\n`,
      said.replace(',', ', '),
      said.replace('ES256', '\\u0045S256'),
    ]) {
      expect(words).not.toBe(said);
      expect(await open(await signWords(words, json))).toEqual(refused('malformed'));
    }
  });
});

describe('the payload has one spelling', () => {
  test.each([
    ['a byte order mark', `\ufeff${json}`],
    ['a line end', `${json}\n`],
    ['white space', json.replace(',', ', ')],
    ['a member twice', json.replace('{', '{"version":99,')],
    ['1e300', json.replace(/"iat":\d+/, '"iat":1e300')],
    ['1e+300, as JSON.stringify writes it', json.replace(/"iat":\d+/, '"iat":1e+300')],
    ['a number with a point', json.replace(/"iat":(\d+)/, '"iat":$1.0')],
    ['half a second', json.replace(/"iat":(\d+)/, '"iat":$1.5')],
    ['minus zero', json.replace(/"iat":\d+/, '"iat":-0')],
    ['a time before 1970', json.replace(/"iat":\d+/, '"iat":-1')],
    ['a time after the year 9999', json.replace(/"iat":\d+/, '"iat":253402300800')],
    ['a needless escape', json.replace('"iss"', '"\\u0069ss"')],
    ['a member more', json.replace(/}$/, ',"aud":"someone"}')],
    ['a member less', json.replace(`"iss":"${ISSUER}",`, '')],
    ['__proto__', json.replace(/}$/, ',"__proto__":{"x":1}}')],
    ['version 0', json.replace('"version":1', '"version":0')],
    ['a version beyond safe integers', json.replace('"version":1', '"version":9007199254740993')],
    ['an array', `[${json}]`],
    ['null', 'null'],
    ['nothing', ''],
  ])('%s is refused', async (_, words) => {
    expect(words).not.toBe(json);
    expect(await open(await signWords(headerSaying({}), words))).toEqual(refused('malformed'));
  });
});

describe('a compact JWS has one spelling', () => {
  const last = signature.at(-1) ?? '';
  const next = String.fromCharCode(last.charCodeAt(0) + 1);
  test.each([
    ['a line end', `${good}\n`],
    ['a leading space', ` ${good}`],
    ['a byte order mark', `\ufeff${good}`],
    ['a space inside', `${header}. ${payload}.${signature}`],
    ['a line end in the signature', `${good.slice(0, -9)}\n${good.slice(-9)}`],
    ['padding', `${good}==`],
    ['padding in the header', `${header}=.${payload}.${signature}`],
    ['stray bits in the signature', good.slice(0, -1) + next],
    ['the standard alphabet', `${header}.${payload}.+/${signature.slice(2)}`],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${good}.${signature}`],
    ['an empty fourth part', `${good}.`],
    ['no signature', `${header}.${payload}.`],
    ['nothing', ''],
    ['dots', '..'],
    ['JSON', json],
    ['markup', '<html>Sign in to the hotel network</html>'],
  ])('%s is refused', async (_, text) => {
    expect((await open(text)).ok).toBe(false);
  });

  test('bytes that are no UTF-8 are refused', async () => {
    const broken = toBase64url(new Uint8Array([0x22, 0xc0, 0x80, 0x22]));
    expect(await open(`${broken}.${payload}.${signature}`)).toEqual(refused('malformed'));
  });
});

describe('sizes are bounded before anything is parsed', () => {
  test('a document longer than its kind is refused', async () => {
    const text = '.'.repeat(BULLETIN.maxLength + 1);
    expect(await open(text)).toEqual(refused('too-large'));
  });

  test('a header that is nested as deep as fits is refused, and nothing overflows', async () => {
    const depth = 90_000;
    const deep = toBase64url(utf8('['.repeat(depth) + ']'.repeat(depth)));
    expect(await open(`${deep}.${payload}.${signature}`)).toEqual(refused('malformed'));
  });
});

test('32 bytes have one base64url spelling', () => {
  const bytes = new Uint8Array(32).fill(0xff);
  const text = JSON.stringify(toBase64url(bytes));
  const spelt = (words: string) => parseStrict(utf8(words), Base64url32);
  expect(spelt(text)).toBe(JSON.parse(text));
  expect(spelt(text.replace(/8"$/, '9"'))).toBeUndefined();
  expect(spelt(JSON.stringify(toBase64url(new Uint8Array(31))))).toBeUndefined();
});
