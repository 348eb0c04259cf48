import { CompactEncrypt, compactDecrypt } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { concatKdf, decrypt, importSealingKey } from '../../src/authority/opener/decrypt.ts';
import { utf8 } from '../../src/core/bytes.ts';
import { SEALED_TYP, seal } from '../../src/core/record/seal.ts';
import { type KeyPair, makeKey } from '../core/make.ts';
import { recordOf } from './make.ts';

const record = recordOf('A'.repeat(43), 7, { verdict: 'stop', reason: 'fever' });
let key: KeyPair;
let keys: ReadonlyMap<string, ReturnType<typeof importSealingKey>>;
beforeAll(async () => {
  key = await makeKey('ECDH-ES');
  keys = new Map([[key.kid, importSealingKey(key.privateKey)]]);
});

test('Concat KDF derives the key of RFC 7518 appendix C', () => {
  const secret = Buffer.of(
    ...[158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156],
    ...[251, 49, 110, 163, 218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196],
  );
  const derived = concatKdf(secret, 'A128GCM', 128, Buffer.from('Alice'), Buffer.from('Bob'));
  expect(derived.toString('base64url')).toBe('VqqN6vgjbSBcIijNcacQGg');
});

test('what jose seals opens to the same bytes as jose opens it to', async () => {
  for (let n = 0; n < 20; n++) {
    const sealed = await seal({ ...record, n: n + 1 }, { kid: key.kid, key: key.publicKey });
    const { plaintext } = await compactDecrypt(sealed, key.privateKey);
    expect(decrypt(sealed, keys)).toEqual({ ok: true, value: Buffer.from(plaintext) });
  }
});

test('no sealed record with another character anywhere opens', async () => {
  const sealed = await seal(record, { kid: key.kid, key: key.publicKey });
  for (let i = 0; i < sealed.length; i++) {
    const other = sealed[i] === 'A' ? 'B' : 'A';
    expect(decrypt(sealed.slice(0, i) + other + sealed.slice(i + 1), keys).ok).toBe(false);
  }
});

test('nothing shorter or longer than a sealed record opens', async () => {
  const sealed = await seal(record, { kid: key.kid, key: key.publicKey });
  const [header = '', , iv = '', ciphertext = '', tag = ''] = sealed.split('.');
  for (const parts of [
    [header, '', iv, ciphertext],
    [header, '', iv, ciphertext, tag, ''],
    [header, '', iv, ciphertext, tag.slice(0, 16)],
    [header, '', iv.slice(0, 8), ciphertext, tag],
    [header, 'AAAA', iv, ciphertext, tag],
  ]) {
    expect(decrypt(parts.join('.'), keys)).toEqual({ ok: false, reason: 'not-sealed' });
  }
});

test('a JWE of another kind is none, however well it is encrypted', async () => {
  const { kid } = key;
  const base = { alg: 'ECDH-ES', enc: 'A256GCM', kid, typ: SEALED_TYP };
  const encrypt = (header: Record<string, string>) =>
    new CompactEncrypt(utf8(JSON.stringify(record)))
      .setProtectedHeader({ ...base, ...header })
      .encrypt(key.publicKey);
  expect(decrypt(await encrypt({}), keys).ok).toBe(true);
  for (const header of [{ typ: 'JWT' }, { enc: 'A128GCM' }, { alg: 'ECDH-ES+A256KW' }]) {
    expect(decrypt(await encrypt(header), keys)).toEqual({ ok: false, reason: 'not-sealed' });
  }
});

test('an ephemeral key that is no point of the curve is refused', async () => {
  const sealed = await seal(record, { kid: key.kid, key: key.publicKey });
  const [header = '', ...rest] = sealed.split('.');
  const said = JSON.parse(Buffer.from(header, 'base64url').toString());
  const off = { ...said, epk: { ...said.epk, y: said.epk.x } };
  const encoded = Buffer.from(JSON.stringify(off)).toString('base64url');
  expect(decrypt([encoded, ...rest].join('.'), keys)).toEqual({ ok: false, reason: 'not-sealed' });
});
