import { afterAll, expect, test, vi } from 'vitest';
import { LANGUAGES, type Language, language, words } from '../../../src/scanner/i18n/index.ts';
import { lazyWords, timeOfDay } from '../../../src/scanner/i18n/lazy/index.ts';

const ALL = Object.entries(LANGUAGES) as [Language, (typeof LANGUAGES)[Language]][];

afterAll(() => {
  language.value = 'zh';
});

test.each(ALL)('%s is known by a tag that times and voices understand', (_, { name, tag }) => {
  expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
  expect(name).not.toBe('');
});

test.each(ALL)(
  'choosing %s brings all of its words, and a clock of 24 hours',
  async (chosen, one) => {
    language.value = chosen;
    const [first, lazy] = await Promise.all([one.words(), one.lazyWords()]);
    await vi.waitFor(() => expect([words.value, lazyWords.value]).toEqual([first, lazy]));
    const evening = new Date(2020, 2, 10, 20, 5).getTime() / 1000;
    expect(timeOfDay(evening)).toBe('20:05');
  },
);
