import { describe, expect, test } from 'vitest';
import { toBase64url, utf8 } from '../../../src/core/bytes.ts';
import { codeToJwt } from '../../../src/core/code/claims.ts';
import { codeToJws } from '../../../src/core/code/jws.ts';
import type { PackedCode } from '../../../src/core/code/pack.ts';
import { readCode } from '../../../src/core/code/read.ts';
import { codeToText } from '../../../src/core/code/text.ts';
import { issueCode, proveCode } from '../../../src/core/code/write.ts';
import {
  ISSUER,
  liveClaims,
  makeAuthority,
  makeKey,
  NOW,
  printedClaims,
  signDocument,
  twin,
} from '../make.ts';
import { judge } from '../verdict/situation.ts';

const { keys, trusted } = await makeAuthority();
const holder = await makeKey();
const live = liveClaims(keys.code.kid, holder.jwk);
const printed = printedClaims(keys.code.kid);
const liveCode = await issueCode(live, ISSUER, keys.code.privateKey);
const shown = await proveCode(liveCode, ISSUER, holder.privateKey, NOW);
const paper = await issueCode(printed, ISSUER, keys.code.privateKey);

const read = (code: PackedCode) => readCode(codeToText(code), trusted);
const refused = (reason: string) => ({ ok: false, reason });

describe('a code that the authority issued', () => {
  test('a live code is read with the time of its proof', async () => {
    expect(await read(shown)).toEqual({ ok: true, value: { claims: live, provedAt: NOW } });
  });

  test('a live code without its proof is read, and says so', async () => {
    expect(await read(liveCode)).toEqual({ ok: true, value: { claims: live } });
  });

  test('a printed code is read', async () => {
    expect(await read(paper)).toEqual({ ok: true, value: { claims: printed } });
  });

  test('a phone whose clock is behind the issuer proves at the time of issue', async () => {
    const early = await proveCode(liveCode, ISSUER, holder.privateKey, live.issuedAt - 500);
    expect(await read(early)).toMatchObject({ ok: true, value: { provedAt: live.issuedAt } });
  });

  test('claims that do not fit the format are not issued', async () => {
    const unfit = { ...printed, name: '一个太长的名字' };
    await expect(issueCode(unfit, ISSUER, keys.code.privateKey)).rejects.toMatchObject({
      code: 'code-out-of-range',
    });
  });
});

describe('the twin signature (r, n-s)', () => {
  test('verifies as well, and changes nothing: identity is the claim', async () => {
    const other = { ...paper, signature: twin(paper.signature) };
    expect(codeToText(other)).not.toBe(codeToText(paper));
    expect(await read(other)).toEqual(await read(paper));
  });

  test('of a proof changes nothing either', async () => {
    const proof = { at: NOW, signature: twin(shown.proof?.signature ?? new Uint8Array()) };
    expect(await read({ ...shown, proof })).toEqual(await read(shown));
  });

  test('of a live code does not carry the proof over', async () => {
    expect(await read({ ...shown, signature: twin(shown.signature) })).toEqual(refused('forged'));
  });
});

test('a code of tomorrow is read, since nothing here knows the time, and whoever judges does not take it', async () => {
  const claims = { ...printed, issuedAt: NOW + 86_400, expiresAt: NOW + 2 * 86_400 };
  const opened = await read(await issueCode(claims, ISSUER, keys.code.privateKey));
  expect(opened).toEqual({ ok: true, value: { claims } });
  expect(judge({ claims })).toMatchObject({ verdict: 'unverified', reason: 'issued-in-future' });
});

describe('a code is forged', () => {
  test('with any claim changed', async () => {
    const changes = [
      { colour: 'yellow' },
      { checkedInAt: printed.checkedInAt + 60 },
      { expiresAt: printed.expiresAt + 86_400 },
      { issuedAt: printed.issuedAt + 60, expiresAt: printed.expiresAt + 60 },
      { area: '420607' },
      { name: '王*朋' },
      { statusIndex: printed.statusIndex + 1 },
      { statusIndex: printed.statusIndex + 2 ** 20 },
      { sub: toBase64url(new Uint8Array(8)) },
      { guardian: { name: '王小红', relationship: 'mother' } },
      { guardian: { name: '王小虹', relationship: 'daughter' } },
    ] as const;
    for (const change of changes) {
      expect(await read({ ...paper, claims: { ...printed, ...change } })).toEqual(
        refused('forged'),
      );
    }
  });

  test('when a live code is printed, or a printed one made live', async () => {
    const { guardian, ...rest } = printed;
    const asLive = { ...rest, kind: 'live', holder: live.holder } as const;
    expect(await read({ claims: asLive, signature: paper.signature })).toEqual(refused('forged'));
    const { holder: _, ...common } = live;
    const asPrinted = { ...common, kind: 'printed', guardian } as const;
    expect(await read({ claims: asPrinted, signature: liveCode.signature })).toEqual(
      refused('forged'),
    );
  });

  test('when it is bound to the key of the one who copied it', async () => {
    const thief = await makeKey();
    const claims = { ...live, holder: { x: thief.jwk.x, y: thief.jwk.y } };
    const stolen = await proveCode({ ...liveCode, claims }, ISSUER, thief.privateKey, NOW);
    expect(await read(stolen)).toEqual(refused('forged'));
  });

  test('when its proof is by another key, over another code, or of another time', async () => {
    const thief = await makeKey();
    expect(await read(await proveCode(liveCode, ISSUER, thief.privateKey, NOW))).toEqual(
      refused('forged'),
    );
    const second = await issueCode(live, ISSUER, keys.code.privateKey);
    const proof = (await proveCode(second, ISSUER, holder.privateKey, NOW)).proof;
    if (!proof || !shown.proof) throw new Error('a live code has a proof');
    expect(await read({ ...liveCode, proof })).toEqual(refused('forged'));
    expect(await read({ ...shown, proof: { ...shown.proof, at: NOW + 1 } })).toEqual(
      refused('forged'),
    );
  });

  test('when the authority signed it for another issuer', async () => {
    const elsewhere = await issueCode(printed, 'https://wuhan.example', keys.code.privateKey);
    expect(await read(elsewhere)).toEqual(refused('forged'));
  });

  test.each([
    ['zeros', new Uint8Array(64)],
    ['ones', new Uint8Array(64).fill(0xff)],
    ['r = s = 1', Uint8Array.from({ length: 64 }, (_, i) => (i % 32 === 31 ? 1 : 0))],
  ])('with a signature of %s', async (_, signature) => {
    expect(await read({ ...paper, signature })).toEqual(refused('forged'));
    expect(await read({ ...shown, proof: { at: NOW, signature } })).toEqual(refused('forged'));
  });
});

describe('the key', () => {
  test('is unknown when no trusted key has its kid', async () => {
    const stranger = await makeKey();
    const claims = { ...printed, kid: stranger.kid };
    expect(await read(await issueCode(claims, ISSUER, stranger.privateKey))).toEqual(
      refused('unknown-key'),
    );
  });

  test('is unknown when it is trusted for anything but codes', async () => {
    for (const role of ['bulletin', 'status', 'badge', 'receipt', 'sealing'] as const) {
      const claims = { ...printed, kid: keys[role].kid };
      const signer = role === 'sealing' ? keys.code : keys[role];
      expect(await read(await issueCode(claims, ISSUER, signer.privateKey))).toEqual(
        refused('unknown-key'),
      );
    }
  });

  test('cannot be another one under a known kid', async () => {
    const stranger = await makeKey();
    expect(await read(await issueCode(printed, ISSUER, stranger.privateKey))).toEqual(
      refused('forged'),
    );
  });

  test.each([
    ['only the very second', 0, 0, undefined],
    ['from a second later', 1, 1000, 'key-out-of-date'],
    ['until a second before', -1000, -1, 'key-out-of-date'],
  ])('counts from notBefore to notAfter, both included: %s', async (_, from, to, reason) => {
    const key = trusted.keys.get(keys.code.kid);
    if (!key) throw new Error('no code key');
    const { issuedAt } = printed;
    const limited = { ...key, notBefore: issuedAt + from, notAfter: issuedAt + to };
    const result = await readCode(codeToText(paper), {
      ...trusted,
      keys: new Map(trusted.keys).set(key.kid, limited),
    });
    expect(result.ok ? undefined : result.reason).toBe(reason);
  });
});

describe('no header can be said by the paper', () => {
  const payload = codeToJwt(printed, ISSUER).payload;

  test('what is signed is rebuilt: alg, kid and typ, and nothing else', () => {
    const [header = '', body = ''] = codeToJws(printed, paper.signature, ISSUER).split('.');
    expect(Buffer.from(header, 'base64url').toString()).toBe(
      `{"alg":"ES256","kid":"${keys.code.kid}","typ":"hc+jwt"}`,
    );
    expect(Buffer.from(body, 'base64url').toString()).toBe(payload);
  });

  test.each([
    ['jku', { jku: 'https://evil.example/keys' }],
    ['jwk', { jwk: holder.jwk }],
    ['zip', { zip: 'DEF' }],
    ['crit', { crit: ['b64'], b64: true }],
    ['no kid', { kid: undefined }],
    ['another typ', { typ: 'JWT' }],
    ['cty', { cty: 'JWT' }],
  ])('so that a signature over a header with %s is forged', async (_, header) => {
    const jws = await signDocument(payload, 'hc+jwt', keys.code, header);
    const signature = Buffer.from(jws.split('.')[2] ?? '', 'base64url');
    expect(await read({ claims: printed, signature })).toEqual(refused('forged'));
  });

  test.each([
    ['another member', payload.replace(/}$/, ',"aud":"someone"}')],
    ['white space', payload.replace(',', ', ')],
    [
      'another order',
      `{"iss":"${ISSUER}",${payload.slice(payload.indexOf('"iat"'), -1)},"sub":"${printed.sub}"}`,
    ],
    ['a duplicate member', payload.replace(/}$/, `,"colour":"green"}`)],
    ['1e300', payload.replace(/"exp":\d+/, '"exp":1e300')],
    ['ten years', payload.replace(/"exp":\d+/, `"exp":${printed.issuedAt + 3652 * 86_400}`)],
    ['a byte order mark', `\ufeff${payload}`],
    ['a line end', `${payload}\n`],
  ])('and a signature over a payload with %s too', async (_, said) => {
    expect(said).not.toBe(payload);
    const jws = await signDocument(said, 'hc+jwt', keys.code);
    const signature = Buffer.from(jws.split('.')[2] ?? '', 'base64url');
    expect(await read({ claims: printed, signature })).toEqual(refused('forged'));
  });

  test('while the same hand over the rebuilt bytes verifies', async () => {
    const { header } = codeToJwt(printed, ISSUER);
    const input = [header, payload].map((part) => toBase64url(utf8(part))).join('.');
    const signature = new Uint8Array(
      await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        keys.code.privateKey,
        utf8(input),
      ),
    );
    expect((await read({ claims: printed, signature })).ok).toBe(true);
  });
});
