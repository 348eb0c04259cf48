import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ListenToReader } from '../../../src/scanner/capture/scan-text.ts';

/** A reader that a test holds in its hand. */
export interface Reader {
  readonly listen: ListenToReader;
  /** Reads a text, at a reader's speed, and sends no end. */
  send(text: string): Promise<void>;
  /** Enter, or carriage return and line feed. */
  end(): Promise<void>;
}

export const CODE = 'KK1:921A6DFSMKB0*M0DY0O01T $%*+-./:0X';

/** Knows when CODE, or anything but a code, is whole. */
export const isWhole = (text: string) => text === CODE || !text.startsWith('KK');

/** The one suite that runs against every way in of a hand-held reader. */
export function describeReader(name: string, plug: () => Promise<Reader>): void {
  describe(name, () => {
    const texts: string[] = [];
    const take = (text: string) => texts.push(text) > 0;
    const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
    let reader: Reader;
    let stop: () => void;

    beforeEach(async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      texts.length = 0;
      reader = await plug();
      stop = reader.listen({ isWhole, onText: take });
    });
    afterEach(() => {
      stop();
      vi.useRealTimers();
    });

    test('what it reads is told at its end, once', async () => {
      await reader.send(CODE);
      expect(texts).toEqual([]);
      await reader.end();
      await wait(5_000);
      expect(texts).toEqual([CODE]);
    });

    test('without an end, it is done when it falls silent', async () => {
      await reader.send(CODE);
      await wait(299);
      expect(texts).toEqual([]);
      await wait(1);
      expect(texts).toEqual([CODE]);
    });

    test('two scans, one after the other, are two', async () => {
      for (let scan = 0; scan < 2; scan++) {
        await reader.send(CODE);
        await wait(400);
      }
      expect(texts).toEqual([CODE, CODE]);
    });

    for (const between of ['a silence', 'an end']) {
      test(`a scan that is split by ${between} is put together`, async () => {
        await reader.send(CODE.slice(0, 20));
        if (between === 'an end') await reader.end();
        await wait(1_500);
        await reader.send(CODE.slice(20));
        await reader.end();
        expect(texts).toEqual([CODE]);
      });
    }

    test('half a code, and no more, is told as it is', async () => {
      await reader.send(CODE.slice(0, 20));
      await reader.end();
      await wait(2_000);
      expect(texts).toEqual([CODE.slice(0, 20)]);
    });

    test('Caps Lock does no harm to a code, and a link keeps its small letters', async () => {
      const link = 'https://example.com/enrol#a=B';
      for (const text of [CODE.toLowerCase(), link]) {
        await reader.send(text);
        await reader.end();
      }
      expect(texts).toEqual([CODE, link]);
    });

    test('what a reader says about the kind of code is not part of it', async () => {
      for (const identifier of [']Q1', ']q3']) {
        await reader.send(identifier + CODE);
        await reader.end();
      }
      expect(texts).toEqual([CODE, CODE]);
    });

    test('less than any code is told to nobody', async () => {
      await reader.send('oops');
      await reader.end();
      await wait(5_000);
      expect(texts).toEqual([]);
    });

    test('ten thousand characters are told as the longest QR at most', async () => {
      await reader.send('7'.repeat(10_000));
      await reader.end();
      expect(texts).toEqual(['7'.repeat(4_296)]);
    });

    test('whoever stops listening hears no more, not even of the scan under way', async () => {
      await reader.send(CODE);
      stop();
      await reader.end();
      await wait(5_000);
      expect(texts).toEqual([]);
      stop = reader.listen({ isWhole, onText: take });
      await wait(5_000);
      expect(texts).toEqual([]);
    });
  });
}
