import { describe, expect, test } from 'vitest';
import { COLOURS } from '../../../src/core/code/claims.ts';
import { decide, type Knowledge } from '../../../src/core/verdict/decide.ts';
import {
  type NoCodeDocument,
  OVERRIDE_REASONS,
  REASONS,
} from '../../../src/core/verdict/reasons.ts';
import { NOW, OPEN_POLICY } from '../make.ts';
import { judge, judgeEvidence, KNOWING, live, printed, reading } from './situation.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const measured = { reading: reading() };
const febrile = { reading: reading(376) };
const policyWith = (changes: Partial<typeof OPEN_POLICY>) => ({
  policy: { ...OPEN_POLICY, ...changes },
});

describe('rule 1: green', () => {
  test('and measured without fever: pass', () => {
    expect(judge(live(), measured)).toEqual({ verdict: 'pass', reason: 'green', amber: [] });
  });
  test('without a reading: measure', () => {
    expect(judge(live(), {})).toEqual({ verdict: 'measure', reason: 'needs-reading', amber: [] });
  });
  test('with fever: stop', () => {
    expect(judge(live(), febrile)).toMatchObject({ verdict: 'stop', reason: 'fever' });
  });
  test.each([339, 431, 0, -365, 36.5, 365.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'with a reading of %d tenths: measure again',
    (tenths) => {
      expect(judge(live(), { reading: reading(tenths) })).toMatchObject({
        verdict: 'measure',
        reason: 'implausible-reading',
      });
    },
  );
});

describe('rule 2: every other colour', () => {
  test.each(['yellow', 'red', 'grey'] as const)('%s: stop, measured or not', (colour) => {
    for (const actions of [{}, measured]) {
      expect(judge(live({ colour }), actions)).toMatchObject({ verdict: 'stop', reason: colour });
    }
  });
  test('with a fever too, the colour is the reason', () => {
    expect(judge(live({ colour: 'red' }), febrile).reason).toBe('red');
  });
  test('with a temperature that staff want all the same, once it can be one', () => {
    const judgeRed = (tenths?: number) =>
      judge(live({ colour: 'red' }), {
        measuring: true,
        ...(tenths && { reading: reading(tenths) }),
      }).reason;
    expect([judgeRed(), judgeRed(290), judgeRed(382)]).toEqual([
      'needs-reading',
      'implausible-reading',
      'red',
    ]);
  });
});

describe('rule 3: green lasts three days from the last check-in', () => {
  const checkedIn = (ago: number, code = live) => judge(code({ checkedInAt: NOW - ago }), measured);
  test('it lasts to the last second', () => {
    expect(checkedIn(3 * DAY - 1).reason).toBe('green');
  });
  test('then it has lapsed, and the verdict says how long the person was silent', () => {
    expect(checkedIn(3 * DAY)).toEqual({
      verdict: 'stop',
      reason: 'lapsed',
      amber: [],
      age: 3 * DAY,
    });
  });
  test('a printed code has a validity of its own', () => {
    const policy = policyWith({ validity: { live: 3 * DAY, printed: 14 * DAY } });
    const actions = { ...measured, guardianConfirmed: true };
    const old = { checkedInAt: NOW - 10 * DAY };
    expect(judge(printed(old), actions, policy).reason).toBe('green');
    expect(judge(live(old), actions, policy).reason).toBe('lapsed');
  });
  test('a yellow code that lapsed is yellow', () => {
    expect(judge(live({ colour: 'yellow', checkedInAt: NOW - 9 * DAY })).reason).toBe('yellow');
  });
});

describe('rule 4: green passage opens', () => {
  const passage = (opensAt: number | null, areas: Record<string, number | null> = {}) =>
    policyWith({ passage: { opensAt, areas } });
  test('at its very second, and not before', () => {
    expect(judge(live(), measured, passage(NOW)).reason).toBe('green');
    expect(judge(live(), measured, passage(NOW + 1))).toMatchObject({
      verdict: 'stop',
      reason: 'passage-closed',
    });
  });
  test('not at all while headquarters has named no time', () => {
    expect(judge(live(), measured, passage(null)).reason).toBe('passage-closed');
  });
  test("by the code's own area", () => {
    expect(judge(live(), measured, passage(null, { '4206': NOW })).reason).toBe('green');
    expect(judge(live(), measured, passage(0, { '420606': null })).reason).toBe('passage-closed');
  });
  test('and a closed passage comes before a lapsed check-in', () => {
    const code = live({ checkedInAt: NOW - 9 * DAY });
    expect(judge(code, measured, passage(null)).reason).toBe('passage-closed');
  });
});

describe('rule 5: the status list', () => {
  test.each([
    ['green', 'yellow', 'yellow'],
    ['green', 'red', 'red'],
    ['yellow', 'red', 'red'],
    ['grey', 'yellow', 'yellow'],
    ['red', 'yellow', 'red'],
    ['red', 'as-issued', 'red'],
    ['grey', 'as-issued', 'grey'],
  ] as const)('of a %s code says %s: %s', (colour, status, reason) => {
    expect(judge(live({ colour }), measured, { status }).reason).toBe(reason);
  });
  test.each(COLOURS)('voids a %s code', (colour) => {
    expect(judge(live({ colour }), measured, { status: 'void' })).toMatchObject({
      verdict: 'stop',
      reason: 'void',
    });
  });
  test('a printed code whose owner turned red stops, whatever the paper says', () => {
    const actions = { ...measured, guardianConfirmed: true };
    expect(judge(printed(), actions, { status: 'red' }).reason).toBe('red');
  });
});

describe('rule 6: a live code carries a fresh proof', () => {
  test.each([-60, 0, 60])('one of %d seconds ago is fresh', (ago) => {
    expect(judge(live({}, NOW - ago)).reason).toBe('green');
  });
  test.each([61, 3600])('one of %d seconds ago is a screenshot: stop', (ago) => {
    expect(judge(live({}, NOW - ago))).toEqual({
      verdict: 'stop',
      reason: 'stale-proof',
      amber: [],
      age: ago,
    });
  });
  test.each([61, 3600])('one of %d seconds ahead is a wrong clock, and no refusal', (ahead) => {
    expect(judge(live({}, NOW + ahead))).toEqual({
      verdict: 'unverified',
      reason: 'proved-in-future',
      amber: [],
      age: ahead,
    });
  });
  test('the window is policy', () => {
    expect(judge(live({}, NOW - 30), measured, policyWith({ proofWindow: 29 })).reason).toBe(
      'stale-proof',
    );
  });
  test('its age is reckoned at the scan, since measuring can outlast it', () => {
    const shownAt = (seenAt: number) =>
      judgeEvidence({ kind: 'code', code: live({}, NOW - 120), seenAt }).reason;
    expect(shownAt(NOW - 100)).toBe('green');
    expect(shownAt(NOW)).toBe('stale-proof');
  });
  test('none at all: stop', () => {
    const { claims } = live();
    expect(judge({ claims })).toMatchObject({ verdict: 'stop', reason: 'no-proof' });
  });
  test('a printed code needs none, but its guardian has to be confirmed', () => {
    expect(judge(printed(), measured)).toMatchObject({
      verdict: 'measure',
      reason: 'confirm-guardian',
    });
    expect(judge(printed(), { guardianConfirmed: true }).reason).toBe('needs-reading');
    expect(judge(printed(), { ...measured, guardianConfirmed: true }).reason).toBe('green');
    expect(judge(printed(), { ...measured, guardianConfirmed: false })).toMatchObject({
      verdict: 'stop',
      reason: 'guardian-mismatch',
    });
  });
});

describe('an identity card', () => {
  const asked = policyWith({ identityCheck: true });

  test('is looked at beside a code, before the reading, where the policy says so', () => {
    expect(judge(live(), {})).toMatchObject({ reason: 'needs-reading' });
    expect(judge(live(), {}, asked)).toMatchObject({
      verdict: 'measure',
      reason: 'check-identity',
    });
    expect(judge(live(), { identityConfirmed: true }, asked).reason).toBe('needs-reading');
    expect(judge(live(), { ...measured, identityConfirmed: true }, asked).reason).toBe('green');
  });
  test('of somebody else stops', () => {
    expect(judge(live(), { ...measured, identityConfirmed: false }, asked)).toMatchObject({
      verdict: 'stop',
      reason: 'identity-mismatch',
    });
  });
  test('is itself what a person without a code shows', () => {
    const shown = { kind: 'no-code', document: 'certificate', number: '2020-17' } as const;
    expect(judgeEvidence(shown, measured, asked).reason).toBe('no-code-allowed');
  });
});

describe('a temperature before any code', () => {
  const nobody = { kind: 'reading-only' } as const;

  test('is asked for, and asked again when it cannot be one', () => {
    expect(judgeEvidence(nobody, {}).reason).toBe('needs-reading');
    expect(judgeEvidence(nobody, { reading: reading(300) }).reason).toBe('implausible-reading');
  });
  test('stops with a fever, and lets nobody pass without one', () => {
    expect(judgeEvidence(nobody, { reading: reading(373) })).toMatchObject({
      verdict: 'stop',
      reason: 'fever',
    });
    expect(judgeEvidence(nobody, measured)).toMatchObject({
      verdict: 'unverified',
      reason: 'reading-only',
    });
  });
});

describe('rule 7: fever', () => {
  const at = (tenths: number, inclusive: boolean, threshold = 373) =>
    judge(
      live(),
      { reading: reading(tenths) },
      policyWith({ fever: { ...OPEN_POLICY.fever, threshold, inclusive } }),
    ).reason;
  test('at 37.3 where the threshold is included', () => {
    expect([372, 373, 374].map((tenths) => at(tenths, true))).toEqual(['green', 'fever', 'fever']);
  });
  test('above 37.3 where it is not', () => {
    expect([372, 373, 374].map((tenths) => at(tenths, false))).toEqual(['green', 'green', 'fever']);
  });
  test('at another threshold, if the policy says so', () => {
    expect([369, 370].map((tenths) => at(tenths, true, 370))).toEqual(['green', 'fever']);
  });
  test('earlier at this station: stop, whatever the reading is now', () => {
    for (const actions of [{}, measured]) {
      expect(judge(live(), actions, { feverEarlier: true })).toMatchObject({
        verdict: 'stop',
        reason: 'fever-earlier',
      });
    }
  });
  test('earlier: with how long ago that was, where it is known', () => {
    const known = { feverEarlier: true, feverAgo: 3 };
    expect(judge(live(), {}, known)).toMatchObject({ reason: 'fever-earlier', age: 3 });
    expect(judge(live(), {}, { feverEarlier: true }).age).toBeUndefined();
  });
  test('a second measurement without fever undoes it', () => {
    const again = (tenths?: number) =>
      judge(
        live(),
        { remeasured: true, reading: tenths === undefined ? undefined : reading(tenths) },
        { feverEarlier: true },
      );
    expect(again()).toMatchObject({ verdict: 'measure', reason: 'needs-reading' });
    expect(again(366)).toMatchObject({ verdict: 'pass', reason: 'remeasured' });
    expect(again(376)).toMatchObject({ verdict: 'stop', reason: 'fever' });
  });
  test('turns yellow away again only here, and only with a second measurement', () => {
    const yellow = { status: 'yellow' } as const;
    const here = { ...yellow, feverEarlier: true };
    const again = { ...measured, remeasured: true };
    expect(judge(live(), measured, here).reason).toBe('fever-earlier');
    expect(judge(live(), again, here).reason).toBe('remeasured');
    expect(judge(live({ colour: 'yellow' }), again, here).reason).toBe('remeasured');
    expect(judge(live(), again, yellow).reason).toBe('yellow');
    expect(judge(live(), again, { ...here, status: 'red' }).reason).toBe('red');
    expect(judge(live({ colour: 'grey' }), again, here).reason).toBe('grey');
  });
  test('a second measurement is taken, whatever else stands in the way, and then that is said', () => {
    const closed = policyWith({ passage: { opensAt: null, areas: {} } });
    const old = { ages: { ...KNOWING.ages, bulletin: 48 * HOUR } };
    for (const [reason, code, knowledge] of [
      ['passage-closed', live(), closed],
      ['lapsed', live({ checkedInAt: NOW - 3 * DAY }), {}],
      ['bulletin-expired', live(), old],
      ['status-expired', live(), { ages: { ...KNOWING.ages, status: 48 * HOUR } }],
      ['red', live({ colour: 'red' }), {}],
    ] as const) {
      const again = (tenths?: number) =>
        judge(
          code,
          { remeasured: true, ...(tenths && { reading: reading(tenths) }) },
          { ...knowledge, feverEarlier: true },
        ).reason;
      expect([again(), again(300), again(366)]).toEqual([
        'needs-reading',
        'implausible-reading',
        reason,
      ]);
    }
  });
  test('beside a yellow that was there before is not measured away, and is told', () => {
    const known = { feverEarlier: true, feverAgo: 60, feverBeside: true } as const;
    for (const colour of ['yellow', 'red', 'grey'] as const) {
      expect(judge(live({ colour }), { ...measured, remeasured: true }, known)).toMatchObject({
        reason: colour,
        feverEarlier: true,
        age: 60,
      });
    }
    expect(judge(live({ colour: 'red' }), {})).not.toHaveProperty('feverEarlier');
    expect(judge(live(), {}, known).reason).toBe('fever-earlier');
  });
  test('stops a person also where the device cannot judge the code, or nobody has read the guardian', () => {
    expect(judge(live(), febrile, { policy: undefined }).reason).toBe('fever');
    expect(judge(live(), febrile, { ages: { ...KNOWING.ages, status: undefined } }).reason).toBe(
      'fever',
    );
    expect(judge(live({ checkedInAt: NOW - 9 * DAY }), febrile).reason).toBe('fever');
    expect(judge(printed(), febrile).reason).toBe('fever');
  });
});

describe('rule 8: no code', () => {
  const without = (document: NoCodeDocument, actions = {}, knowledge = {}) =>
    judgeEvidence({ kind: 'no-code', document, number: '20200310' }, actions, knowledge);
  test('is measured first', () => {
    expect(without('resident-id')).toMatchObject({ verdict: 'measure', reason: 'needs-reading' });
    expect(without('certificate')).toMatchObject({ verdict: 'measure', reason: 'needs-reading' });
  });
  test('passes or stops as the policy says of the document', () => {
    expect(without('certificate', measured)).toMatchObject({
      verdict: 'pass',
      reason: 'no-code-allowed',
    });
    expect(without('resident-id', measured)).toMatchObject({ verdict: 'stop', reason: 'no-code' });
    const turned = policyWith({ noCode: { 'resident-id': 'pass', certificate: 'stop' } });
    expect(without('resident-id', measured, turned).reason).toBe('no-code-allowed');
    expect(without('certificate', measured, turned).reason).toBe('no-code');
  });
  test('a passport and a permit are to the policy what an identity card is', () => {
    const open = policyWith({ noCode: { 'resident-id': 'pass', certificate: 'stop' } });
    for (const document of ['passport', 'hk-macau-permit', 'taiwan-permit'] as const) {
      expect(without(document).reason).toBe('needs-reading');
      expect(without(document, measured).reason).toBe('no-code');
      expect(without(document, measured, open).reason).toBe('no-code-allowed');
    }
  });
  test('and nothing to show stops at once, whatever the policy, and is measured all the same', () => {
    const open = policyWith({ noCode: { 'resident-id': 'pass', certificate: 'pass' } });
    expect(without('none', {}, open)).toMatchObject({ verdict: 'stop', reason: 'no-code' });
    expect(without('none', measured, open).reason).toBe('no-code');
    expect(without('none', { measuring: true }, open).reason).toBe('needs-reading');
    expect(without('none', febrile, open).reason).toBe('fever');
    expect(without('none', { override: 'medical' }, open).verdict).toBe('pass');
  });
  test('stops with a fever, now or earlier', () => {
    expect(without('certificate', febrile).reason).toBe('fever');
    expect(without('certificate', measured, { feverEarlier: true }).reason).toBe('fever-earlier');
  });
  test('needs no status list, but a bulletin that says what holds', () => {
    const ages = { ...KNOWING.ages, status: undefined };
    expect(without('certificate', measured, { ages, status: undefined }).reason).toBe(
      'no-code-allowed',
    );
    expect(without('certificate', measured, { policy: undefined }).reason).toBe('bulletin-missing');
  });
});

describe('whoever leaves before staff have done what was asked for', () => {
  test('was neither let pass nor refused', () => {
    const gone = { verdict: 'unverified', reason: 'left' };
    expect(judge(live(), { left: true })).toMatchObject(gone);
    expect(judge(printed(), { left: true })).toMatchObject(gone);
    expect(judge(live(), { left: true, reading: reading(300) })).toMatchObject(gone);
  });
  test('stays what they are when nothing was left to do', () => {
    expect(judge(live({ colour: 'red' }), { left: true }).reason).toBe('red');
    expect(judge(live(), { ...measured, left: true }).reason).toBe('green');
  });
});

describe('rule 9: a failed check is unverified', () => {
  const unverified: [string, string, Partial<Knowledge>][] = [
    ['no trust', 'not-enrolled', { ages: { ...KNOWING.ages, trust: undefined } }],
    ['a clock behind', 'clock-behind', { now: { ok: false, reason: 'clock-behind' } }],
    ['trust of 90 days', 'trust-expired', { ages: { ...KNOWING.ages, trust: 90 * DAY } }],
    ['no bulletin', 'bulletin-missing', { ages: { ...KNOWING.ages, bulletin: undefined } }],
    ['no policy', 'bulletin-missing', { policy: undefined }],
    ['a bulletin of 48 h', 'bulletin-expired', { ages: { ...KNOWING.ages, bulletin: 48 * HOUR } }],
    ['no status list', 'status-missing', { ages: { ...KNOWING.ages, status: undefined } }],
    ['an index out of range', 'status-out-of-range', { status: undefined }],
    ['a status list of 48 h', 'status-expired', { ages: { ...KNOWING.ages, status: 48 * HOUR } }],
  ];
  test.each(unverified)('%s: %s', (_, reason, knowledge) => {
    expect(judge(live(), measured, knowledge)).toMatchObject({ verdict: 'unverified', reason });
  });
  test('what has expired is named with its age', () => {
    const ages = { trust: 91 * DAY, bulletin: 49 * HOUR, status: 50 * HOUR };
    expect(judge(live(), measured, { ages }).age).toBe(91 * DAY);
    expect(judge(live(), measured, { ages: { ...ages, trust: 1 } }).age).toBe(49 * HOUR);
    expect(judge(live(), measured, { ages: { ...ages, trust: 1, bulletin: 1 } }).age).toBe(
      50 * HOUR,
    );
  });
  test.each(['not-a-code', 'other-version', 'damaged', 'unknown-key', 'key-out-of-date'] as const)(
    'a text that is %s is unverified',
    (refusal) => {
      expect(judgeEvidence({ kind: 'refused', refusal })).toMatchObject({
        verdict: 'unverified',
        reason: refusal,
      });
    },
  );
  test('a forged code is no failed check: stop', () => {
    expect(judgeEvidence({ kind: 'refused', refusal: 'forged' })).toMatchObject({
      verdict: 'stop',
      reason: 'forged',
    });
  });
  test('a code from the future is unverified, with two minutes of grace', () => {
    const issued = (ahead: number) =>
      judge(live({ issuedAt: NOW + ahead, checkedInAt: NOW + ahead, expiresAt: NOW + 9 * DAY }));
    expect(issued(120).reason).toBe('green');
    expect(issued(121)).toMatchObject({
      verdict: 'unverified',
      reason: 'issued-in-future',
      age: 121,
    });
  });
  test.each([
    ['trust', 30 * DAY],
    ['bulletin', 24 * HOUR],
    ['status', 24 * HOUR],
  ] as const)('%s that is amber passes, flagged', (source, age) => {
    const pass = judge(live(), measured, { ages: { ...KNOWING.ages, [source]: age } });
    expect(pass).toEqual({ verdict: 'pass', reason: 'green', amber: [source] });
  });
  test('a person without a code is not flagged for the status list', () => {
    const ages = { trust: 30 * DAY, bulletin: 24 * HOUR, status: 40 * HOUR };
    const evidence = { kind: 'no-code', document: 'certificate', number: '20200310' } as const;
    expect(judgeEvidence(evidence, measured, { ages }).amber).toEqual(['trust', 'bulletin']);
  });
});

describe('rule 10: a supervisor may override', () => {
  test.each(OVERRIDE_REASONS)(
    'with the reason %s, and the verdict says what it set aside',
    (override) => {
      expect(judge(live({ colour: 'red' }), { override })).toEqual({
        verdict: 'pass',
        reason: 'override',
        overridden: 'red',
        amber: [],
      });
    },
  );
  test('what could not be verified too, flagged by what is amber', () => {
    const ages = { trust: 40 * DAY, bulletin: 50 * HOUR, status: 60 };
    expect(judge(live(), { override: 'medical' }, { ages })).toEqual({
      verdict: 'pass',
      reason: 'override',
      overridden: 'bulletin-expired',
      amber: ['trust'],
    });
  });
  test('but not a measurement that is still to be made, and no pass', () => {
    expect(judge(live(), { override: 'official' }).reason).toBe('needs-reading');
    expect(judge(live(), { ...measured, override: 'official' }).reason).toBe('green');
  });
});

describe('a code in force', () => {
  test('ends at its hard end', () => {
    const ending = (expiresAt: number) => judge(live({ expiresAt }));
    expect(ending(NOW + 1).reason).toBe('green');
    expect(ending(NOW)).toMatchObject({ verdict: 'stop', reason: 'expired', age: 0 });
  });
  test('ends when its key is retired', () => {
    expect(judge(live(), measured, { retired: ['BBBBBB'] }).reason).toBe('green');
    expect(judge(live(), measured, { retired: ['BBBBBB', 'AAAAAA'] })).toMatchObject({
      verdict: 'stop',
      reason: 'key-retired',
    });
  });
});

test('reasons come in order: mending the first of all that is wrong shows the next', () => {
  let knowledge: Knowledge = {
    now: { ok: false, reason: 'clock-behind' },
    policy: undefined,
    ages: { trust: undefined, bulletin: undefined, status: undefined },
    retired: ['AAAAAA'],
    status: 'void',
    feverEarlier: false,
  };
  let code = printed({ colour: 'grey', expiresAt: NOW - DAY, checkedInAt: NOW - 9 * DAY });
  let actions = {};
  const know = (changes: Partial<Knowledge>) => {
    knowledge = { ...knowledge, ...changes };
  };
  const closed = { ...OPEN_POLICY, passage: { opensAt: null, areas: {} } };
  const ages = (trust: number, bulletin?: number, status?: number) =>
    know({ ages: { trust, bulletin, status } });
  const mend: [keyof typeof REASONS, () => void][] = [
    ['not-enrolled', () => ages(99 * DAY)],
    ['clock-behind', () => know({ now: { ok: true, value: NOW } })],
    ['trust-expired', () => ages(0)],
    ['key-retired', () => know({ retired: [] })],
    [
      'expired',
      () => {
        code = printed({ colour: 'grey', checkedInAt: NOW - 9 * DAY });
      },
    ],
    ['void', () => know({ status: 'red' })],
    ['red', () => know({ status: 'yellow' })],
    ['yellow', () => know({ status: undefined, feverEarlier: true })],
    [
      'grey',
      () => {
        code = printed({ checkedInAt: NOW - 9 * DAY });
      },
    ],
    [
      'fever-earlier',
      () => {
        actions = { remeasured: true, reading: reading(380) };
      },
    ],
    [
      'fever',
      () => {
        actions = { remeasured: true, reading: reading() };
      },
    ],
    [
      'bulletin-missing',
      () => {
        know({ policy: closed });
        ages(0, 3 * DAY);
      },
    ],
    ['bulletin-expired', () => ages(0, 0)],
    ['status-missing', () => ages(0, 0, 3 * DAY)],
    ['status-out-of-range', () => know({ status: 'as-issued' })],
    ['status-expired', () => ages(0, 0, 0)],
    ['passage-closed', () => know({ policy: OPEN_POLICY })],
    [
      'lapsed',
      () => {
        code = printed();
      },
    ],
    [
      'confirm-guardian',
      () => {
        actions = { ...actions, guardianConfirmed: true };
      },
    ],
    ['remeasured', () => know({ feverEarlier: false })],
    [
      'green',
      () => {
        actions = { ...actions, reading: undefined, remeasured: false };
      },
    ],
    [
      'needs-reading',
      () => {
        actions = { ...actions, reading: reading(300) };
      },
    ],
    [
      'implausible-reading',
      () => {
        actions = { ...actions, reading: reading() };
      },
    ],
    ['green', () => {}],
  ];
  for (const [reason, mendIt] of mend) {
    const verdict = decide({ kind: 'code', code }, knowledge, actions);
    expect(verdict.reason).toBe(reason);
    expect(verdict.verdict).toBe(REASONS[reason]);
    mendIt();
  }
});

describe('a clock that differs from the authority’s', () => {
  const AHEAD = 5 * 60;
  const known = (clockAhead: number, ages = KNOWING.ages) => ({ clockAhead, ages });

  test('when it is ahead, makes no screenshot of a living screen', () => {
    expect(judge(live({}, NOW - AHEAD), measured).reason).toBe('stale-proof');
    expect(judge(live({}, NOW - AHEAD), measured, known(AHEAD))).toEqual({
      verdict: 'unverified',
      reason: 'clock-wrong',
      amber: [],
      age: AHEAD,
    });
  });
  test('saves no screenshot that is old by either clock', () => {
    const screenshot = live({}, NOW - AHEAD - HOUR);
    expect(judge(screenshot, measured, known(AHEAD)).reason).toBe('stale-proof');
  });
  test('when it is behind, is named before the phone’s', () => {
    expect(judge(live({}, NOW + AHEAD), measured).reason).toBe('proved-in-future');
    expect(judge(live({}, NOW + AHEAD), measured, known(-AHEAD)).reason).toBe('clock-wrong');
  });
  test('saves nobody whom the colour stops', () => {
    for (const clockAhead of [AHEAD, -AHEAD]) {
      const verdict = judge(printed({ colour: 'red' }), {}, { clockAhead });
      expect(verdict.reason).toBe('red');
    }
  });
  test('does not let a check-in lapse, or a list expire, that has not', () => {
    const shown = printed({ issuedAt: NOW - 3 * DAY, checkedInAt: NOW - 3 * DAY });
    const actions = { ...measured, guardianConfirmed: true };
    expect(judge(shown, actions).reason).toBe('lapsed');
    expect(judge(shown, actions, known(DAY)).reason).toBe('clock-wrong');
    const ages = { trust: 0, bulletin: 60, status: 2 * DAY };
    expect(judge(shown, actions, known(DAY, ages)).reason).toBe('clock-wrong');
  });
  test('stops nobody who passes by this device’s own', () => {
    for (const clockAhead of [AHEAD, -AHEAD, DAY, -DAY]) {
      expect(judge(live(), measured, { clockAhead }).reason).toBe('green');
    }
  });
  test('asks for the time of the scan, not for that of the reading', () => {
    const code = { kind: 'code', code: live({}, NOW - AHEAD - 90), seenAt: NOW - 90 } as const;
    expect(judgeEvidence(code, measured, known(AHEAD)).reason).toBe('clock-wrong');
  });
  test('is no way to judge by a clock that is refused', () => {
    const knowledge = { now: { ok: false, reason: 'clock-behind' }, clockAhead: -DAY } as const;
    expect(judge(live(), measured, knowledge).reason).toBe('clock-behind');
  });
});
