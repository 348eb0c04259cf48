import { expect, test } from 'vitest';
import { trustedTime } from '../../../src/core/time.ts';
import { clockAhead, createClock } from '../../../src/scanner/state/clock.ts';
import { NOW } from '../../core/make.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** A device whose clock can be set, and an authority whose clock is right. */
function makeDevice(ahead = 0) {
  const device = { time: NOW, ran: 0, ahead };
  const clock = createClock({
    wall: () => (device.time + device.ahead) * 1000,
    elapsed: () => device.ran * 1000,
  });
  clock.startFrom(NOW - HOUR);
  const answer = (headers: HeadersInit) => async () => new Response(null, { headers });
  return {
    clock,
    trusted: () => trustedTime(clock.wall(), clock.floor()),
    run(seconds: number): void {
      device.time += seconds;
      device.ran += seconds;
    },
    sleep(seconds: number): void {
      device.time += seconds;
    },
    setClock(by: number): void {
      device.ahead += by;
    },
    hear: (headers: HeadersInit = { date: new Date(device.time * 1000).toUTCString() }) =>
      clock.listenTo(answer(headers))('/trust'),
    /** The authority answers after so long, half of it on the way there. */
    async hearSlowly(seconds: number): Promise<void> {
      await clock.listenTo(async () => {
        const date = new Date((device.time + seconds / 2) * 1000).toUTCString();
        device.time += seconds;
        device.ran += seconds;
        return new Response(null, { headers: { date } });
      })('/trust');
    },
    offset: () => clockAhead(clock.offset()),
  };
}

const BEHIND = { ok: false, reason: 'clock-behind' };

test('time goes on with the device’s clock, asleep or awake', () => {
  const { trusted, run, sleep } = makeDevice();
  expect(trusted()).toEqual({ ok: true, value: NOW });
  run(HOUR);
  sleep(9 * HOUR);
  expect(trusted()).toEqual({ ok: true, value: NOW + 10 * HOUR });
});

test('a clock that is set back while the app runs is refused, however little the documents know', () => {
  const { trusted, run, setClock } = makeDevice();
  run(MINUTE);
  setClock(-30 * MINUTE);
  expect(trusted()).toEqual(BEHIND);
  run(10 * MINUTE);
  expect(trusted()).toEqual(BEHIND);
});

test('a clock that is corrected by seconds is no false alarm', () => {
  const { trusted, run, setClock } = makeDevice();
  run(HOUR);
  setClock(-100);
  expect(trusted()).toEqual({ ok: true, value: NOW + HOUR });
});

test('running time raises the floor under the clock by itself, and so it does after a restart', () => {
  const { clock, run, setClock } = makeDevice();
  run(5 * HOUR);
  expect(clock.proven()).toBe(NOW + 4 * HOUR);
  setClock(DAY);
  expect(clock.proven()).toBe(NOW + 4 * HOUR);

  const restarted = makeDevice(-2 * HOUR);
  restarted.clock.startFrom(clock.proven());
  expect(restarted.trusted()).toEqual(BEHIND);
});

test('a clock that was a day ahead for a run leaves nothing behind that refuses the right one', async () => {
  const wrong = makeDevice(DAY);
  await wrong.hear();
  wrong.run(8 * HOUR);
  const right = makeDevice();
  right.sleep(8 * HOUR);
  right.clock.startFrom(wrong.clock.proven());
  right.clock.recall(wrong.clock.offset()?.ahead);
  expect(right.trusted()).toEqual({ ok: true, value: NOW + 8 * HOUR });
});

test('a clock that is set right while the app runs is believed when the authority has said so', async () => {
  const { trusted, run, setClock, hear, offset } = makeDevice(5 * MINUTE);
  await hear();
  run(HOUR);
  expect(offset()).toBe(5 * MINUTE);
  setClock(-5 * MINUTE);
  expect(offset()).toBeUndefined();
  expect(trusted()).toEqual({ ok: true, value: NOW + HOUR });
});

test('a clock that the authority called right is refused when it is set back after that', async () => {
  const { trusted, run, setClock, hear, offset } = makeDevice();
  await hear();
  run(MINUTE);
  setClock(-HOUR);
  expect(trusted()).toEqual(BEHIND);
  expect(offset()).toBe(-HOUR);
});

test('what the authority says is set against the middle of the round trip', async () => {
  const { clock, hearSlowly } = makeDevice(5 * MINUTE);
  await hearSlowly(50);
  expect(clock.offset()).toEqual({ ahead: 5 * MINUTE, current: true });
});

test('an answer that a cache has kept says so in its Age', async () => {
  const { offset, hear } = makeDevice();
  const date = new Date((NOW - 10 * MINUTE) * 1000).toUTCString();
  await hear({ date, age: '600' });
  expect(offset()).toBeUndefined();
  await hear({ date });
  expect(offset()).toBe(10 * MINUTE);
});

test.each([{}, { date: 'yesterday' }, { date: '' }, { date: 'Tue, 10 Mar 2020', age: 'old' }])(
  'an answer with %o says nothing about the clock',
  async (headers) => {
    const { clock, hear } = makeDevice();
    await hear(headers);
    expect(clock.offset()).toBeUndefined();
  },
);

test.each([2 * MINUTE, -2 * MINUTE, 0])(
  '%i s from the authority is not worth a word',
  async (by) => {
    const { offset, hear, setClock } = makeDevice(by);
    await hear();
    expect(offset()).toBeUndefined();
    setClock(Math.sign(by) || 1);
    await hear();
    expect(offset()).toBe(by === 0 ? undefined : by + Math.sign(by));
  },
);

test('a device that slept is not taken for one whose clock is ahead', async () => {
  const { offset, hear, sleep } = makeDevice();
  await hear();
  sleep(9 * HOUR);
  expect(offset()).toBeUndefined();
});

test('what an earlier run heard is told from what this one hears', async () => {
  const { clock, hear } = makeDevice(5 * MINUTE);
  clock.recall(5 * MINUTE);
  expect(clock.offset()).toEqual({ ahead: 5 * MINUTE, current: false });
  await hear();
  expect(clock.offset()).toEqual({ ahead: 5 * MINUTE, current: true });
});

test('whatever an answer says about the time, it moves neither the clock nor what is proven', async () => {
  const { clock, hear, trusted } = makeDevice();
  for (const date of ['Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT']) {
    await hear({ date });
    expect(trusted()).toEqual({ ok: true, value: NOW });
    expect(clock.proven()).toBe(NOW - HOUR);
  }
});
