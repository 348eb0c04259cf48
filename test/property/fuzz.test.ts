import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, expect, test } from 'vitest';
import { fromBase64url, toBase64url, utf8 } from '../../src/core/bytes.ts';
import { decodeBase45, encodeBase45 } from '../../src/core/code/base45.ts';
import { pack, unpack } from '../../src/core/code/pack.ts';
import { readCode } from '../../src/core/code/read.ts';
import { codeFromText, codeToText } from '../../src/core/code/text.ts';
import { issueCode, proveCode } from '../../src/core/code/write.ts';
import { BULLETIN } from '../../src/core/documents/bulletin.ts';
import { Policy } from '../../src/core/documents/policy.ts';
import { openDocument, parseStrict } from '../../src/core/documents/signed.ts';
import {
  encodeChanges,
  openStatusDelta,
  STATUS_DELTA,
} from '../../src/core/documents/status-delta.ts';
import { openStatusList } from '../../src/core/documents/status-list.ts';
import { openTrust, rootThumbprint } from '../../src/core/documents/trust.ts';
import { formatEnrolmentLink, parseEnrolmentLink } from '../../src/core/enrolment.ts';
import { CodeRequest, EnrolmentClaims } from '../../src/core/protocol/station.ts';
import { BatchBody, openBatch, signBatch } from '../../src/core/record/batch.ts';
import { carriedText, parseCarried } from '../../src/core/record/carried.ts';
import { headsAfter } from '../../src/core/record/chain.ts';
import { RECEIPT } from '../../src/core/record/receipt.ts';
import { RecordSchema } from '../../src/core/record/record.ts';
import { residentIdProblem } from '../../src/core/resident-id.ts';
import { tenthsFromDigits } from '../../src/core/verdict/typed-reading.ts';
import {
  ISSUER,
  liveClaims,
  makeAuthority,
  makeBulletin,
  makeKey,
  makeStatusList,
  NOW,
  OPEN_POLICY,
  printedClaims,
  signDocument,
} from '../core/make.ts';
import { arbitraryCode, FUZZING, RUNS } from './arbitraries.ts';
import { bentJson, cutBytes, cutText, shapedText } from './distorted.ts';

/** In all, over every parser. */
const INPUTS = FUZZING ? RUNS : 20_000;
/** `npm test` is the same every time; `npm run fuzz` is another every time, and says which. */
const SEED = FUZZING ? Date.now() : 20_200_310;

const { keys, trusted, trust, text: trustText } = await makeAuthority();
const holder = await makeKey();
const device = await makeKey();
const thumbprint = await rootThumbprint(trust.root);
const digest = 'A'.repeat(43);

const paper = await issueCode(printedClaims(keys.code.kid), ISSUER, keys.code.privateKey);
const issued = await issueCode(liveClaims(keys.code.kid, holder.jwk), ISSUER, keys.code.privateKey);
const liveCode = await proveCode(issued, ISSUER, holder.privateKey, NOW);
const receipt = { iss: ISSUER, device: digest, first: 1, last: 1, head: digest, iat: NOW };
const list = await makeStatusList([[1, 'red']]);
const packedList = fromBase64url(list.status_list.lst) ?? new Uint8Array();
const signDelta = (changes: string) => {
  const claims = { sub: `${ISSUER}/status/0`, iat: NOW, from: 1, to: 2, changes };
  return signDocument(claims, STATUS_DELTA.typ, keys.status);
};
const [head = ''] = await headsAfter(digest, 1, ['x']);
const batch = await signBatch(
  { device: digest, first: 1, last: 1, before: digest, head },
  device.privateKey,
);
const carried = { kakou: 'records' as const, v: 1 as const, batches: [{ batch, records: ['x'] }] };
const good = {
  printed: codeToText(paper),
  unproved: codeToText(issued),
  live: codeToText(liveCode),
  trust: trustText,
  bulletin: await signDocument(makeBulletin(), BULLETIN.typ, keys.bulletin),
  status: await signDocument(list, 'statuslist+jwt', keys.status),
  delta: await signDelta(encodeChanges([[7, 'red']])),
  receipt: await signDocument(receipt, RECEIPT.typ, keys.receipt),
  batch,
  carried: carriedText(carried),
};
const link = formatEnrolmentLink({
  authority: 'https://kakou.example',
  root: digest,
  token: 'A'.repeat(22),
});
const resident = '11010519491231002X';
const record = {
  v: 1,
  device: digest,
  n: 1,
  at: NOW,
  verdict: 'stop',
  reason: 'fever',
  code: {
    sub: 'AQIDBAUGBwg',
    kind: 'live',
    colour: 'green',
    area: '420606',
    statusIndex: 7,
    issuedAt: NOW,
  },
  reading: { tenths: 381, site: 'forehead', instrument: 'keypad' },
  ages: { trust: 60, bulletin: 60, status: null },
  amber: ['status'],
};

const counts: { parser: string; inputs: number; taken: number }[] = [];
afterAll(() => {
  if (!FUZZING) return;
  const inputs = counts.reduce((sum, one) => sum + one.inputs, 0);
  console.log(`seed ${SEED}, ${inputs} inputs`);
  console.table(counts);
});

/**
 * Gives a parser its share of the inputs, in thousandths. It must not throw, and what it
 * takes must be the very thing that its value is written as.
 *
 * @param again undefined when the input is refused; else the input, made from what was read
 */
function fuzz<Input>(
  parser: string,
  share: number,
  inputs: fc.Arbitrary<Input>,
  again: (input: Input) => unknown,
): void {
  test(`${parser} never throws, and takes nothing that it would not write`, async () => {
    let [tried, taken] = [0, 0];
    const property = fc.asyncProperty(inputs, async (input) => {
      tried++;
      const written = await again(input);
      if (written === undefined) return;
      taken++;
      expect(written).toEqual(input);
    });
    await fc.assert(property, { numRuns: Math.ceil((INPUTS * share) / 1000), seed: SEED });
    counts.push({ parser, inputs: tried, taken });
    // Else nothing was tried but the first check of many.
    expect(taken).toBeGreaterThan(0);
  }, 1_200_000);
}

const alphabet = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:');
const codeBytes = arbitraryCode([holder.jwk, device.jwk])
  .map(pack)
  .chain((bytes) => fc.oneof(fc.constant(bytes), cutBytes(bytes)));

fuzz(
  'base45',
  150,
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: alphabet, maxLength: 40 }),
    fc.uint8Array({ maxLength: 40 }).map(encodeBase45).chain(cutText),
  ),
  (text) => {
    const bytes = decodeBase45(text);
    return bytes && encodeBase45(bytes);
  },
);

fuzz('base64url', 80, fc.oneof(fc.base64String(), shapedText, cutText(digest)), (text) => {
  const bytes = fromBase64url(text);
  return bytes && toBase64url(bytes);
});

fuzz('unpack', 150, fc.oneof(fc.uint8Array({ maxLength: 220 }), codeBytes), (bytes) => {
  const code = unpack(bytes);
  return code && pack(code);
});

fuzz(
  'strict JSON',
  100,
  fc.oneof(
    shapedText,
    fc
      .jsonValue()
      .map((value) => JSON.stringify(value))
      .chain(cutText),
  ),
  (text) => {
    const value = parseStrict(utf8(text), v.unknown());
    return value === undefined ? undefined : JSON.stringify(value);
  },
);

const anyCode = fc.oneof(
  shapedText,
  codeBytes.map((bytes) => `KK1:${encodeBase45(bytes)}`),
  cutBytes(pack(liveCode)).map((bytes) => `KK1:${encodeBase45(bytes)}`),
  cutText(good.live),
  cutText(good.printed),
);

fuzz('codeFromText', 150, anyCode, (text) => {
  const code = codeFromText(text);
  return code.ok ? codeToText(code.value) : undefined;
});

// From here on signatures are looked at: of all inputs only what was signed may be taken.

fuzz('readCode', 40, anyCode, async (text) => {
  const code = await readCode(text, trusted);
  if (!code.ok) return undefined;
  if (code.value.claims.kind === 'printed') return good.printed;
  return code.value.provedAt === undefined ? good.unproved : good.live;
});

fuzz('openTrust', 30, fc.oneof(shapedText, cutText(good.trust)), async (text) =>
  (await openTrust(text, { thumbprint })).ok ? good.trust : undefined,
);

fuzz(
  'openDocument, of a bulletin',
  30,
  fc.oneof(shapedText, cutText(good.bulletin)),
  async (text) => ((await openDocument(text, BULLETIN, trusted)).ok ? good.bulletin : undefined),
);

fuzz('openDocument, of a receipt', 30, fc.oneof(shapedText, cutText(good.receipt)), async (text) =>
  (await openDocument(text, RECEIPT, trusted)).ok ? good.receipt : undefined,
);

fuzz('openStatusList', 30, fc.oneof(shapedText, cutText(good.status)), async (text) =>
  (await openStatusList(text, 0, trusted)).ok ? good.status : undefined,
);

fuzz('openStatusDelta', 15, fc.oneof(shapedText, cutText(good.delta)), async (text) =>
  (await openStatusDelta(text, 0, trusted)).ok ? good.delta : undefined,
);

fuzz('openBatch', 15, fc.oneof(shapedText, cutText(good.batch)), async (batch) => {
  const opened = await openBatch({ batch, records: ['x'] }, device.publicKey);
  return opened.ok ? good.batch : undefined;
});

// Signed by the right key, and nonsense all the same.

fuzz(
  'a signed bulletin, bent',
  15,
  bentJson(makeBulletin()).chain((value) => cutText(JSON.stringify(value) ?? '')),
  async (words) => {
    const text = await signDocument(words, BULLETIN.typ, keys.bulletin);
    const opened = await openDocument(text, BULLETIN, trusted);
    return opened.ok ? spelledLike(words, opened.value) : undefined;
  },
);

fuzz('a signed delta, of any bytes', 5, fc.uint8Array({ maxLength: 12 }), async (bytes) => {
  const text = await signDelta(toBase64url(bytes));
  const opened = await openStatusDelta(text, 0, trusted);
  return opened.ok ? fromBase64url(encodeChanges(opened.value.changes)) : undefined;
});

fuzz('a signed status list, of any bytes', 10, cutBytes(packedList), async (bytes) => {
  const status_list = { bits: 2, lst: toBase64url(bytes) };
  const text = await signDocument({ ...list, status_list }, 'statuslist+jwt', keys.status);
  const opened = await openStatusList(text, 0, trusted);
  // What was packed is inflated whole, or not at all.
  return opened.ok && opened.value.bits.length > 0 ? bytes : undefined;
});

// What is not signed itself.

fuzz('enrolment link', 50, fc.oneof(shapedText, cutText(link)), (text) => {
  const parsed = parseEnrolmentLink(text);
  if (!parsed.ok) return undefined;
  // Browsers and messengers spell a fragment in more than one way: it is the words that count.
  expect(parseEnrolmentLink(formatEnrolmentLink(parsed.value))).toEqual(parsed);
  return text;
});

fuzz(
  'file of carried records',
  20,
  fc.oneof(
    shapedText,
    cutText(good.carried),
    bentJson(carried).map((value) => JSON.stringify(value) ?? ''),
  ),
  (text) => {
    const parsed = parseCarried(text);
    return parsed.ok ? spelledLike(text, parsed.value) : undefined;
  },
);

fuzz(
  'resident ID, and digits of a temperature',
  20,
  fc.oneof(shapedText, cutText(resident)),
  (text) => {
    tenthsFromDigits(text);
    return residentIdProblem(text) === undefined ? text : undefined;
  },
);

/** Strict: nothing is in what is taken but what the schema names. */
const schemas: Record<string, readonly [schema: v.GenericSchema, value: unknown]> = {
  receipt: [RECEIPT.schema, receipt],
  record: [RecordSchema, record],
  'body of a batch': [BatchBody, { batch, records: ['x'] }],
};
for (const [name, [schema, value]] of Object.entries(schemas)) {
  fuzz(`schema: ${name}`, 10, bentJson(value), (bent) => {
    const parsed = v.safeParse(schema, bent);
    return parsed.success ? parsed.output : undefined;
  });
}

/** What an older authority left out has its default; nothing else is added or passed over. */
const completed: typeof schemas = {
  policy: [Policy, OPEN_POLICY],
  bulletin: [BULLETIN.schema, makeBulletin()],
};
for (const [name, [schema, value]] of Object.entries(completed)) {
  fuzz(`schema: ${name}`, 10, bentJson(value), (bent) => {
    const parsed = v.safeParse(schema, bent);
    if (!parsed.success) return undefined;
    expect(parsed.output).toMatchObject(bent as object);
    return bent;
  });
}

/** A key that a browser exports says more than is asked for: that is left out, once for all. */
const tolerant: typeof schemas = {
  'enrolment claims': [EnrolmentClaims, { token: 'token', jwk: device.jwk }],
  'request of a code': [CodeRequest, { ticket: 'ticket', jwk: device.jwk }],
};
for (const [name, [schema, value]] of Object.entries(tolerant)) {
  fuzz(`schema: ${name}`, 5, bentJson(value), (bent) => {
    const parsed = v.safeParse(schema, bent);
    if (!parsed.success) return undefined;
    expect(v.parse(schema, parsed.output)).toEqual(parsed.output);
    return bent;
  });
}

/** The words, if they say this value and nothing else, in whatever order. */
function spelledLike(words: string, value: unknown): string {
  expect(JSON.parse(words)).toEqual(value);
  return JSON.stringify(JSON.parse(words));
}
