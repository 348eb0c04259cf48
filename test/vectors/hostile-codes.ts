import { utf8 } from '../../src/core/bytes.ts';
import { encodeBase45 } from '../../src/core/code/base45.ts';
import { type Claims, codeToJwt } from '../../src/core/code/claims.ts';
import { codeToJws, proofToJwt, signingInput } from '../../src/core/code/jws.ts';
import { type PackedCode, pack } from '../../src/core/code/pack.ts';
import type { CodeRefusal } from '../../src/core/code/read.ts';
import { codeToText } from '../../src/core/code/text.ts';
import { printedClaims, twin } from '../core/make.ts';
import { DAY, holder, ISSUER, keys, NOW, secondHolder, stranger } from './authority.ts';
import { issue, live, printed, prove } from './code.ts';
import { sign } from './sign.ts';

export interface HostileCode {
  readonly name: string;
  readonly why: string;
  readonly text: string;
  readonly expect: { readonly refusal: CodeRefusal };
}

type Row = readonly [name: string, text: string, why: string];

export async function hostileCodes(): Promise<HostileCode[]> {
  const groups: Record<CodeRefusal, readonly Row[]> = {
    'not-a-code': notCodes,
    'other-version': [['version 2', paper.replace('KK1', 'KK2'), 'A format that is not this one.']],
    damaged: [...damagedTexts, ...damagedBytes, ...damagedNames, ...(await damagedProofs())],
    'unknown-key': unknownKeys,
    'key-out-of-date': [
      [
        'key out of date',
        codeToText(issue(printedClaims(keys.oldCode.kid), keys.oldCode)),
        'Issued after the last second of its key.',
      ],
    ],
    forged: [...forgedClaims, ...forgedHeaders, ...(await forgedProofs())],
  };
  return Object.entries(groups).flatMap(([refusal, rows]) =>
    rows.map(([name, text, why]) => ({
      name,
      why,
      text,
      expect: { refusal: refusal as CodeRefusal },
    })),
  );
}

const paper = codeToText(issue(printed));

const notCodes: readonly Row[] = [
  ['nothing', '', 'There is nothing to read.'],
  ['a web address', 'https://example.com/', 'Another QR.'],
  ['markup', '<img src=x onerror=alert(1)>', 'Another QR, and text stays text.'],
  ['lower-case prefix', paper.replace('KK1', 'kk1'), 'The prefix has one spelling.'],
  ['leading space', ` ${paper}`, 'Nothing is trimmed.'],
  ['byte order mark', `\ufeff${paper}`, 'Nothing is trimmed.'],
  [
    'the JWS itself',
    codeToJws(printed, issue(printed).signature, ISSUER),
    'No paper says a header.',
  ],
];

const damagedTexts: readonly Row[] = [
  ['prefix only', 'KK1:', 'No bytes at all.'],
  ['trailing line end', `${paper}\n`, 'Nothing is trimmed.'],
  ['trailing carriage return', `${paper}\r\n`, 'Nothing is trimmed.'],
  ['trailing space', `${paper} `, 'In the alphabet of base45, and not in this code.'],
  ['trailing zero character', `${paper}\0`, 'Nothing is trimmed.'],
  ['space after the prefix', `KK1: ${paper.slice(4)}`, 'Nothing is trimmed.'],
  ['line end inside', `${paper.slice(0, 40)}\n${paper.slice(40)}`, 'Nothing is skipped.'],
  ['byte order mark inside', `KK1:\ufeff${paper.slice(4)}`, 'Nothing is skipped.'],
  ['full-width digit', `${paper.slice(0, -1)}４`, 'Not in the alphabet.'],
  ['lower case', `KK1:${paper.slice(4).toLowerCase()}`, 'Not in the alphabet.'],
  ['group above 65535', `KK1::::${paper.slice(7)}`, 'RFC 9285 refuses it.'],
  ['last pair above 255', `${paper.slice(0, -2)}V5`, 'RFC 9285 refuses it.'],
  ['lone last character', paper.slice(0, -1), 'RFC 9285 refuses it.'],
  ['cut short', paper.slice(0, -2), 'The last byte is missing.'],
  ['too long', paper.padEnd(312, '0'), 'No code is longer than 311 characters.'],
];

const P_AND_5 = 'ffffffff00000001000000000000000000000001000000000000000000000004';

/** Offsets of a printed code: 16 days, 17 silence, 21 area, 24 name, 32 relationship. */
const damagedBytes: readonly Row[] = [
  ['trailing zero byte', bend(printed, [110, 0, [0]]), 'Nothing follows the signature.'],
  ['spare flag set', bend(printed, [0, 1, [0x81]]), 'Spare bits are 0.'],
  ['parity without a key', bend(printed, [0, 1, [0x88]]), 'A printed code has no key.'],
  ['needless varint byte', bend(printed, [17, 1, [0xbc, 0]]), 'A varint is as short as can be.'],
  ['endless varint', bend(printed, [17, 1, [0xff, 0xff, 0xff, 0xff, 0x7f]]), 'At most 4 bytes.'],
  ['check-in 32 days ago', bend(printed, [17, 1, [0x80, 0xe8, 0x02]]), 'At most 31 days.'],
  ['no life', bend(printed, [16, 1, [0]]), 'exp is 1 to 31 days after iat.'],
  ['life of 32 days', bend(printed, [16, 1, [32]]), 'exp is 1 to 31 days after iat.'],
  ['area of one digit', bend(printed, [21, 3, [0, 0, 1]]), 'Six digits, the first not 0.'],
  ['area of seven digits', bend(printed, [21, 3, [0x0f, 0x42, 0x40]]), 'Six digits.'],
  ['unknown relationship', bend(printed, [32, 1, [10]]), 'There are ten, from 0.'],
  ['x without a point', bend(live, [32, 32, [...new Array(31).fill(0), 1]]), 'No y fits x = 1.'],
  ['x above the prime', bend(live, [32, 32, new Array(32).fill(255)]), 'A coordinate is below p.'],
  [
    'x above the prime, of a point when reduced',
    bend(live, [32, 32, [...Buffer.from(P_AND_5, 'hex')]]),
    'p + 5 is another spelling of 5.',
  ],
];

const damagedNames: readonly Row[] = [
  ['empty name', named(''), 'At least one byte.'],
  ['name of ten bytes', named('王王王a'), 'At most nine.'],
  ['name that is no UTF-8', bend(printed, [25, 1, [0xff]]), 'Names are UTF-8.'],
  ['name with a line end', named('王\n'), 'A name is something to read aloud.'],
  ['name with a zero byte', named('王\0'), 'A name is something to read aloud.'],
  ['name with a bidi override', named('\u202e王'), 'It would turn the words around it.'],
  ['name with a zero-width space', named('王\u200b'), 'It would look like another name.'],
  ['name with a filler', named('\u3164'), 'It would look like no name.'],
  ['name that ends in a space', named('王 '), 'It would look like another name.'],
  ['name that is not in NFC', named('Zoe\u0301'), 'It would have two spellings.'],
];

async function damagedProofs(): Promise<readonly Row[]> {
  const text = codeToText(await prove(issue(live)));
  return [['proof cut short', text.slice(0, -3), 'The last two bytes are missing.']];
}

const unknownKeys: readonly Row[] = [
  [
    'unknown key',
    codeToText(issue(printedClaims(stranger.kid), stranger)),
    'Another authority, or nobody.',
  ],
  [
    'key of another role',
    codeToText(issue(printedClaims(keys.bulletin.kid), keys.bulletin)),
    'A bulletin key signs no codes.',
  ],
];

const forgedClaims: readonly Row[] = [
  ['another colour', forge({ ...printed, colour: 'red' }, printed), 'A red code, made green.'],
  [
    'another check-in',
    forge(printed, { ...printed, checkedInAt: printed.issuedAt }),
    'A later one.',
  ],
  ['another status index', forge(printed, { ...printed, statusIndex: 1 }), 'Of a green neighbour.'],
  ['another name', forge(printed, { ...printed, name: '李*' }), 'Of the one who carries it.'],
  ['another shard', forge(printed, { ...printed, statusIndex: 2 ** 20 + 123_456 }), 'The uri too.'],
  ['signed by a stranger', codeToText(issue(printed, stranger)), "Under the authority's kid."],
  [
    'signed for another issuer',
    codeToText(issue(printed, keys.code, 'https://wuhan.example')),
    'iss comes from the trust.',
  ],
  [
    'signature of zeros',
    codeToText({ claims: printed, signature: new Uint8Array(64) }),
    'r and s are at least 1.',
  ],
];

const { header, payload } = codeToJwt(printed, ISSUER);
const headed = (members: object) =>
  over(JSON.stringify({ ...JSON.parse(header), ...members }), payload);
const saying = (from: string | RegExp, to: string) => over(header, payload.replace(from, to));
const signedOver: readonly (readonly [what: string, text: string])[] = [
  ['a header without kid', headed({ kid: undefined })],
  ['jku', headed({ jku: 'https://evil.example' })],
  ['jwk', headed({ jwk: keys.code.jwk })],
  ['zip', headed({ zip: 'DEF' })],
  ['crit', headed({ crit: ['exp'], exp: NOW + DAY })],
  ['alg none', headed({ alg: 'none' })],
  ['another typ', headed({ typ: 'JWT' })],
  ['another order of the header', over('{"typ":"hc+jwt","alg":"ES256"}', payload)],
  ['another order', saying(/^\{("iss":"[^"]+"),("sub":"[^"]+")/, '{$2,$1')],
  ['white space', saying(',', ', ')],
  ['a byte order mark', saying(/^/, '\ufeff')],
  ['a line end', saying(/$/, '\n')],
  ['a duplicate member', saying('{', '{"colour":"red",')],
  ['an aud', saying(/}$/, ',"aud":"someone"}')],
  ['an exp after ten years', saying(/"exp":\d+/, `"exp":${printed.issuedAt + 3652 * DAY}`)],
  ['an exp of 1e300', saying(/"exp":\d+/, '"exp":1e300')],
  ['an iat that is text', saying(/"iat":(\d+)/, '"iat":"$1"')],
];
const forgedHeaders = signedOver.map(
  ([what, text]): Row => [`signed over ${what}`, text, 'Header and payload are rebuilt, not read.'],
);

async function forgedProofs(): Promise<readonly Row[]> {
  const shown = await prove(issue(live));
  const later = { ...shown.proof, at: NOW + 1 };
  const words = await proofToJwt(codeToJws(live, shown.signature, ISSUER), NOW);
  const proved = (header: string, payload: string) => {
    const signature = sign(signingInput({ header, payload }), holder);
    return codeToText({ ...shown, proof: { at: NOW, signature } });
  };
  const stolen = { ...live, holder: { x: secondHolder.jwk.x, y: secondHolder.jwk.y } };
  const rebuilt = 'Header and payload are rebuilt, not read.';
  return [
    ['proof by a stranger', codeToText(await prove(issue(live), NOW, stranger)), 'Not the holder.'],
    [
      'bound to the key of whoever copied it',
      codeToText(await prove({ ...issue(live), claims: stolen }, NOW, secondHolder)),
      "The issuer signs the holder's key, so that a sound proof is not enough.",
    ],
    [
      'proof by the issuer',
      codeToText(await prove(issue(live), NOW, keys.code)),
      'Not the holder.',
    ],
    [
      'proof by the key of another code',
      codeToText(await prove(issue(live), NOW, secondHolder)),
      'Not the holder.',
    ],
    [
      'proof signed over jwk',
      proved(words.header.replace(/}$/, `,"jwk":${JSON.stringify(holder.jwk)}}`), words.payload),
      rebuilt,
    ],
    [
      'proof signed over an aud',
      proved(words.header, words.payload.replace(/}$/, ',"aud":"someone"}')),
      rebuilt,
    ],
    [
      'proof signed over white space',
      proved(words.header, words.payload.replace(',', ', ')),
      rebuilt,
    ],
    [
      'the two signatures exchanged',
      codeToText({
        claims: live,
        signature: shown.proof.signature,
        proof: { at: NOW, signature: shown.signature },
      }),
      'Each is by its own key and over its own words.',
    ],
    ['proof of another time', codeToText({ ...shown, proof: later }), 'The proof signs its time.'],
    [
      'proof over another code',
      codeToText({ ...issue({ ...live, name: '李*' }), proof: shown.proof }),
      'The proof signs its code.',
    ],
    [
      'twin signature under a proof',
      codeToText({ ...shown, signature: twin(shown.signature) }),
      'The proof is over the very signature of the code.',
    ],
  ];
}

/** Claims under a signature that is over others. */
function forge(signed: Claims, said: Claims): string {
  return codeToText({ ...issue(signed), claims: said });
}

/** A printed code with a signature over words of our own. */
function over(headerText: string, payloadText: string): string {
  const signature = sign(signingInput({ header: headerText, payload: payloadText }), keys.code);
  return codeToText({ claims: printed, signature });
}

/** The bytes of a code with some of them taken out, and others put in. */
function bend(
  claims: Claims,
  [at, out, put]: readonly [at: number, out: number, put: readonly number[]],
): string {
  const bytes = [...pack(issue(claims))];
  bytes.splice(at, out, ...put);
  return `KK1:${encodeBase45(Uint8Array.from(bytes))}`;
}

/** A printed code with any name, soundly signed. */
function named(name: string): string {
  const code: PackedCode = issue({ ...printed, name });
  const bytes = [...pack({ claims: printed, signature: code.signature })];
  const put = utf8(name);
  bytes.splice(24, 8, put.length, ...put);
  return `KK1:${encodeBase45(Uint8Array.from(bytes))}`;
}
