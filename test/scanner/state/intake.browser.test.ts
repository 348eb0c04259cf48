import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/core/documents/policy.ts';
import type { StationRole } from '../../../src/core/protocol/station.ts';
import { REASONS, type Reason } from '../../../src/core/verdict/reasons.ts';
import type { Decoder } from '../../../src/scanner/capture/decoder.ts';
import { type Desk, openDesk } from '../../../src/scanner/state/desk.ts';
import type { EngineRoom } from '../../../src/scanner/state/engine-room.ts';
import { type Intake, openIntake } from '../../../src/scanner/state/intake.ts';
import { createPost, type Post } from '../../../src/scanner/state/post.ts';
import { PRACTICE_CODE } from '../../../src/scanner/state/practice-code.ts';
import { blankStore } from '../../device/station.ts';

const BADGE = 'KB1:ANY';
let taken: string[];
let desk: Desk;
let post: Post;
let intake: Intake;
/** What whoever comes next is judged as. */
let reason: Reason;
let role: StationRole;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  taken = [];
  role = 'checkpoint';
  desk = await openDesk(await blankStore(), (_, text) => taken.push(text));
  post = createPost({
    pipeline: {
      identify: () =>
        Promise.resolve({ evidence: { kind: 'refused', refusal: 'not-a-code' }, actions: {} }),
      present: (evidence) => Promise.resolve({ evidence, actions: {} }),
      judge: (subject) => {
        const verdict = { verdict: REASONS[reason], reason, amber: [] };
        return Promise.resolve({ subject, verdict, record: undefined });
      },
    },
    announce: () => {},
    policy: () => DEFAULT_POLICY,
    role: () => role,
    passShown: () => 60_000,
  });
  const engines = {
    decoder: signal({ state: 'failed' as const }),
    ready: () => Promise.reject(new Error('no engine')),
  };
  intake = openIntake(post, engines, desk);
});
afterEach(() => {
  vi.useRealTimers();
});

const see = (text: string) => intake.seen(text, () => true);

test('a badge that is held before the camera is one badge, until it was away for ten seconds', async () => {
  for (let second = 0; second < 30; second++) {
    await see(BADGE);
    vi.advanceTimersByTime(1000);
  }
  expect(taken).toEqual([BADGE]);
  vi.advanceTimersByTime(9000);
  await see(BADGE);
  expect(taken).toEqual([BADGE, BADGE]);
});

test('the badge that answered a question starts nothing while it is still held there', async () => {
  desk.asking.value = () => {};
  await see(BADGE);
  desk.asking.value = undefined;
  await see(BADGE);
  expect(taken).toEqual([BADGE]);
});

test("while a supervisor's badge is asked for, whatever is shown is an answer, and nobody is judged", async () => {
  desk.asking.value = () => {};
  reason = 'green';
  await see('https://example.com/menu');
  expect(taken).toEqual(['https://example.com/menu']);
  expect(post.scene.value).toEqual({ name: 'scan' });
});

test.each(['red', 'needs-reading'] as const)('behind %s a badge waits', async (found) => {
  reason = found;
  await see('a code');
  const { value } = post.scene;
  await intake.seen(BADGE, () => true);
  expect(taken).toEqual([]);
  expect(post.scene.value).toBe(value);
});

test('behind a pass a badge is taken, and the pass is over', async () => {
  reason = 'green';
  await see('a code');
  expect(post.scene.value.name).toBe('verdict');
  await see(BADGE);
  expect(taken).toEqual([BADGE]);
  expect(post.scene.value).toEqual({ name: 'scan' });
});

test('what was wrong with a reading is no longer said once another one waits for its code', async () => {
  role = 'temperature';
  intake.notify('notMeasured');
  await post.measured(365);
  expect(intake.notice.value).toBeUndefined();
});

test('a picture that an engine died of is read by the one that takes its place', async () => {
  const decoderThat = (read: () => string | undefined): Decoder => ({
    engine: 'zxing-wasm',
    async decode(frame) {
      frame.close();
      return { text: read() };
    },
    close() {},
  });
  const second = decoderThat(() => PRACTICE_CODE);
  let ready = decoderThat(() => {
    ready = second;
    return undefined;
  });
  const engines: EngineRoom = {
    decoder: signal({ state: 'failed' }),
    ready: () => Promise.resolve(ready),
  };
  const canvas = new OffscreenCanvas(8, 8);
  canvas.getContext('2d');
  const file = await canvas.convertToBlob();
  const { notice, picture } = openIntake(post, engines, desk);
  await picture(file);
  expect(notice.value).toBe('practiceCode');
  ready = decoderThat(() => undefined);
  await picture(file);
  expect(notice.value).toBe('noQr');
});
