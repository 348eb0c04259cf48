import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import { GeneralSign } from 'jose/jws/general/sign';
import { beforeAll, describe, expect, test } from 'vitest';
import { utf8 } from '../../../src/core/bytes.ts';
import {
  currentKey,
  openTrust,
  peekTrust,
  type Root,
  rootThumbprint,
  signersOf,
  TRUST_HEADER,
  type Trust,
  type TrustAnchor,
} from '../../../src/core/documents/trust.ts';
import { ISSUER, type KeyPair, makeAuthority, makeKey, NOW, signTrust } from '../make.ts';

let first: KeyPair;
let second: KeyPair;
let third: KeyPair;
let trust: Trust;
beforeAll(async () => {
  [first, second, third] = await Promise.all([makeKey(), makeKey(), makeKey()]);
  ({ trust } = await makeAuthority());
});

const rootOf = (threshold: number, ...keys: KeyPair[]): Root => ({
  threshold,
  keys: keys.map(({ jwk }) => jwk),
});
const pin = async (root: Root): Promise<TrustAnchor> => ({
  thumbprint: await rootThumbprint(root),
});

/** What came of it: the version that was taken, or the reason why none was. */
async function outcome(text: string, anchor: TrustAnchor): Promise<number | string> {
  const opened = await openTrust(text, anchor);
  return opened.ok ? opened.value.version : opened.reason;
}
async function held(text: string, root: Root): Promise<TrustAnchor> {
  const opened = await openTrust(text, await pin(root));
  if (!opened.ok) throw new Error(opened.reason);
  return { held: opened.value };
}

describe('at enrolment', () => {
  test('trust is taken from the root that was pinned, and from no other', async () => {
    const root = rootOf(1, first);
    const text = await signTrust({ ...trust, root }, [first]);
    expect(await outcome(text, await pin(root))).toBe(1);
    expect(await outcome(text, await pin(rootOf(1, second)))).toBe('wrong-root');
    expect(await outcome(text, { thumbprint: '' })).toBe('wrong-root');
  });

  test('the pin covers the threshold and the whole set of keys, in any order', async () => {
    const prints = await Promise.all(
      [
        rootOf(2, first, second, third),
        rootOf(2, third, first, second),
        rootOf(1, first, second, third),
        rootOf(2, first, second),
      ].map(rootThumbprint),
    );
    expect(prints[1]).toBe(prints[0]);
    expect(new Set(prints).size).toBe(3);
  });

  test('a root that names itself and is signed by another key is refused', async () => {
    const root = rootOf(1, first);
    const text = await signTrust({ ...trust, root }, [second]);
    expect(await outcome(text, await pin(root))).toBe('not-enough-signatures');
  });
});

describe('with a threshold of two of three', () => {
  test('any two distinct keys are enough, and one is not', async () => {
    const root = rootOf(2, first, second, third);
    const signed = (...by: KeyPair[]) => signTrust({ ...trust, root }, by);
    const anchor = await pin(root);
    expect(await outcome(await signed(first, second), anchor)).toBe(1);
    expect(await outcome(await signed(third, first), anchor)).toBe(1);
    expect(await outcome(await signed(first, second, third), anchor)).toBe(1);
    expect(await outcome(await signed(second), anchor)).toBe('not-enough-signatures');
    const stranger = await makeKey();
    expect(await outcome(await signed(stranger, second), anchor)).toBe('not-enough-signatures');
  });

  test('one key signing twice is one key', async () => {
    const root = rootOf(2, first, second, third);
    const text = await signTrust({ ...trust, root }, [first, first]);
    expect(await outcome(text, await pin(root))).toBe('not-enough-signatures');
  });

  test('one key that is listed twice is one key', async () => {
    const root = rootOf(2, first, first);
    const text = await signTrust({ ...trust, root }, [first, first]);
    expect(await outcome(text, await pin(root))).toBe('not-enough-signatures');
  });

  test('one key that is spelt in two ways is refused', async () => {
    const last = first.jwk.x.at(-1) ?? '';
    const stray = first.jwk.x.slice(0, -1) + String.fromCharCode(last.charCodeAt(0) + 1);
    const root: Root = { threshold: 2, keys: [first.jwk, { ...first.jwk, x: stray }] };
    const text = await signTrust({ ...trust, root }, [first, first]);
    expect(await outcome(text, await pin(root))).toBe('malformed');
  });

  test.each([
    ['for another purpose', { alg: 'ES256', typ: 'bulletin+jwt' }],
    ['for no purpose', { alg: 'ES256' }],
    ['with a member more', { ...TRUST_HEADER, kid: 'x' }],
  ])('a signature that a root key made %s does not count', async (_, header) => {
    const root = rootOf(2, first, second);
    const words = utf8(JSON.stringify({ ...trust, root }));
    const sign = new GeneralSign(words);
    sign.addSignature(first.privateKey).setProtectedHeader(TRUST_HEADER);
    sign.addSignature(second.privateKey).setProtectedHeader(header);
    const text = JSON.stringify(await sign.sign());
    expect(await outcome(text, await pin(root))).toBe('not-enough-signatures');
  });

  test('a signature with a header that is not protected makes the document malformed', async () => {
    const root = rootOf(2, first, second);
    const envelope = JSON.parse(await signTrust({ ...trust, root }, [first, second]));
    envelope.signatures[0].header = { kid: 'x' };
    expect(await outcome(JSON.stringify(envelope), await pin(root))).toBe('malformed');
  });
});

describe('once trust is held', () => {
  test('a newer one replaces it, the same one stays, and an older one is a rollback', async () => {
    const root = rootOf(1, first);
    const version = (n: number) => signTrust({ ...trust, root, version: n }, [first]);
    const anchor = await held(await version(5), root);
    expect(await outcome(await version(6), anchor)).toBe(6);
    expect(await outcome(await version(5), anchor)).toBe(5);
    expect(await outcome(await version(4), anchor)).toBe('rollback');
  });

  test('of two that say different things under one version, the first one stays', async () => {
    const root = rootOf(1, first);
    const text = await signTrust({ ...trust, root, version: 5 }, [first]);
    const anchor = await held(text, root);
    const other = { ...trust, root, version: 5, keys: trust.keys.slice(1) };
    expect(await outcome(await signTrust(other, [first]), anchor)).toBe('conflict');
    const again = await signTrust({ ...trust, root, version: 5 }, [first]);
    expect(again).not.toBe(text);
    expect(await outcome(again, anchor)).toBe(5);
  });

  test('another authority cannot take its place, even with the same root', async () => {
    const root = rootOf(1, first);
    const anchor = await held(await signTrust({ ...trust, root }, [first]), root);
    const elsewhere = { ...trust, root, iss: 'https://wuhan.example', version: 9 };
    expect(await outcome(await signTrust(elsewhere, [first]), anchor)).toBe('wrong-root');
  });

  test('a new root takes over with signatures of the old one and of its own', async () => {
    const [oldRoot, newRoot] = [rootOf(1, first), rootOf(2, second, third)];
    const anchor = await held(await signTrust({ ...trust, root: oldRoot }, [first]), oldRoot);
    const rotated = { ...trust, root: newRoot, version: 2 };
    const signed = (...by: KeyPair[]) => signTrust(rotated, by);
    expect(await outcome(await signed(first, second, third), anchor)).toBe(2);
    expect(await outcome(await signed(second, third), anchor)).toBe('not-enough-signatures');
    expect(await outcome(await signed(first), anchor)).toBe('not-enough-signatures');
    expect(await outcome(await signed(first, second), anchor)).toBe('not-enough-signatures');
  });

  test('lowering the threshold is a rotation too', async () => {
    const strong = rootOf(2, first, second);
    const weak = rootOf(1, first, second);
    const anchor = await held(await signTrust({ ...trust, root: strong }, [first, second]), strong);
    const lowered = { ...trust, root: weak, version: 2 };
    expect(await outcome(await signTrust(lowered, [first]), anchor)).toBe('not-enough-signatures');
    expect(await outcome(await signTrust(lowered, [first, second]), anchor)).toBe(2);
  });

  test('a device that slept through two rotations follows if the oldest root signed too', async () => {
    const root = rootOf(1, first);
    const anchor = await held(await signTrust({ ...trust, root }, [first]), root);
    const latest = { ...trust, root: rootOf(1, third), version: 3 };
    expect(await outcome(await signTrust(latest, [first, second, third]), anchor)).toBe(3);
    expect(await outcome(await signTrust(latest, [second, third]), anchor)).toBe(
      'not-enough-signatures',
    );
  });

  test('a device that slept can also be led through the rotations one by one', async () => {
    const roots = [rootOf(1, first), rootOf(1, second), rootOf(1, third)] as const;
    let anchor = await held(await signTrust({ ...trust, root: roots[0] }, [first]), roots[0]);
    for (const [version, by] of [
      [2, [first, second]],
      [3, [second, third]],
    ] as const) {
      const root = roots[version - 1] ?? roots[0];
      const opened = await openTrust(await signTrust({ ...trust, root, version }, by), anchor);
      if (!opened.ok) throw new Error(opened.reason);
      anchor = { held: opened.value };
    }
    expect('held' in anchor && anchor.held.version).toBe(3);
  });
});

test('what an unsigned trust says can be read, and nobody takes it', async () => {
  const envelope = JSON.parse(await signTrust(trust, [first]));
  const text = JSON.stringify({ ...envelope, signatures: [] });
  expect(peekTrust(text)?.trust).toEqual(trust);
  expect(await outcome(text, await pin(trust.root))).toBe('malformed');
});

test('those who have signed are told by their keys, each once, and strangers not at all', async () => {
  const root = rootOf(2, first, second, third);
  const stranger = await makeKey();
  const text = await signTrust({ ...trust, root }, [first, first, third, stranger]);
  const envelope = peekTrust(text)?.envelope;
  if (!envelope) throw new Error('no envelope');
  const prints = await Promise.all([first, third].map(({ jwk }) => calculateJwkThumbprint(jwk)));
  expect([...(await signersOf(envelope, root))].sort()).toEqual(prints.sort());
});

describe('a trust document has one spelling', () => {
  const changed = async (change: (text: string) => string) => {
    const root = rootOf(1, first);
    return outcome(change(await signTrust({ ...trust, root }, [first])), await pin(root));
  };

  test.each([
    ['a line end', (text: string) => `${text}\n`],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['white space', (text: string) => text.replace(':', ': ')],
    ['a member more', (text: string) => text.replace('{', '{"header":{},')],
    ['a member twice', (text: string) => text.replace('{', '{"payload":"",')],
    ['padding', (text: string) => text.replace('","signatures"', '=","signatures"')],
    ['no signatures', (text: string) => text.replace(/"signatures":\[.*\]/, '"signatures":[]')],
    ['the compact form', (text: string) => JSON.parse(text).payload],
    ['markup', () => '<html>Sign in to the hotel network</html>'],
    ['nothing', () => ''],
    ['arrays all the way down', () => '['.repeat(100_000) + ']'.repeat(100_000)],
  ])('%s is refused', async (_, change) => {
    expect(await changed(change)).toBe('malformed');
  });

  test('a larger one than any can be is refused before it is parsed', async () => {
    expect(await changed(() => ' '.repeat(256 * 1024 + 1))).toBe('too-large');
  });

  test.each([
    ['two keys of one kid', (keys: Trust['keys']) => [...keys, ...keys.slice(0, 1)]],
    [
      'a kid with stray bits',
      ([key, ...rest]: Trust['keys']) => (key ? [{ ...key, kid: 'AAAAAB' }, ...rest] : rest),
    ],
    [
      'a key that is not on the curve',
      (keys: Trust['keys']) => keys.map((key) => ({ ...key, jwk: { ...key.jwk, y: key.jwk.x } })),
    ],
    [
      'a role that there is not',
      (keys: Trust['keys']) => keys.map((key) => ({ ...key, role: 'root' as 'code' })),
    ],
    [
      'a private key',
      (keys: Trust['keys']) => keys.map((key) => ({ ...key, jwk: { ...key.jwk, d: key.jwk.x } })),
    ],
  ])('%s: malformed, though the root signed it', async (_, change) => {
    const root = rootOf(1, first);
    const text = await signTrust({ ...trust, root, keys: change(trust.keys) }, [first]);
    expect(await outcome(text, await pin(root))).toBe('malformed');
  });

  test('an unattainable threshold is not attained', async () => {
    const root = rootOf(2, first);
    const text = await signTrust({ ...trust, root }, [first]);
    expect(await outcome(text, await pin(root))).toBe('not-enough-signatures');
    const none = { ...rootOf(0, first) };
    expect(await outcome(await signTrust({ ...trust, root: none }, [first]), await pin(none))).toBe(
      'malformed',
    );
  });
});

test('the key of a role to use is the one that became valid last', async () => {
  const { trusted, keys } = await makeAuthority();
  const current = trusted.keys.get(keys.sealing.kid);
  if (!current) throw new Error('no sealing key');
  const older = { ...current, kid: 'older_', notBefore: current.notBefore - 1000 };
  const future = { ...current, kid: 'future', notBefore: NOW + 1 };
  const past = { ...current, kid: 'past__', notBefore: NOW - 5, notAfter: NOW - 1 };
  const all = new Map([older, future, past, current].map((key) => [key.kid, key]));
  expect(currentKey({ ...trusted, keys: all }, 'sealing', NOW)?.kid).toBe(current.kid);
  expect(currentKey({ ...trusted, keys: all }, 'sealing', NOW + 1)?.kid).toBe('future');
  expect(currentKey({ ...trusted, keys: new Map() }, 'sealing', NOW)).toBeUndefined();
  expect(trusted.issuer).toBe(ISSUER);
});
