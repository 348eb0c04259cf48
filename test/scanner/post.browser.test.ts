import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Verdict } from '../../src/core/verdict/decide.ts';
import { REASONS, type Reason } from '../../src/core/verdict/reasons.ts';
import type { Outcome, Subject } from '../../src/scanner/pipeline.ts';
import { createPost, PASS_SHOWN, PERSON_SHOWN } from '../../src/scanner/state/post.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A post whose pipeline answers with these reasons, one after the other. */
function setUp(...reasons: Reason[]) {
  const announced: string[] = [];
  const judged: Subject[] = [];
  const post = createPost({
    pipeline: {
      identify: (text) =>
        Promise.resolve({
          evidence: { kind: 'refused', refusal: 'not-a-code' },
          actions: {},
          text,
        }),
      judge: (subject): Promise<Outcome> => {
        const reason = reasons[judged.length] ?? 'green';
        judged.push(subject);
        const verdict: Verdict = { verdict: REASONS[reason], reason, amber: [] };
        return Promise.resolve({ subject, verdict, record: undefined });
      },
    },
    announce: (verdict) => announced.push(verdict),
    bodySite: () => 'forehead',
  });
  return { post, announced, judged };
}

test('a pass goes back to the camera by itself', async () => {
  const { post, announced } = setUp('green');
  await post.scanned('a');
  expect(post.scene.value).toMatchObject({ name: 'verdict' });
  vi.advanceTimersByTime(PASS_SHOWN);
  expect(post.scene.value).toEqual({ name: 'scan' });
  expect(announced).toEqual(['pass']);
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
    { reading: { tenths: 376, site: 'forehead', instrument: 'keypad' } },
    { reading: undefined, remeasured: true },
    { reading: { tenths: 366, site: 'forehead', instrument: 'keypad' }, remeasured: true },
  ]);
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
