import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_LIST_BYTES } from '../../src/core/protocol/headquarters-residents.ts';
import { NOW } from '../core/make.ts';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { makeOverview } from './overview.ts';
import { showPage } from './show-page.tsx';

/** Whatever somebody typed stands on headquarters' pages as text, and nothing of it runs. */

const ran = vi.fn();
beforeEach(() => {
  ran.mockClear();
  vi.stubGlobal('alert', ran);
  vi.stubGlobal('a', ran);
});
afterEach(() => vi.unstubAllGlobals());

const page = (entry: object) => () => Response.json({ entries: [entry], before: null });
const device = 'A'.repeat(43);

test.each(HOSTILE_TEXTS)('%s is text on every page that shows a name', async (text) => {
  const overview = makeOverview();
  const shown = {
    board: {
      row: '[data-device]',
      answers: {},
      overview: {
        ...overview,
        staff: { name: text, role: 'admin' as const },
        devices: overview.devices.map((one) => ({ ...one, post: { name: text, area: '420606' } })),
        alarms: overview.alarms.map((one) => ({ ...one, post: text })),
        records: overview.records.map((one) => ({ ...one, post: text, person: text })),
      },
    },
    badges: {
      row: '[data-badge-row]',
      answers: {
        'GET /hq/badges': page({
          ...{ badge: 'K7MN-2Q9P', name: text, role: 'steward' },
          ...{ issuedAt: NOW, expiresAt: NOW + 86_400, barredAt: null },
        }),
      },
    },
    staff: {
      row: '[data-member]',
      answers: {
        'GET /hq/staff': page({
          ...{ staff: 'A'.repeat(22), name: text, role: 'viewer' },
          ...{ addedAt: NOW, passkeys: 0, seenAt: null, barredAt: null },
        }),
      },
    },
    acts: {
      row: '[data-act-row]',
      answers: {
        'GET /hq/acts': page({
          ...{ id: 7, at: NOW, name: text, role: 'admin', act: 'area.name', target: text },
          ...{ facts: { zh: text }, refused: null },
        }),
      },
    },
    fevers: {
      row: '[data-fever]',
      answers: {
        'GET /hq/fevers': page({
          ...{ device, n: 1, post: text, at: NOW, person: text, tenths: 380, symptoms: [] },
          ...{ colour: null, outcome: 'clinic', by: text },
        }),
      },
    },
    counter: {
      row: '[data-area]',
      answers: {
        'GET /residents/areas': () => Response.json([{ code: '420699', zh: text, en: text }]),
      },
    },
  } as const;
  for (const [name, { row, answers, ...rest }] of Object.entries(shown)) {
    const { find, place, close } = showPage(
      ...[name as keyof typeof shown, answers, 'overview' in rest ? rest.overview : overview],
    );
    const told = await find(row);
    expect([name, told.textContent]).toEqual([name, expect.stringContaining(text)]);
    expect([name, place.querySelectorAll('script, [onerror], img[src=x]').length]).toEqual([
      name,
      0,
    ]);
    close();
  }
  expect(ran).not.toHaveBeenCalled();
});

test('a file above the limit is not sent: the page says how much it takes, and what to do', async () => {
  const { find, asked } = showPage('residents', {
    'GET /hq/lists': () => Response.json({ entries: [], before: null }),
    'GET /hq/reviews': () => Response.json({ entries: [], before: null }),
    'GET /hq/appeals': () => Response.json({ entries: [], before: null }),
    'POST /hq/lists/contact': () =>
      Response.json({ kind: 'contact', at: NOW, by: '陈主任', entries: 1, matched: 0 }),
  });
  const input = await find<HTMLInputElement>('[data-panel=lists] input[type=file]');
  const choose = (bytes: number) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([new Uint8Array(bytes)], 'list.csv', { type: 'text/csv' }));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  choose(MAX_LIST_BYTES + 1);
  expect((await find('[data-import] .notice')).textContent).toMatch(
    /超过 4 MiB.*请分成几份再选|more than 4 MiB.*Split it and choose again/,
  );
  expect(asked.filter((one) => one.startsWith('POST'))).toEqual([]);
  choose(MAX_LIST_BYTES);
  await find('[data-import=done]');
  expect(asked.filter((one) => one.startsWith('POST'))).toEqual(['POST /hq/lists/contact']);
});
