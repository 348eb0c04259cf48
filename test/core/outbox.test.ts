import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type OutboxCommand,
  type OutboxEvent,
  type OutboxState,
  RESTING,
  type Run,
  step,
} from '../../src/core/outbox.ts';

/** What the network and the authority do with one upload. */
type Fate =
  | 'answered'
  | 'lost'
  | 'answer-lost'
  | 'duplicated'
  | 'busy'
  | 'too-large'
  | 'refused'
  | 'missing'
  | 'restored'
  | 'other-first'
  | 'other-last'
  | 'other-head'
  | 'hangs'
  | 'answer-hangs';

type Act =
  | { readonly act: 'write' | 'wake' | 'online' | 'patience' | 'crash' | 'rested' | 'work' }
  | { readonly act: 'upload'; readonly fate: Fate; readonly dice: number };

const text = 'the signed text of a receipt';

/**
 * A device, a wire and an authority. The disk and the authority survive everything; the
 * machine and its commands do not survive a crash.
 */
class World {
  state: OutboxState = RESTING;
  commands: OutboxCommand[] = [];
  readonly disk: number[] = [];
  readonly safe = new Set<number>();
  written = 0;
  sends = 0;
  /** What is being sent gets no answer, until somebody loses patience. */
  hanging = false;
  /** Seconds of rest that were asked for, not over yet. */
  rest = 0;
  readonly timers: number[] = [];

  do(act: Act): void {
    if (act.act === 'write') {
      this.written += 1;
      this.disk.push(this.written);
      this.report({ type: 'written' });
    }
    if (act.act === 'wake') this.report({ type: 'wake' });
    if (act.act === 'online') this.report({ type: 'online' });
    if (act.act === 'patience') this.losePatience();
    if (act.act === 'rested') this.rest = 0;
    if (act.act === 'crash') {
      this.state = RESTING;
      this.commands = [];
      this.hanging = false;
    }
    if (act.act === 'work') this.work();
    if (act.act === 'upload') this.work(act.fate, act.dice);
  }

  /** Carries out the next command. */
  work(fate: Fate = 'answered', dice = 0): void {
    const command = this.commands.shift();
    if (command?.type === 'load') {
      const { rest } = this;
      this.report({ type: 'loaded', run: this.oldest(command.limit), rest });
    }
    if (command?.type === 'rest') this.rest = command.seconds;
    if (command?.type === 'send') {
      this.sends += 1;
      expect(this.rest, 'a send while rest was asked for').toBe(0);
      const answer = this.upload(command, fate, dice);
      if (answer) this.report(answer);
      else this.hanging = true;
      if (answer && fate === 'duplicated') this.report(answer);
    }
    if (command?.type === 'delete') this.delete(command.run);
    if (command?.type === 'wake-after') this.timers.push(command.seconds);
  }

  losePatience(): void {
    if (!this.hanging) return;
    this.hanging = false;
    this.report({ type: 'unreachable', cause: 'no-answer', dice: 0.5 });
  }

  report(event: OutboxEvent): void {
    const before = this.state;
    const [state, commands] = step(before, event);
    this.state = state;
    this.commands.push(...commands.filter(({ type }) => type !== 'hurry'));
    // A few seconds, which are over at once.
    if (commands.some(({ type }) => type === 'hurry')) this.losePatience();
    const sending = commands.some(({ type }) => type === 'send');
    const again = before.phase === 'sending' && event.type !== 'missing';
    expect(sending && again, 'a send while sending').toBe(false);
    const paused = state.phase === 'waiting' || state.phase === 'halted';
    if (paused && before !== state) {
      expect(commands.map(({ type }) => type).filter((type) => type !== 'rest')).toEqual([
        'wake-after',
      ]);
    }
    for (const command of commands) {
      if (command.type === 'delete') {
        expect(event).toEqual({ type: 'receipt', receipt: command.run, text: command.receipt });
      }
    }
  }

  oldest(limit: number): Run | undefined {
    expect(limit).toBeGreaterThanOrEqual(1);
    expect(limit).toBeLessThanOrEqual(500);
    const [first, last] = [this.disk[0], this.disk.slice(0, limit).at(-1)];
    return first === undefined || last === undefined ? undefined : runOf(first, last);
  }

  delete({ first, last }: Run): void {
    for (let n = first; n <= last; n++) expect(this.safe, `${n} was deleted`).toContain(n);
    this.disk.splice(0, last - first + 1);
  }

  /** @returns undefined when no answer comes. */
  upload(
    { run, vouched }: { run: Run; vouched: boolean },
    fate: Fate,
    dice: number,
  ): OutboxEvent | undefined {
    const { first, last } = run;
    switch (fate) {
      case 'hangs':
        return undefined;
      case 'lost':
        return { type: 'unreachable', cause: dice < 0.5 ? 'no-answer' : 'stranger', dice };
      case 'busy':
        return { type: 'busy', dice, retryAfter: dice < 0.5 ? undefined : dice * 1e6 };
      case 'too-large':
        return { type: 'too-large' };
      case 'refused':
        return { type: 'refused', problem: 'barred' };
      case 'missing':
        return { type: 'missing', first: dice < 0.5 ? first : first - 1 };
      // It has lost what it confirmed, and takes the device's word for it, with its receipt.
      case 'restored':
        if (!vouched) return { type: 'missing', first: first - 1 };
        break;
      // Receipts with a good signature, for other records.
      case 'other-first':
        return { type: 'receipt', receipt: { ...run, first: first + 1 }, text };
      case 'other-last':
        return { type: 'receipt', receipt: { ...run, last: last + 1 }, text };
      case 'other-head':
        return { type: 'receipt', receipt: { ...run, head: 'another' }, text };
    }
    if (first > this.safe.size + 1) return { type: 'missing', first: this.safe.size + 1 };
    for (let n = first; n <= last; n++) this.safe.add(n);
    if (fate === 'answer-hangs') return undefined;
    return fate === 'answer-lost'
      ? { type: 'unreachable', cause: 'no-answer', dice }
      : { type: 'receipt', receipt: run, text };
  }

  /** Everything that is still to do, over a network that works. */
  settle(): void {
    while (this.commands.length > 0) this.work();
    this.losePatience();
    while (this.commands.length > 0) this.work();
    this.rest = 0;
    this.report({ type: 'wake' });
    while (this.commands.length > 0) this.work();
  }
}

function runOf(first: number, last: number): Run {
  return { first, last, head: `after ${last}` };
}

const fates: readonly Fate[] = [
  'answered',
  'lost',
  'answer-lost',
  'duplicated',
  'busy',
  'too-large',
  'refused',
  'missing',
  'restored',
  'other-first',
  'other-last',
  'other-head',
  'hangs',
  'answer-hangs',
];
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('write' as const) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('work' as const) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('wake', 'crash', 'rested') }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('online', 'patience') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('upload' as const),
      fate: fc.constantFrom(...fates),
      dice: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
);

test('whatever is lost, doubled, wrong or crashes: nothing leaves without its receipt, and all arrives', () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 200 }), (story) => {
      const world = new World();
      for (const act of story) world.do(act);
      world.settle();
      expect(world.disk).toEqual([]);
      expect(world.safe.size).toBe(world.written);
      expect(world.state).toEqual(RESTING);
    }),
    { numRuns: 2000 },
  );
});

test('every pause ends by a timer, between a second and an hour and a half away', () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 200 }), (story) => {
      const world = new World();
      for (const act of story) world.do(act);
      for (const seconds of world.timers) {
        expect(seconds).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeLessThanOrEqual(5400);
      }
    }),
  );
});

/** What an authority does that takes the records, sooner or later. */
const GRANTED: readonly Fate[] = [
  'answered',
  'lost',
  'answer-lost',
  'duplicated',
  'restored',
  'hangs',
  'answer-hangs',
];

test('an authority that says no, whatever it says, is not asked again at once', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...fates.filter((fate) => !GRANTED.includes(fate))),
      fc.integer({ min: 1, max: 500 }),
      (fate, count) => {
        const world = new World();
        for (let i = 0; i < count; i++) world.do({ act: 'write' });
        while (world.commands.length > 0) world.work(fate);
        // Halving down to one record is the longest that there is to try.
        expect(world.sends).toBeLessThanOrEqual(10);
        const { sends } = world;
        for (let i = 0; i < 100; i++) world.do({ act: 'write' });
        while (world.commands.length > 0) world.work(fate);
        expect(world.sends).toBe(sends);
      },
    ),
  );
});

test('a record that is written while the outbox looks is looked for again', () => {
  const world = new World();
  world.do({ act: 'wake' });
  const looked = world.oldest(50);
  world.do({ act: 'write' });
  world.commands.shift();
  world.report({ type: 'loaded', run: looked });
  while (world.commands.length > 0) world.work();
  expect(world.disk).toEqual([]);
});

test('answers that come out of turn change nothing', () => {
  const late: OutboxEvent[] = [
    { type: 'receipt', receipt: runOf(1, 50), text },
    { type: 'missing', first: 1 },
    { type: 'too-large' },
    { type: 'busy', dice: 0 },
    { type: 'unreachable', cause: 'no-answer', dice: 0 },
    { type: 'refused', problem: 'barred' },
    { type: 'loaded', run: runOf(1, 50) },
  ];
  const states: OutboxState[] = [
    RESTING,
    { phase: 'waiting', limit: 50, attempt: 1, cause: 'no-answer' },
    { phase: 'halted', problem: 'gap' },
  ];
  for (const state of states) {
    for (const event of late) expect(step(state, event)).toEqual([state, []]);
  }
});

test('batches grow while they arrive, and shrink when they do not', () => {
  const world = new World();
  world.disk.push(...Array.from({ length: 2000 }, (_, i) => i + 1));
  world.written = 2000;
  const limits: number[] = [];
  world.do({ act: 'wake' });
  while (world.commands.length > 0) {
    const [command] = world.commands;
    if (command?.type === 'load') limits.push(command.limit);
    world.work();
  }
  expect(limits).toEqual([50, 100, 200, 400, 500, 500, 500, 500]);

  const [state] = step(
    { phase: 'sending', limit: 3, attempt: 0, run: runOf(1, 3), vouched: false, again: false },
    { type: 'unreachable', cause: 'stranger', dice: 0 },
  );
  expect(state).toEqual({ phase: 'waiting', limit: 3, attempt: 1, cause: 'stranger' });
});

test('an authority that asked for rest is left alone, whatever wakes the courier', () => {
  const world = new World();
  world.do({ act: 'write' });
  world.do({ act: 'work' });
  world.do({ act: 'upload', fate: 'busy', dice: 0.9 });
  world.do({ act: 'work' });
  expect(world.rest).toBeGreaterThan(0);
  for (const act of ['wake', 'write', 'crash', 'wake', 'write'] as const) {
    world.do({ act });
    while (world.commands.length > 0) world.work();
    expect(world.sends).toBe(1);
  }
  expect(world.state).toMatchObject({ phase: 'waiting', cause: 'busy' });
  world.settle();
  expect(world.disk).toEqual([]);
});

test('an authority that lost what it confirmed is shown its receipt, once', () => {
  const world = new World();
  world.written = 9;
  world.disk.push(7, 8, 9);
  const sent: unknown[] = [];
  world.do({ act: 'wake' });
  while (world.commands.length > 0) {
    const [command] = world.commands;
    if (command?.type === 'send') sent.push(command.vouched);
    world.work('missing', 0.9);
  }
  expect(sent).toEqual([false, true]);
  expect(world.state).toEqual({ phase: 'halted', problem: 'gap' });
});

/** One that waits for the answer to its first batch, after so many that got none. */
function sendingAfter(failures: number): World {
  const world = new World();
  world.do({ act: 'write' });
  for (let i = 0; i < failures; i++) {
    while (world.commands.length > 0) world.work('lost');
    world.do({ act: 'wake' });
  }
  world.work();
  world.work('answer-hangs');
  expect(world.state.phase).toBe('sending');
  return world;
}

test('when the network returns, what hangs is given up and goes again at once, once', () => {
  const world = sendingAfter(3);
  const { sends } = world;
  world.do({ act: 'online' });
  expect(world.commands).toEqual([{ type: 'load', limit: expect.any(Number) }]);
  while (world.commands.length > 0) world.work('lost');
  expect(world.sends).toBe(sends + 1);
  expect(world.state).toMatchObject({ phase: 'waiting', attempt: 1 });
  world.settle();
  expect(world.disk).toEqual([]);
});

test('what is on its way when the network returns is hurried, and an answer in time is taken', () => {
  const world = sendingAfter(0);
  const [state, commands] = step(world.state, { type: 'online' });
  expect(commands).toEqual([{ type: 'hurry', seconds: 5 }]);
  const receipt: OutboxEvent = { type: 'receipt', receipt: runOf(1, 1), text };
  expect(step(state, receipt)).toEqual(step(world.state, receipt));
});

test('woken while it sends, it tries once more when nobody answers, and then waits as before', () => {
  const world = sendingAfter(0);
  const { sends } = world;
  world.do({ act: 'wake' });
  world.do({ act: 'patience' });
  while (world.commands.length > 0) world.work('lost');
  expect(world.sends).toBe(sends + 1);
  expect(world.state).toMatchObject({ phase: 'waiting', attempt: 1 });
});

test('a record that is written meanwhile wakes nobody whose batch is on its way', () => {
  const world = sendingAfter(0);
  world.do({ act: 'write' });
  world.do({ act: 'patience' });
  expect(world.state.phase).toBe('waiting');
});

test('the pauses of a network that is gone are none of the next one’s', () => {
  const waiting: OutboxState = { phase: 'waiting', limit: 50, attempt: 9, cause: 'no-answer' };
  const [state] = step(waiting, { type: 'online' });
  expect(state).toMatchObject({ phase: 'loading', attempt: 0 });
  expect(step(waiting, { type: 'wake' })[0]).toMatchObject({ phase: 'loading', attempt: 9 });
});
