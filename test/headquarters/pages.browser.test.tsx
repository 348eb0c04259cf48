import axe from 'axe-core';
import { describe, expect, test, vi } from 'vitest';
import { DEFAULT_POLICY } from '../../src/core/documents/policy.ts';
import { NOW } from '../core/make.ts';
import { makeOverview } from './overview.ts';
import { problem, showPage } from './show-page.tsx';

const NONE = { entries: [], before: null };
const BADGE = {
  ...{ badge: 'K7MN-2Q9P', name: '王建国', role: 'steward' },
  ...{ issuedAt: NOW, expiresAt: 4_102_444_800, barredAt: null },
};

test('a badge is shown as a card once, and stands in the list', async () => {
  const { find, place } = showPage('badges', {
    'GET /hq/badges': () => Response.json({ entries: [BADGE], before: null }),
    'POST /hq/badges': () => Response.json({ ...BADGE, text: 'KB1:ABC' }, { status: 201 }),
  });
  (await find<HTMLInputElement>('[name=name]')).value = '王建国';
  (await find<HTMLFormElement>('form')).requestSubmit();
  const card = await find('.card');
  expect(card.textContent).toMatch(/王建国.*K7MN-2Q9P/);
  expect(card.querySelector<SVGElement>('[data-qr-text]')?.dataset['qrText']).toBe('KB1:ABC');
  await find('[data-badge-row="K7MN-2Q9P"]');
  (await find('[data-done]')).click();
  await vi.waitFor(() => expect(place.querySelector('.card')).toBeNull());
});

test('a badge that was not issued says why, and what was typed stays', async () => {
  const { find } = showPage('badges', {
    'GET /hq/badges': () => Response.json(NONE),
    'POST /hq/badges': () => problem(403),
  });
  const name = await find<HTMLInputElement>('[name=name]');
  name.value = '王建国';
  (await find<HTMLFormElement>('form')).requestSubmit();
  await find('[data-trouble=forbidden]');
  expect(name.value).toBe('王建国');
});

test('the areas to choose from stand by their names where a station is enrolled', async () => {
  const areas = [{ code: '420606', zh: '樊城区', en: 'Fancheng' }];
  const { find, place } = showPage('stations', {
    'GET /residents/areas': () => Response.json(areas),
  });
  await find('datalist option');
  const { list } = await find<HTMLInputElement>('[name=area]');
  expect(list?.id).toBe('areas');
  const options = [...(list?.querySelectorAll('option') ?? [])];
  expect(options.map(({ value, label }) => [value, label])).toEqual([['420606', 'Fancheng']]);
  expect(place.querySelector('[data-trouble]')).toBeNull();
});

test('a list that was read on is as long after an act as before it', async () => {
  const badge = (n: number) => ({ ...BADGE, badge: `AAAA-000${n}` });
  const barred: number[] = [];
  const page = (n: number, before: string | null) => () => {
    const barredAt = barred.includes(n) ? NOW : null;
    return Response.json({ entries: [{ ...badge(n), barredAt }], before });
  };
  const { find, place, asked } = showPage('badges', {
    'GET /hq/badges': page(2, '7~AAAA-0002'),
    'GET /hq/badges?before=7~AAAA-0002': page(1, null),
    'POST /hq/badges/AAAA-0001/bar': () => {
      barred.push(1);
      return new Response(null, { status: 204 });
    },
  });
  (await find('[data-more]')).click();
  const row = await find('[data-badge-row="AAAA-0001"]');
  expect(place.querySelector('[data-more]')).toBeNull();
  row.querySelector<HTMLElement>('[data-act]')?.click();
  (await find('[data-badge-row="AAAA-0001"] [data-confirm]')).click();
  await find('[data-badge-row="AAAA-0001"] .problem');
  expect(place.querySelectorAll('[data-badge-row]')).toHaveLength(2);
  expect(asked.filter((one) => one === 'GET /hq/badges')).toHaveLength(2);
});

test('a post says why it stopped people, and a break of its chain is an alarm', async () => {
  const overview = makeOverview();
  const stops = [
    { reason: 'red', count: 3 },
    { reason: 'fever', count: 1 },
  ];
  const devices = overview.devices.map((device) => ({ ...device, stops }));
  const alarms = overview.alarms.map((alarm) => ({ ...alarm, kind: 'break' as const }));
  const { find } = showPage('board', {}, { ...overview, devices, alarms });
  expect((await find('[data-stops]')).textContent).toMatch(
    /红码\s3，发热\s1|red code\s3, fever\s1/,
  );
  expect((await find('[data-alarm=break]')).textContent).toMatch(/断链|break the chain/);
});

const NOTICE = { policy: DEFAULT_POLICY, digest: 'A'.repeat(43), bulletinAt: NOW };

function type(field: HTMLInputElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

test('a rule that cannot be is named, and is not published', async () => {
  const { find, asked } = showPage('notice', { 'GET /hq/notice': () => Response.json(NOTICE) });
  type(await find('[name="fever.threshold"]'), '50.1');
  await find('[data-faults="fever.threshold"]');
  expect((await find<HTMLButtonElement>('[data-act=publish]')).disabled).toBe(true);
  expect((await find<HTMLButtonElement>('[data-preview]')).disabled).toBe(true);
  type(await find('[name="fever.threshold"]'), '');
  await find('[data-faults="fever.threshold"]');
  expect(asked).toEqual(['GET /hq/notice']);
});

test('what would change is shown before it is published, and what the records leave open', async () => {
  let sent: unknown;
  const green = { verdict: 'pass', reason: 'green' };
  const { find } = showPage('notice', {
    'GET /hq/notice': () => Response.json(NOTICE),
    'POST /hq/notice/preview': (body) => {
      sent = body;
      return Response.json({
        ...{ since: NOW - 86_400, until: NOW, recorded: 100, considered: 50, same: 40 },
        changes: [{ from: green, to: { verdict: 'stop', reason: 'fever' }, count: 7 }],
        open: [{ from: green, to: [green, { verdict: 'stop', reason: 'lapsed' }], count: 2 }],
        unexplained: 1,
      });
    },
  });
  type(await find('[name="fever.threshold"]'), '37');
  (await find('[data-preview]')).click();
  const preview = await find('[data-panel=preview]');
  expect(sent).toMatchObject({ policy: { fever: { threshold: 370 } } });
  expect(preview.textContent).toMatch(/50.*100|100.*50/);
  expect(preview.querySelectorAll('[data-change=green]')).toHaveLength(2);
  // Another change makes the preview one of other rules.
  type(await find('[name="fever.threshold"]'), '37.1');
  await vi.waitFor(() => expect(document.querySelector('[data-panel=preview]')).toBeNull());
});

test('of two who publish the second is told, and keeps what was changed', async () => {
  const { find } = showPage('notice', {
    'GET /hq/notice': () => Response.json(NOTICE),
    'PUT /hq/notice': () => problem(409),
  });
  type(await find('[name=proofWindow]'), '45');
  (await find('[data-act=publish]')).click();
  (await find('[data-confirm]')).click();
  await find('[data-trouble=conflict]');
  expect((await find<HTMLInputElement>('[name=proofWindow]')).value).toBe('45');
});

describe('charts', () => {
  const day = NOW - 16 * 3600;
  const area = (code: string, zh: string | null, stopped: number) => ({
    ...{ area: code, name: zh === null ? null : { zh, en: `${zh} in English` } },
    ...{ passed: 960 - stopped, stopped, unverified: 40, fevers: 3 },
    stops: [{ reason: 'fever', count: stopped }],
  });
  const areas = [area('420606', '樊城区', 10), area('420699', null, 20)];
  const chart =
    (days: number, counts: object[], since = day - (days - 1) * 86_400) =>
    () =>
      Response.json({ since, days, counts, areas });
  const choose = (select: HTMLSelectElement, value: string) => {
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  };

  test('of a day go by hour, with a table; another day is asked for', async () => {
    const at = day + 8 * 3600;
    const before = day - 86_400;
    const { find, asked } = showPage('charts', {
      [`GET /hq/charts?at=${day}&days=1`]: chart(1, [
        { at, verdict: 'pass', count: 40, fevers: 0 },
      ]),
      [`GET /hq/charts?at=${before}&days=1`]: chart(1, [], before),
    });
    expect((await find(`[data-slot-row="${at}"]`)).textContent).toContain('40');
    choose(await find<HTMLSelectElement>('select[name=day]'), String(before));
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await vi.waitFor(() => expect(document.querySelector('[data-slot-row]')).toBeNull());
  });

  test('of a week go by day, and of one area alone where it is chosen', async () => {
    const week = `GET /hq/charts?at=${day}&days=7`;
    const { find } = showPage('charts', {
      [`GET /hq/charts?at=${day}&days=1`]: chart(1, []),
      [week]: chart(7, [{ at: day - 86_400, verdict: 'stop', count: 12, fevers: 5 }]),
      [`${week}&area=420699`]: chart(7, [{ at: day, verdict: 'stop', count: 7, fevers: 0 }]),
    });
    choose(await find<HTMLSelectElement>('select[name=days]'), '7');
    const row = await find(`[data-slot-row="${day - 86_400}"]`);
    expect(row.textContent).toMatch(/12.*5.*12/);
    expect(document.querySelectorAll('.chart [data-slot]')).toHaveLength(2 * 7);
    expect(document.querySelector('select[name=day]')).toBeNull();
    choose(await find<HTMLSelectElement>('select[name=area]'), '420699');
    expect((await find(`[data-slot-row="${day}"]`)).textContent).toContain('7');
    expect((await find('.chart')).getAttribute('aria-label')).toContain('420699');
  });

  test('have areas side by side by their names, with why people were stopped', async () => {
    const { find } = showPage('charts', {
      [`GET /hq/charts?at=${day}&days=1`]: chart(1, []),
    });
    const named = await find('[data-area="420606"]');
    expect(named.querySelector('th')?.textContent).toMatch(/樊城区/);
    expect(named.textContent).toMatch(/950.*95\.0%.*10.*1\.0%.*(发热|fever)\u00A010/);
    expect((await find('[data-area="420699"] th')).textContent).toBe('420699');
    const bars = [...document.querySelectorAll('[data-area] .bar.stop')];
    expect(bars.map((bar) => bar.getAttribute('width'))).toEqual(['50', '100']);
  });
});

test('devices that are not in use are on a page of their own, to which the board leads', async () => {
  const device = `${'B'.repeat(42)}A`;
  const away = {
    ...{ device, post: { name: '老卡口', area: '420606' }, role: 'checkpoint', enrolledAt: 0 },
    ...{ lastSeenAt: NOW - 20 * 86_400, barredAt: NOW - 15 * 86_400, stored: 9, opened: 9 },
  };
  let entries = [away];
  const { find, asked } = showPage(
    'board',
    {
      'GET /hq/devices/away': () => Response.json({ entries, before: null }),
      [`POST /hq/devices/${device}/unbar`]: () => {
        entries = [];
        return new Response(null, { status: 204 });
      },
    },
    makeOverview({ away: 1 }),
  );
  (await find('[data-away] a')).click();
  const row = await find(`[data-away-device="${device}"]`);
  expect(row.textContent).toMatch(/老卡口.*20/);
  (await find('[data-act=unbar]')).click();
  (await find('[data-confirm]')).click();
  await vi.waitFor(() => expect(document.querySelector('[data-away-device]')).toBeNull());
  expect(asked).toContain(`POST /hq/devices/${device}/unbar`);
});

test('a batch that contradicts is shown on the board, beside what is stored', async () => {
  const overview = makeOverview();
  const devices = overview.devices.map((device) => ({ ...device, forks: 1 }));
  const fork = {
    ...{ device: 'A'.repeat(43), post: '长虹路卡口', barred: false, first: 9, last: 12 },
    ...{ receivedAt: NOW, splitsAt: 10 },
    stored: [{ n: 9, at: NOW, verdict: 'pass', reason: 'green' }],
  };
  const answers = { 'GET /hq/forks': () => Response.json({ entries: [fork], before: null }) };
  const { find } = showPage('board', answers, { ...overview, devices, forks: 1 });
  expect((await find('[data-fork="9-12"]')).textContent).toMatch(/10/);
});

test('a note among the records is called one', async () => {
  const overview = makeOverview();
  const records = overview.records.map((record) => ({
    ...{ ...record, verdict: 'note' as const, reason: 'shift-started', tenths: null },
  }));
  const { find } = showPage('board', {}, { ...overview, records });
  const row = await find('[data-record="12"]');
  expect(row.querySelector('.verdict')).toBeNull();
  expect(row.textContent).toMatch(/(记事|Note).*(开始值班|shift began).*K7MN-2Q9P/);
});

test('why somebody had no code stands beside what they showed instead', async () => {
  const overview = makeOverview();
  const records = overview.records.map((record) => ({
    ...{ ...record, kind: 'certificate' as const, noCode: 'phone-dead' as const, colour: null },
  }));
  const { find } = showPage('board', {}, { ...overview, records });
  const row = await find('[data-record="12"]');
  expect(row.textContent).toMatch(/村级证明 · 手机没电|certificate · phone dead/);
});

test('the log goes on where the page ended', async () => {
  const act = (id: number) => ({
    ...{ id, at: NOW, name: '陈主任', role: 'admin', act: 'device.bar', target: 'x' },
    ...{ facts: {}, refused: id === 7 ? 'forbidden' : null },
  });
  const { find, place } = showPage('acts', {
    'GET /hq/acts': () => Response.json({ entries: [act(7)], before: '7' }),
    'GET /hq/acts?before=7': () => Response.json({ entries: [act(6)], before: null }),
  });
  expect((await find('[data-act-row]')).textContent).toContain('forbidden');
  (await find('[data-more]')).click();
  await vi.waitFor(() => expect(place.querySelectorAll('[data-act-row]')).toHaveLength(2));
  expect(place.querySelector('[data-more]')).toBeNull();
});

test('what came of a fever is noted', async () => {
  let outcome: string | null = null;
  const { find } = showPage('fevers', {
    'GET /hq/fevers': () =>
      Response.json({
        entries: [
          {
            ...{ device: 'A'.repeat(43), n: 3, post: '东门卡口', at: NOW, person: '王*国' },
            ...{ tenths: 381, symptoms: ['cough'], colour: 'yellow', outcome, by: outcome && '陈' },
          },
        ],
        before: null,
      }),
    [`PUT /hq/fevers/${'A'.repeat(43)}/3`]: (body) => {
      ({ outcome } = body as { outcome: string });
      return new Response(null, { status: 204 });
    },
  });
  expect((await find('[data-fever="3"]')).textContent).toMatch(/38\.1 °C(咳嗽|cough)/);
  const select = await find<HTMLSelectElement>('[data-fever="3"] select');
  select.value = 'clinic';
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(async () =>
    expect((await find('[data-fever="3"]')).textContent).toMatch(/由 陈|noted by 陈/),
  );
});

const RESIDENT = {
  ...{ person: 'AAAAAAAAAAA', name: '李*兰', kind: 'live', area: '420606', colour: 'yellow' },
  ...{ cause: 'close-contact', checkedInAt: NOW, reviewFrom: NOW },
};

test('a review and an appeal are decided after a second question', async () => {
  const { find, asked } = showPage('residents', {
    'GET /hq/lists': () => Response.json(NONE),
    'GET /hq/reviews': () => Response.json({ entries: [RESIDENT], before: null }),
    'GET /hq/appeals': () =>
      Response.json({
        entries: [{ appeal: 5, at: NOW, text: '<b>我没有接触</b>', resident: RESIDENT }],
        before: null,
      }),
    'POST /hq/residents/AAAAAAAAAAA/reviews': () => Response.json(RESIDENT),
    'POST /hq/residents/AAAAAAAAAAA/appeals/5': () => Response.json(RESIDENT),
  });
  const appeal = await find('[data-appeal="5"]');
  expect(appeal.querySelector('b')).toBeNull();
  (await find('[data-act=review]')).click();
  (await find('[data-review] [data-confirm]')).click();
  await vi.waitFor(() => expect(asked).toContain('POST /hq/residents/AAAAAAAAAAA/reviews'));
  (await find('[data-act=refuse]')).click();
  (await find('[data-appeal] [data-confirm]')).click();
  await vi.waitFor(() => expect(asked).toContain('POST /hq/residents/AAAAAAAAAAA/appeals/5'));
});

test('who may only look sees neither counter, people nor the log', async () => {
  const overview = { ...makeOverview(), staff: { name: '王', role: 'viewer' as const } };
  const { find, place } = showPage('board', {}, overview);
  await find('nav.pages');
  expect(place.querySelector('a[href$="/counter"]')).toBeNull();
  expect(place.querySelector('a[href$="/staff"]')).toBeNull();
  expect(place.querySelector('a[href$="/acts"]')).toBeNull();
});

test('an act after the session has ended leads back to signing in', async () => {
  const { find, place } = showPage('badges', { 'GET /hq/badges': () => problem(401) });
  await find('[data-panel=sign-in]');
  expect(place.querySelector('[data-panel=badges]')).toBeNull();
});

test('axe finds no fault where somebody signs in', async () => {
  const { find, place } = showPage('badges', { 'GET /hq/badges': () => problem(401) });
  await find('[data-panel=sign-in]');
  const { violations } = await axe.run(place);
  expect(violations.map(({ id }) => id)).toEqual([]);
});
