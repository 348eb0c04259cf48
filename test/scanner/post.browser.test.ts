import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_POLICY } from '../../src/core/documents/policy.ts';
import type { StationRole } from '../../src/core/protocol/station.ts';
import type { Verdict } from '../../src/core/verdict/decide.ts';
import { REASONS, type Reason } from '../../src/core/verdict/reasons.ts';
import type { Outcome, Subject } from '../../src/scanner/pipeline.ts';
import { CLAIMED_WITHIN, FEVER_CLAIMED_WITHIN } from '../../src/scanner/state/first-reading.ts';
import { createPost, PASS_SHOWN, PERSON_SHOWN } from '../../src/scanner/state/post.ts';
import { openPractice } from '../../src/scanner/state/practice.ts';
import { live } from '../core/verdict/situation.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const POLICY = { ...DEFAULT_POLICY, fever: { ...DEFAULT_POLICY.fever, site: 'ear' as const } };

/** A post whose pipeline answers with these reasons, one after the other. */
function setUp(...reasons: Reason[]) {
  return setUpAs('checkpoint', ...reasons);
}

function setUpAs(role: StationRole, ...reasons: Reason[]) {
  const announced: string[] = [];
  const judged: Subject[] = [];
  const shown = { pass: PASS_SHOWN };
  const post = createPost({
    pipeline: {
      identify: (text) =>
        Promise.resolve({
          evidence: text.startsWith('code')
            ? { kind: 'code', code: live({ sub: text }) }
            : { kind: 'refused', refusal: 'not-a-code' },
          actions: {},
          text,
        }),
      present: (evidence) => Promise.resolve({ evidence, actions: {} }),
      judge: (subject): Promise<Outcome> => {
        const reason = reasons[judged.length] ?? 'green';
        judged.push(subject);
        const verdict: Verdict = { verdict: REASONS[reason], reason, amber: [] };
        return Promise.resolve({ subject, verdict, record: undefined });
      },
    },
    announce: (verdict) => announced.push(verdict),
    policy: () => POLICY,
    role: () => role,
    passShown: () => shown.pass,
  });
  return { post, announced, judged, shown };
}

test('a pass goes back to the camera by itself', async () => {
  const { post, announced } = setUp('green');
  await post.scanned('a');
  expect(post.scene.value).toMatchObject({ name: 'verdict' });
  vi.advanceTimersByTime(PASS_SHOWN);
  expect(post.scene.value).toEqual({ name: 'scan' });
  expect(announced).toEqual(['pass']);
});

test('a pass stays for as long as was chosen, and not a moment longer', async () => {
  const { post, shown } = setUp('green');
  shown.pass = 3000;
  await post.scanned('a');
  vi.advanceTimersByTime(2999);
  expect(post.scene.value).toMatchObject({ name: 'verdict' });
  vi.advanceTimersByTime(1);
  expect(post.scene.value).toEqual({ name: 'scan' });
});

test('a pass that is held stays until it is let go', async () => {
  const { post } = setUp('green');
  await post.scanned('a');
  post.hold();
  vi.advanceTimersByTime(PASS_SHOWN * 10);
  expect(post.scene.value).toMatchObject({ name: 'verdict', held: true });
  post.next();
  expect(post.scene.value).toEqual({ name: 'scan' });
});

test('a stop stays until somebody taps', async () => {
  const { post } = setUp('red');
  await post.scanned('a');
  vi.advanceTimersByTime(3_600_000);
  expect(post.scene.value).toMatchObject({ name: 'verdict' });
});

test('personal data leaves the screen after 30 s, and the verdict does not', async () => {
  const { post } = setUp('red');
  await post.scanned('a');
  expect(post.personShown.value).toBe(true);
  vi.advanceTimersByTime(PERSON_SHOWN);
  expect(post.personShown.value).toBe(false);
  expect(post.scene.value).toMatchObject({ name: 'verdict' });
});

describe('whoever leaves before they are measured', () => {
  test('is recorded as undecided, and the camera is back at once', async () => {
    const { post, judged, announced } = setUp('needs-reading', 'left');
    await post.scanned('code 1');
    await post.leave();
    expect(post.scene.value).toEqual({ name: 'scan' });
    expect(judged.map(({ actions }) => actions.left)).toEqual([undefined, true]);
    expect(post.newest.value?.verdict.reason).toBe('left');
    // Nobody waits for this verdict.
    expect(announced).toEqual(['measure']);
  });

  test('leaves no reading behind that could be nobody’s', async () => {
    const { post, judged } = setUp('needs-reading', 'implausible-reading', 'left');
    await post.scanned('code 1');
    await post.measured(300);
    await post.leave();
    expect(judged.at(-1)?.actions).toMatchObject({ left: true, reading: undefined });
  });

  test('has a record already when it is the second measurement that they do not wait for', async () => {
    const { post, judged } = setUp('fever', 'needs-reading');
    await post.scanned('code 1');
    await post.measureAgain();
    await post.leave();
    expect(post.scene.value).toEqual({ name: 'scan' });
    expect(judged).toHaveLength(2);
  });

  test('is nobody where nobody has shown a code yet', async () => {
    const { post, judged } = setUpAs('temperature', 'needs-reading');
    await post.measureFirst();
    await post.leave();
    expect(post.scene.value).toEqual({ name: 'scan' });
    expect(judged).toHaveLength(1);
  });

  test('is recorded once, however often it is tapped', async () => {
    const { post, judged } = setUp('needs-reading', 'left');
    await post.scanned('code 1');
    await Promise.all([post.leave(), post.leave()]);
    expect(judged).toHaveLength(2);
  });
});

test('nobody is scanned while somebody else is being measured', async () => {
  const { post, judged } = setUp('needs-reading', 'green');
  expect(await post.scanned('a')).toBe(true);
  expect(await post.scanned('b')).toBe(false);
  expect(judged).toHaveLength(1);
});

test('a code that comes while another is judged is not taken, and so can be told again', async () => {
  const { post, judged } = setUp('red', 'red');
  const first = post.scanned('a');
  expect(await post.scanned('b')).toBe(false);
  expect(await first).toBe(true);
  post.next();
  expect(await post.scanned('b')).toBe(true);
  expect(judged).toHaveLength(2);
});

test('a person who is still in view is not judged again', async () => {
  const { post, judged } = setUp('red');
  await post.scanned('a', () => false);
  expect(judged).toHaveLength(0);
});

test('a second measurement after a fever is judged as one', async () => {
  const { post, judged } = setUp('needs-reading', 'fever', 'needs-reading', 'remeasured');
  await post.scanned('a');
  await post.measured(376);
  await post.measureAgain();
  await post.measured(366);
  expect(judged.map(({ actions }) => actions)).toEqual([
    {},
    { reading: { tenths: 376, site: 'ear', instrument: 'keypad' } },
    { reading: undefined, remeasured: true },
    { reading: { tenths: 366, site: 'ear', instrument: 'keypad' }, remeasured: true },
  ]);
});

test('a temperature beside a stop is asked for until it can be one, and judged then', async () => {
  const said: string[] = [];
  const post = openPractice((verdict) => said.push(verdict));
  const reason = () => {
    const { value } = post.scene;
    return value.name === 'scan' ? undefined : value.outcome.verdict.reason;
  };
  await post.scanned('red');
  await post.takeReading();
  expect(reason()).toBe('needs-reading');
  await post.measured(290);
  expect(reason()).toBe('implausible-reading');
  expect(post.newest.value?.subject.actions.reading).toBeUndefined();
  await post.measured(382);
  expect(reason()).toBe('red');
  expect(post.newest.value?.subject.actions.reading).toMatchObject({ tenths: 382 });
  expect(said).toEqual(['stop', 'measure', 'measure', 'stop']);
});

test('behind a pass, held or not, a reader begins the next person', async () => {
  for (const isHeld of [false, true]) {
    const { post, judged } = setUp('green', 'red');
    await post.scanned('a');
    if (isHeld) post.hold();
    expect(await post.handed('b')).toBe(true);
    expect(judged).toHaveLength(2);
    vi.advanceTimersByTime(PASS_SHOWN * 2);
    expect(post.scene.value).toMatchObject({
      name: 'verdict',
      held: false,
      outcome: { verdict: { reason: 'red' } },
    });
  }
});

test('what could not be checked gives way to a reader, to the same code too', async () => {
  const { post, judged } = setUp('unknown-key', 'green');
  await post.handed('a');
  expect(await post.handed('a')).toBe(true);
  expect(judged).toHaveLength(2);
});

test.each(['red', 'needs-reading'] as const)(
  'a reader does not send %s away, and what waits is announced again',
  async (reason) => {
    const { post, announced, judged } = setUp(reason);
    await post.handed('a');
    expect(await post.handed('b')).toBe(false);
    expect(judged).toHaveLength(1);
    expect(announced).toEqual([REASONS[reason], REASONS[reason]]);
    post.next();
    expect(await post.handed('b')).toBe(true);
  },
);

test('a scan while another is being judged waits until it is clear what that one is', async () => {
  const { post, judged } = setUp('green', 'red', 'green');
  const taken = await Promise.all(['a', 'b', 'c'].map((text) => post.handed(text)));
  expect(taken).toEqual([true, true, false]);
  expect(judged).toHaveLength(2);
});

test('a timer of the person before never sends the next one away', async () => {
  const { post } = setUp('green', 'red');
  await post.scanned('a');
  post.next();
  await post.scanned('b');
  vi.advanceTimersByTime(PASS_SHOWN * 2);
  expect(post.scene.value).toMatchObject({
    name: 'verdict',
    outcome: { verdict: { reason: 'red' } },
  });
});

describe('what staff do while a code is identified', () => {
  test('somebody without a code is judged after whoever passes', async () => {
    const { post, judged } = setUp('green', 'no-code');
    const scanned = post.scanned('code');
    expect(await post.withoutCode('certificate', '0042', 'no-phone')).toBe(true);
    await scanned;
    expect(judged.map(({ evidence }) => evidence.kind)).toEqual(['code', 'no-code']);
  });

  test('a stop that it brings is not taken away', async () => {
    const { post, judged, announced } = setUp('red');
    const scanned = post.scanned('code');
    expect(await post.withoutCode('certificate', '0042', 'no-phone')).toBe(false);
    await scanned;
    expect(judged).toHaveLength(1);
    expect(announced).toEqual(['stop', 'stop']);
  });

  test('what they said of one person is never said of the next', async () => {
    const { post, judged } = setUp('unknown-key', 'red');
    await post.scanned('code a');
    const handed = post.handed('code b');
    await Promise.all([post.override('mistake', 'S-9'), handed]);
    expect(judged.map(({ actions }) => actions)).toEqual([{}, {}]);
  });

  test('a second tap changes nothing', async () => {
    const { post, judged } = setUp('confirm-guardian', 'needs-reading');
    await post.scanned('code');
    await Promise.all([post.checkGuardian(true), post.checkGuardian(false)]);
    expect(judged.map(({ actions }) => actions)).toEqual([{}, { guardianConfirmed: true }]);
  });
});

describe('a reading that comes by itself', () => {
  const byBluetooth = { instrument: 'bluetooth' } as const;

  test('is that of whoever is being measured, at the site that the thermometer names', async () => {
    const { post, judged } = setUp('needs-reading', 'green');
    await post.scanned('code');
    expect(await post.measured(365, { ...byBluetooth, site: 'axilla' })).toBe(true);
    expect(judged.at(-1)?.actions).toEqual({
      reading: { tenths: 365, site: 'axilla', instrument: 'bluetooth' },
    });
    expect(post.scene.value).toMatchObject({ name: 'verdict' });
  });

  test('while the code is still being judged, waits for the question', async () => {
    const { post, judged } = setUp('needs-reading', 'green');
    const scanned = post.scanned('code');
    expect(await post.measured(365, byBluetooth)).toBe(true);
    await scanned;
    expect(judged).toHaveLength(2);
  });

  test("at a checkpoint is nobody's before a scan, and after a verdict", async () => {
    const { post, judged } = setUp('red');
    expect(await post.measured(365, byBluetooth)).toBe(false);
    await post.scanned('code');
    expect(await post.measured(365, byBluetooth)).toBe(false);
    expect(judged).toHaveLength(1);
    expect(judged[0]?.actions).toEqual({});
  });

  test('while guardian or identity card is compared, is kept for when that is done', async () => {
    const { post, judged } = setUp('check-identity', 'check-identity', 'green');
    await post.scanned('code');
    await post.measured(365, byBluetooth);
    await post.checkIdentity(true);
    expect(judged.at(-1)?.actions).toMatchObject({
      reading: { tenths: 365 },
      identityConfirmed: true,
    });
  });
});

describe('at a temperature station', () => {
  const reading = { tenths: 365, site: 'ear', instrument: 'keypad' };

  test('a reading before the code is that of the code that follows, and of no other', async () => {
    const { post, judged } = setUpAs('temperature', 'green', 'needs-reading');
    await post.measured(365);
    expect(post.firstReading.value).toEqual(reading);
    expect(judged).toHaveLength(0);
    await post.scanned('code a');
    expect(judged[0]?.actions).toEqual({ reading });
    expect(post.firstReading.value).toBeUndefined();
    post.next();
    await post.scanned('code b');
    expect(judged[1]?.actions).toEqual({});
  });

  test('what is no code does not use it up', async () => {
    const { post, judged } = setUpAs('temperature', 'not-a-code', 'green');
    await post.measured(365);
    await post.scanned('a poster');
    post.next();
    await post.scanned('code');
    expect(judged.map(({ actions }) => actions)).toEqual([{}, { reading }]);
  });

  test('a person registered without a code has it too', async () => {
    const { post, judged } = setUpAs('temperature', 'no-code-allowed');
    await post.measured(365);
    await post.withoutCode('certificate', '0042', 'phone-dead');
    expect(judged[0]?.actions).toEqual({ reading });
  });

  test('when no code comes it is recorded alone, once, and nobody has to tap', async () => {
    const { post, judged } = setUpAs('temperature', 'reading-only', 'needs-reading');
    await post.measured(365);
    await vi.advanceTimersByTimeAsync(CLAIMED_WITHIN - 1);
    expect(judged).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(judged).toEqual([{ evidence: { kind: 'reading-only' }, actions: { reading } }]);
    expect(post.scene.value).toEqual({ name: 'scan' });
    expect(post.newest.value?.verdict.reason).toBe('reading-only');
    await post.scanned('code');
    expect(judged[1]?.actions).toEqual({});
    await vi.advanceTimersByTimeAsync(CLAIMED_WITHIN * 2);
    expect(judged).toHaveLength(2);
  });

  test('a fever waits for its code or a tap, and sounds as a stop at once', async () => {
    const { post, judged, announced } = setUpAs('temperature', 'fever');
    await post.measured(376);
    expect(announced).toEqual(['stop']);
    await vi.advanceTimersByTimeAsync(CLAIMED_WITHIN * 10);
    expect(judged).toHaveLength(0);
    expect(post.firstReading.value?.tenths).toBe(376);
    await post.recordAlone();
    expect(post.scene.value).toMatchObject({ name: 'verdict' });
    expect(judged).toHaveLength(1);
  });

  test('a fever whose code never came is recorded alone before it could be of anybody', async () => {
    const { post, judged } = setUpAs('temperature', 'fever', 'needs-reading');
    await post.measured(376);
    await vi.advanceTimersByTimeAsync(FEVER_CLAIMED_WITHIN);
    expect(judged).toMatchObject([{ evidence: { kind: 'reading-only' } }]);
    expect(post.newest.value?.verdict.reason).toBe('fever');
    await post.scanned('code');
    expect(judged[1]?.actions).toEqual({});
  });

  test('a reading that is given up is recorded alone, once', async () => {
    const { post, judged } = setUpAs('temperature', 'fever', 'needs-reading');
    await post.measured(376);
    post.giveUpReading();
    post.giveUpReading();
    await vi.advanceTimersByTimeAsync(FEVER_CLAIMED_WITHIN * 2);
    expect(judged).toHaveLength(1);
    expect(post.scene.value).toEqual({ name: 'scan' });
    await post.scanned('code');
    expect(judged[1]?.actions).toEqual({});
  });

  test('a reading while a pass is still shown is that of the next person', async () => {
    const { post, judged, announced } = setUpAs('temperature', 'green', 'green');
    await post.scanned('code a');
    expect(await post.measured(376)).toBe(true);
    expect(post.scene.value).toMatchObject({ name: 'verdict' });
    expect(announced).toEqual(['pass', 'stop']);
    vi.advanceTimersByTime(PASS_SHOWN);
    expect(post.scene.value).toEqual({ name: 'scan' });
    await post.scanned('code b');
    expect(judged.map(({ actions }) => actions.reading?.tenths)).toEqual([undefined, 376]);
  });

  test('one that cannot be right takes the place of a pass, and is asked again', async () => {
    const { post } = setUpAs('temperature', 'green', 'implausible-reading');
    await post.scanned('code a');
    await post.measured(300);
    vi.advanceTimersByTime(PASS_SHOWN * 2);
    expect(post.scene.value).toMatchObject({ name: 'measure' });
  });

  test("while somebody is stopped a reading is nobody's, and a fever is recorded alone", async () => {
    const { post, judged, announced } = setUpAs('temperature', 'red', 'fever', 'needs-reading');
    await post.scanned('code a');
    const { value } = post.scene;
    expect(await post.measured(365)).toBe(false);
    expect(await post.measured(376)).toBe(true);
    expect(announced).toEqual(['stop', 'stop', 'stop']);
    expect(post.scene.value).toBe(value);
    expect(judged.slice(1)).toMatchObject([{ evidence: { kind: 'reading-only' } }]);
    post.next();
    await post.scanned('code b');
    expect(judged[2]?.actions).toEqual({});
  });

  test('whoever shows no code is measured again as the same person', async () => {
    const { post, judged } = setUpAs('temperature', 'fever', 'needs-reading', 'reading-only');
    await post.measured(376);
    await post.recordAlone();
    await post.measureAgain();
    await post.measured(366);
    expect(post.firstReading.value).toBeUndefined();
    expect(judged[2]?.actions).toMatchObject({ reading: { tenths: 366 }, remeasured: true });
    expect(new Set(judged.map(({ evidence }) => evidence)).size).toBe(1);
  });

  test('a reading that is recorded alone while a code is identified is lost to nobody', async () => {
    const { post, judged } = setUpAs('temperature', 'not-a-code', 'fever');
    await post.measured(376);
    const poster = post.scanned('a poster');
    await Promise.all([post.recordAlone(), poster]);
    expect(judged.map(({ actions }) => actions.reading?.tenths)).toEqual([undefined, 376]);
  });

  test('a code that is identified while its reading is recorded alone has it, and nobody else', async () => {
    const { post, judged } = setUpAs('temperature', 'green');
    await post.measured(365);
    const scanned = post.scanned('code');
    await Promise.all([post.recordAlone(), scanned]);
    expect(judged).toMatchObject([{ evidence: { kind: 'code' }, actions: { reading } }]);
  });

  test('the next reading does not lose the one before', async () => {
    const { post, judged } = setUpAs('temperature', 'reading-only');
    await post.measured(365);
    await post.measured(371);
    expect(judged[0]?.actions.reading?.tenths).toBe(365);
    expect(post.firstReading.value?.tenths).toBe(371);
  });

  test('one that cannot be right is asked again, and kept for no code', async () => {
    const { post } = setUpAs('temperature', 'implausible-reading');
    await post.measured(300);
    expect(post.firstReading.value).toBeUndefined();
    expect(post.scene.value).toMatchObject({ name: 'measure' });
    await post.measured(365);
    expect(post.firstReading.value).toEqual(reading);
    expect(post.scene.value).toEqual({ name: 'scan' });
  });

  test('it can be asked for by a tap, before any code', async () => {
    const { post } = setUpAs('temperature', 'needs-reading');
    await post.measureFirst();
    expect(post.scene.value).toMatchObject({ name: 'measure' });
    await post.measured(365);
    expect(post.firstReading.value).toEqual(reading);
  });
});
