/** What {@link makeTimeMovable} leaves in the page. */
export interface MovableTime {
  readonly kakouTime: {
    /** Puts the clocks forward; what was to happen meanwhile happens, in its order. */
    forward(milliseconds: number): void;
    /** How many timers wait. */
    waiting(): number;
  };
}

/**
 * In the page, before anything else: clocks and timers that can be put forward, all by the
 * same. Timers of one to ten seconds stay: they watch over the camera and the decoder's
 * worker, which nothing puts forward. Whatever the authority says the time is moves along.
 */
export function makeTimeMovable(): void {
  interface Timer {
    readonly run: () => void;
    /** Milliseconds from one time to the next; undefined: once. */
    readonly every: number | undefined;
    /** By the clock that can be put forward. */
    due: number;
    readonly stays: boolean;
    armed: number;
  }
  const later = globalThis.setTimeout;
  const drop = globalThis.clearTimeout;
  const elapsed = performance.now.bind(performance);
  const wall = Date.now;
  const heard = Headers.prototype.get;
  const timers = new Map<number, Timer>();
  let ahead = 0;
  let ids = 0;
  const now = () => elapsed() + ahead;

  function arm(id: number, timer: Timer): void {
    drop(timer.armed);
    timer.armed = later(() => fire(id, timer), Math.max(0, timer.due - now())) as never;
  }

  function fire(id: number, timer: Timer): void {
    drop(timer.armed);
    if (timer.every === undefined) timers.delete(id);
    else {
      timer.due = Math.max(timer.due + timer.every, now());
      arm(id, timer);
    }
    timer.run();
  }

  function start(work: unknown, delay: unknown, given: unknown[], repeated: boolean): number {
    const wait = Number(delay) || 0;
    const timer = {
      run: () => (work as (...given: unknown[]) => void)(...given),
      every: repeated ? wait : undefined,
      due: now() + wait,
      stays: repeated ? wait < 10_000 : wait >= 1_000 && wait <= 10_000,
      armed: 0,
    };
    const id = ++ids;
    timers.set(id, timer);
    arm(id, timer);
    return id;
  }

  function forget(id: unknown): void {
    const timer = timers.get(id as number);
    if (timer) drop(timer.armed);
    timers.delete(id as number);
  }

  function next(until: number): [number, Timer] | undefined {
    let first: [number, Timer] | undefined;
    for (const [id, timer] of timers) {
      if (timer.stays || timer.due > until || (first && first[1].due <= timer.due)) continue;
      first = [id, timer];
    }
    return first;
  }

  function forward(milliseconds: number): void {
    const until = now() + milliseconds;
    for (let due = next(until); due; due = next(until)) {
      ahead += Math.max(0, due[1].due - now());
      fire(...due);
    }
    ahead += Math.max(0, until - now());
    for (const [id, timer] of timers) if (!timer.stays) arm(id, timer);
  }

  performance.now = now;
  Date.now = () => wall() + ahead;
  Headers.prototype.get = function (name) {
    const said = heard.call(this, name);
    const isTime = said !== null && name.toLowerCase() === 'date';
    return isTime ? new Date(Date.parse(said) + ahead).toUTCString() : said;
  };
  Object.assign(globalThis, {
    setTimeout: (work: unknown, delay?: unknown, ...given: unknown[]) =>
      start(work, delay, given, false),
    setInterval: (work: unknown, delay?: unknown, ...given: unknown[]) =>
      start(work, delay, given, true),
    clearTimeout: forget,
    clearInterval: forget,
    kakouTime: { forward, waiting: () => timers.size },
  });
}
