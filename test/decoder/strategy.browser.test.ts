import { expect, test } from 'vitest';
import type { Care, Engine, Finding } from '../../src/decoder/engine.ts';
import type { Gray } from '../../src/decoder/gray.ts';
import { createOtherLooks } from '../../src/decoder/other-looks.ts';
import { createStrategy, type Strategy } from '../../src/decoder/strategy.ts';
import { openZxingWasm } from '../../src/decoder/zxing-wasm.ts';
import { drawScene } from '../support/frames.ts';
import { emptyFrames, frameOf, hostileFrames } from '../support/hostile/conditions.ts';
import { grayPixels } from './engine-contract.ts';

const BLANK: Gray = { width: 320, height: 240, data: new Uint8Array(320 * 240).fill(128) };

interface Look {
  readonly width: number;
  readonly height: number;
  readonly care: Care;
}

/** An engine that notes what it is asked, and finds what it is told to. */
function noting(find: (look: Look, count: number) => Finding = () => ({})) {
  const looks: Look[] = [];
  const read = async ({ width, height }: Gray, care: Care) => {
    looks.push({ width, height, care });
    return find({ width, height, care }, looks.length);
  };
  return { looks, read };
}

/** The plain looks, and the others after them in the same thread. */
function strategyOf(read: Engine['read'], ...[seconds, now, rival]: OtherReaders): Strategy {
  return createStrategy(read, createOtherLooks(read, seconds, now, rival), now);
}
type OtherReaders =
  Parameters<typeof createOtherLooks> extends [unknown, ...infer Rest] ? Rest : never;

test('a frame whose middle is read is looked at once', async () => {
  const { looks, read } = noting(() => ({ text: 'READ' }));
  expect((await strategyOf(read).look(BLANK, 'glance')).text).toBe('READ');
  expect(looks).toEqual([{ width: 180, height: 180, care: 'plain' }]);
});

/** The looks that every frame gets: at its middle, at all of it, and at half of that size. */
const isPlain = ({ care }: Look) => care === 'swift' || care === 'plain';

test('a frame whose middle is not read is looked at as a whole', async () => {
  const { looks, read } = noting(({ care }) => (care === 'swift' ? { text: 'READ' } : {}));
  expect((await strategyOf(read).look(BLANK, 'glance')).text).toBe('READ');
  expect(looks.map(({ width, height }) => [width, height])).toEqual([
    [180, 180],
    [320, 240],
  ]);
});

test('a frame that is not read plainly is looked at once more, each time in another way', async () => {
  const { looks, read } = noting();
  const strategy = strategyOf(read, undefined, () => 0);
  for (let frame = 0; frame < 5; frame++) await strategy.look(BLANK, 'glance');
  expect(looks).toHaveLength(20);
  const others = looks.filter((_, i) => i % 4 === 3);
  expect(new Set(others.map((look) => JSON.stringify(look))).size).toBeGreaterThanOrEqual(3);
  expect(others.some(isPlain)).toBe(false);
});

test('a picture that is studied is looked at in every way at once', async () => {
  const { looks, read } = noting();
  const second = noting(({ care }) => (care === 'careful' ? { text: 'SECOND' } : {}));
  expect((await strategyOf(read, () => [second.read]).look(BLANK, 'study')).text).toBe('SECOND');
  expect(looks.length).toBeGreaterThan(6);
});

test('a second reader has turns of its own, after the first has looked plainly', async () => {
  const { looks, read } = noting();
  const second = noting();
  const strategy = strategyOf(
    read,
    () => [second.read],
    () => 0,
  );
  for (let frame = 0; frame < 30; frame++) await strategy.look(BLANK, 'glance');
  expect(looks.filter(({ care }) => care === 'swift')).toHaveLength(30);
  expect(second.looks.length).toBeGreaterThan(1);
  expect(second.looks.length).toBeLessThan(looks.length / 4);
});

test('a rival has every other turn, and one look at a picture that is studied', async () => {
  const { looks, read } = noting();
  const rival = noting();
  const glancing = strategyOf(
    read,
    undefined,
    () => 0,
    () => rival.read,
  );
  for (let frame = 0; frame < 8; frame++) await glancing.look(BLANK, 'glance');
  expect(looks.filter((look) => !isPlain(look))).toHaveLength(4);
  expect(rival.looks).toHaveLength(4);
  const studying = strategyOf(read, undefined, undefined, () => rival.read);
  await studying.look(BLANK, 'study');
  expect(rival.looks).toHaveLength(5);
});

const HELD = { x: 130, y: 90, width: 60, height: 60 };
const ASIDE = { x: 240, y: 90, width: 60, height: 60 };
/** In the middle of the frame, which is what is looked at first. */
const heldInMiddle = { ...HELD, x: HELD.x - 70, y: HELD.y - 30 };

test('a text beside a code that cannot be read is believed once a lens had time to focus', async () => {
  const { read } = noting(({ care, width }) => {
    if (width === 180) return { unread: heldInMiddle };
    return care === 'swift' ? { text: 'NEIGHBOUR', region: ASIDE } : {};
  });
  let time = 0;
  const strategy = strategyOf(read, undefined, () => time);
  const textAt = async (now: number) => {
    time = now;
    const { text, unread } = await strategy.look(BLANK, 'glance');
    expect(unread).toEqual(HELD);
    return text;
  };
  expect(await textAt(0)).toBeUndefined();
  expect(await textAt(400)).toBeUndefined();
  expect(await textAt(500)).toBe('NEIGHBOUR');
  expect((await strategyOf(read).look(BLANK, 'study')).text).toBe('NEIGHBOUR');
});

test('what was held and read makes a text beside it wait anew', async () => {
  let isSharp = false;
  const { read } = noting(({ care, width }) => {
    if (width === 180) return isSharp ? { text: 'HELD' } : { unread: heldInMiddle };
    return care === 'swift' ? { text: 'NEIGHBOUR', region: ASIDE } : {};
  });
  let time = 0;
  const strategy = strategyOf(read, undefined, () => time);
  const texts: Array<string | undefined> = [];
  for (; time <= 900; time += 300) {
    isSharp = time === 300;
    texts.push((await strategy.look(BLANK, 'glance')).text);
  }
  expect(texts).toEqual([undefined, 'HELD', undefined, undefined]);
});

test('a code that only the whole frame shows well enough is read at once', async () => {
  const { read } = noting(({ care, width }) => {
    if (width === 180) return { unread: heldInMiddle };
    return care === 'swift' ? { text: 'HELD', region: { ...HELD, x: HELD.x + 4 } } : {};
  });
  expect((await strategyOf(read).look(BLANK, 'glance')).text).toBe('HELD');
});

test('a code beside one that nobody could read is not taken for the one that is held', async () => {
  const frame = grayPixels(drawScene({ text: 'HELD UP', scale: 8 }));
  const beside = grayPixels(drawScene({ text: 'NEIGHBOUR', scale: 5, offset: [480, 0] }));
  for (let i = 0; i < frame.data.length; i++) {
    if (beside.data[i] !== 150) frame.data[i] = beside.data[i] ?? 0;
  }
  const { read } = await openZxingWasm();
  expect((await strategyOf(read).look(frame, 'glance')).text).toBe('HELD UP');
  // Beyond its error correction.
  for (let row = 340; row < 420; row++) frame.data.fill(120, row * 1280 + 620, row * 1280 + 700);
  let time = 0;
  const strategy = strategyOf(read, undefined, () => time);
  expect((await strategy.look(frame, 'glance')).text).toBeUndefined();
  time = 500;
  expect((await strategy.look(frame, 'glance')).text).toBe('NEIGHBOUR');
});

test('a second reader that reads nothing leaves the first its turns', async () => {
  const { read } = noting(({ care }) => (care === 'careful' ? { text: 'FIRST' } : {}));
  const strategy = strategyOf(
    read,
    () => [async () => ({})],
    () => 0,
  );
  const texts: Array<string | undefined> = [];
  for (let frame = 0; frame < 4; frame++) texts.push((await strategy.look(BLANK, 'glance')).text);
  expect(texts).toContain('FIRST');
});

test('the way that read last has the next turn too', async () => {
  const { looks, read } = noting((_, count) => (count % 8 === 0 ? { text: 'READ' } : {}));
  const strategy = strategyOf(read, undefined, () => 0);
  for (let frame = 0; frame < 4; frame++) await strategy.look(BLANK, 'glance');
  const others = looks.filter((look) => !isPlain(look));
  expect(others[1]).toEqual(others[2]);
  expect(others[2]).not.toEqual(others[3]);
});

test('a symbol that was found and not read is looked at close up', async () => {
  const unread = { x: 100, y: 60, width: 80, height: 80 };
  const { looks, read } = noting(({ care }) => (care === 'swift' ? { unread } : {}));
  const strategy = strategyOf(read, undefined, () => 0);
  for (let frame = 0; frame < 5; frame++) await strategy.look(BLANK, 'glance');
  // Eighty pixels with a margin of 12 on either side, twice as large.
  expect(looks.filter(({ width, height }) => width === 208 && height === 208)).toHaveLength(3);
});

test('a slow device looks plainly at most frames', async () => {
  let time = 0;
  const { looks, read } = noting((look) => {
    time += isPlain(look) ? 5 : 200;
    return {};
  });
  const strategy = strategyOf(
    read,
    () => [],
    () => time,
  );
  for (let frame = 0; frame < 8; frame++) await strategy.look(BLANK, 'glance');
  const others = looks.flatMap((look, i) => (isPlain(look) ? [] : [i]));
  // The first frame, and after three others the fifth.
  expect(others).toEqual([3, 16]);
});

test('a device that needs longer for a frame than the camera looks to its edges every other time', async () => {
  const { looks, read } = noting();
  let time = 0;
  const strategy = strategyOf(
    async (image, care) => {
      time += image.width / 5;
      return read(image, care);
    },
    undefined,
    () => time,
  );
  for (let frame = 0; frame < 4; frame++) await strategy.look(BLANK, 'glance');
  const plain = looks.filter(isPlain).map(({ width }) => width);
  const whole = [180, 320, 160];
  expect(plain).toEqual([...whole, ...whole, 180, ...whole]);
});

test('a symbol in a part of the frame is told in places of the frame', async () => {
  const unread = { x: 10, y: 20, width: 80, height: 80 };
  const { read } = noting(({ width }) => (width === 180 ? { unread } : {}));
  let time = 0;
  const strategy = strategyOf(
    async (image, care) => {
      time += 100;
      return read(image, care);
    },
    undefined,
    () => time,
  );
  for (let frame = 0; frame < 3; frame++) {
    const { unread: told } = await strategy.look(BLANK, 'glance');
    expect(told).toEqual({ x: 80, y: 50, width: 80, height: 80 });
  }
});

test('a symbol whose grid was found and not read is laid flat and read again', async () => {
  const corner = (x: number, y: number) => ({ x, y });
  const corners = [corner(9, 9), corner(99, 9), corner(99, 99), corner(9, 99)] as const;
  const { looks, read } = noting(({ care }) =>
    care === 'careful' ? { text: 'UNFOLDED' } : { grid: { corners, modules: 21 } },
  );
  expect((await strategyOf(read).look(BLANK, 'glance')).text).toBe('UNFOLDED');
  expect(looks.map(({ care }) => care)).toEqual(['plain', 'swift', 'plain', 'careful']);
});

test.each([
  ['in the middle', 'INVERTED', 3, [0, 0]],
  ['at the edge', 'ASIDE', 8, [420, 0]],
] as const)('light on dark %s is read in the first frame', async (_, text, scale, offset) => {
  const frame = grayPixels(drawScene({ text, contrast: -1, scale, offset: [...offset] }));
  const { read } = await openZxingWasm();
  let looks = 0;
  const strategy = strategyOf(async (image, care) => {
    looks++;
    return isPlain({ ...image, care }) ? read(image, care) : {};
  });
  expect((await strategy.look(frame, 'glance')).text).toBe(text);
  expect(looks).toBeLessThanOrEqual(3);
});

test('with zxing-wasm, every condition gives way to study, and empty frames give nothing', async () => {
  const { read } = await openZxingWasm();
  const frames = hostileFrames(2, 5);
  const seen = new Set<string>();
  for (const frame of frames) {
    const { text } = await strategyOf(read).look(frameOf(frame), 'study');
    if (text !== undefined) expect(text).toBe(frame.text);
    if (text !== undefined) seen.add(frame.condition);
  }
  expect(seen.size).toBeGreaterThanOrEqual(15);
  for (const frame of emptyFrames(4)) {
    const { text } = await strategyOf(read).look(frameOf(frame), 'study');
    expect(text).toBeUndefined();
  }
}, 120_000);
