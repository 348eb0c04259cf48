import axe from 'axe-core';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { pageHash } from '../../src/resident/address.ts';
import { chooseLanguage } from '../../src/resident/i18n/language.ts';
import { openStore } from '../../src/resident/store.ts';
import { NOW } from '../core/make.ts';
import { ONE_TIME_CODE } from './residents-desk.ts';
import { find, showResident } from './show.tsx';
import { makeTown } from './town.ts';

/** A sound number: GB 11643, born on 1990-03-07. */
const NUMBER = '420606199003071235';

beforeEach(() => chooseLanguage('zh'));
afterEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

async function openApp(options: { database?: string; town?: Town; now?: number } = {}) {
  const { database = crypto.randomUUID(), town = await makeTown(() => NOW), now = NOW } = options;
  location.hash = '#/';
  const shown = await showResident(town.fetcher, () => now * 1000, database);
  const { place } = shown;
  const seen = (selector: string) => vi.waitFor(() => find(place, selector), { timeout: 15_000 });
  await seen('.people');
  return {
    ...shown,
    ...{ town, database, seen },
    tap: async (selector: string) => (await seen(selector)).click(),
    type: async (name: string, text: string) => userEvent.fill(await seen(`[name=${name}]`), text),
    choose: async (name: string, value: string) =>
      (await seen(`[name=${name}][value="${value}"]`)).click(),
    go: (hash: string) => {
      location.hash = hash;
    },
  };
}
type Town = Awaited<ReturnType<typeof makeTown>>;
type AppOnScreen = Awaited<ReturnType<typeof openApp>>;

async function signIn({ go, type, tap, seen }: AppOnScreen, phone = '138 0000 0000') {
  go(pageHash('sign-in'));
  await type('phone', phone);
  await tap('[type=submit]');
  await type('code', ONE_TIME_CODE);
  await tap('[type=submit]');
  await seen('.home .links');
}

async function fillDeclaration({ type, choose, seen, tap }: AppOnScreen, name = '张小明') {
  await type('name', name);
  await type('number', NUMBER);
  await seen('[name=area] option[value="420606"]');
  await userEvent.selectOptions(await seen('[name=area]'), '420606');
  await type('address', '长虹路 1 号');
  await choose('travelled', 'no');
  await choose('contact', 'no');
  await tap('[name=promise]');
}

async function declare(app: AppOnScreen) {
  app.go(pageHash('declare'));
  await fillDeclaration(app);
  await app.tap('[type=submit]');
  await app.seen('[data-go=code]');
}

test('an address that changes while the page is first drawn is followed', async () => {
  location.hash = '#/';
  const town = await makeTown(() => NOW);
  const { place } = await showResident(town.fetcher, () => NOW * 1000, crypto.randomUUID());
  location.hash = pageHash('sign-in');
  await vi.waitFor(() => find(place, '[name=phone]'), { timeout: 15_000 });
});

test('who signs in and declares has a live code on this phone', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  await app.tap('[data-go=code]');
  await app.seen('[data-qr-text]');
  expect((await app.seen('.about-code')).textContent).toContain('申报核对无异常');
});

test.each([
  ['42060619900307123', '还差 1 位'],
  ['420606199003071236', '有一位填错了'],
  ['4206061990A', '只能填 18 位数字'],
  [NUMBER, '✓'],
])('while a number is typed the page says what it is: %s', async (typed, said) => {
  const app = await openApp();
  await signIn(app);
  app.go(pageHash('declare'));
  await app.type('number', typed);
  const field = (await app.seen('[name=number]')).parentElement;
  await vi.waitFor(() => expect(field?.textContent).toContain(said));
});

test('a form with mistakes is not sent: it leads to the first of them and says each', async () => {
  const app = await openApp();
  await signIn(app);
  app.go(pageHash('declare'));
  await app.tap('[type=submit]');
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('name')).toBe('name'));
  const mistakes = [...app.place.querySelectorAll('.fault:not(:empty)')];
  expect(mistakes.map((one) => one.textContent)).toEqual([
    '请填写姓名',
    '请填写证件号码',
    '请选择现住地区',
    '请填写详细地址',
    '请选“有”或“没有”',
    '请选“有”或“没有”',
    '请先勾选承诺',
  ]);
  expect(app.town.desk.people).toEqual([]);
});

test('what is wrong can be read in the dark too', async () => {
  const emulate = async (value: string) => {
    const features = [{ name: 'prefers-color-scheme', value }];
    await cdp().send('Emulation.setEmulatedMedia', { features });
  };
  onTestFinished(() => emulate(''));
  await emulate('dark');
  const app = await openApp();
  await signIn(app);
  app.go(pageHash('declare'));
  await app.tap('[type=submit]');
  await app.seen('.fault:not(:empty)');
  const { violations } = await axe.run(app.place, { runOnly: 'color-contrast' });
  expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
});

test('what was typed outlasts a failed network and a closed page', async () => {
  const app = await openApp();
  await signIn(app);
  app.go(pageHash('declare'));
  await fillDeclaration(app);
  app.town.conditions.online = false;
  await app.tap('[type=submit]');
  await app.seen('[data-trouble=unreachable]');
  app.close();

  app.town.conditions.online = true;
  const again = await openApp(app);
  again.go(pageHash('declare'));
  await vi.waitFor(() =>
    expect(find(again.place, '[name=address]')).toHaveProperty('value', '长虹路 1 号'),
  );
  await again.seen('[name=area] option[value="420606"]');
  await again.tap('[type=submit]');
  await again.seen('[data-go=code]');
  expect(app.town.desk.people).toHaveLength(1);
});

test('a check-in takes two taps', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.go('#/');
  await app.tap('[data-go=check-in]');
  await app.tap('[data-quick]');
  await app.seen('[data-check-in=sent]');
  expect([...app.town.desk.checkIns.values()]).toEqual([{ tenths: null, symptoms: [] }]);
});

test('a check-in without a network is kept, and sent once when it returns', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.town.conditions.online = false;
  app.go('#/');
  await app.tap('[data-go=check-in]');
  await app.tap('[data-quick]');
  await app.seen('[data-check-in=waiting]');
  app.close();

  const again = await openApp(app);
  await again.seen('[data-person] [data-waiting=true]');
  app.town.conditions.online = true;
  window.dispatchEvent(new Event('online'));
  window.dispatchEvent(new Event('online'));
  await again.seen('[data-person] [data-waiting=false]');
  expect(app.town.desk.checkIns.size).toBe(1);
});

test('a check-in whose answer was lost is sent again under the same key', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.town.conditions.loseAnswers = true;
  app.go('#/');
  await app.tap('[data-go=check-in]');
  await app.tap('[data-quick]');
  await app.seen('[data-check-in=waiting]');
  app.town.conditions.loseAnswers = false;
  app.go('#/');
  await app.seen('[data-person] [data-waiting=false]');
  const sent = app.town.requests.filter((path) => path.includes('/check-ins/'));
  expect(sent.length).toBeGreaterThan(1);
  expect(new Set(sent).size).toBe(1);
});

test('symptoms and a temperature go with a check-in, and a slip of the finger does not', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.go('#/');
  await app.tap('[data-go=check-in]');
  await app.tap('.page .button:not(.quick)');
  await app.type('temperature', '365');
  await app.tap('[type=submit]');
  expect((await app.seen('.fault:not(:empty)')).textContent).toContain('34.0');
  await app.type('temperature', '37。6');
  await app.choose('symptoms', 'cough');
  await app.tap('[type=submit]');
  await app.seen('[data-check-in=sent]');
  expect([...app.town.desk.checkIns.values()]).toEqual([{ tenths: 376, symptoms: ['cough'] }]);
});

test('a check-in that will never be taken is said, until somebody has read it', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.town.conditions.online = false;
  app.go('#/');
  await app.tap('[data-go=check-in]');
  await app.tap('[data-quick]');
  await app.seen('[data-check-in=waiting]');
  const { people } = app.town.desk;
  people.splice(0);
  app.town.conditions.online = true;
  window.dispatchEvent(new Event('online'));
  app.go('#/');
  const notice = await app.seen('[data-refused]');
  find(notice, 'button').click();
  await vi.waitFor(() => expect(app.place.querySelector('[data-refused]')).toBeNull());
});

test('a green that lapses within twelve hours says so under the code, without a network too', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.close();
  app.town.conditions.online = false;
  const { town, database } = app;
  const later = await openApp({ town, database, now: NOW + 3 * 86_400 - 6 * 3600 });
  await later.tap('[data-go=code]');
  expect((await later.seen('[data-remark=lapse]')).textContent).toContain('6 小时');
  expect((await later.seen('[data-go=check-in]')).classList).toContain('primary');
});

test('whose page is closed has a calendar that reminds: a file with nobody in it', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  await app.tap('[data-go=code]');
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
  onTestFinished(() => saved.mockRestore());
  await app.tap('[data-calendar]');
  const link = saved.mock.contexts[0] as HTMLAnchorElement;
  expect(link.download).toBe('check-in.ics');
  const file = await fetch(link.href);
  expect(file.headers.get('Content-Type')).toBe('text/calendar');
  const calendar = await file.text();
  expect(calendar).toContain('RRULE:FREQ=DAILY\r\n');
  for (const personal of ['张', NUMBER, '1380000', location.hash.slice(2)]) {
    expect(calendar).not.toContain(personal);
  }
});

test('while passage is closed where somebody lives, their green code is shown as grey', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  const [resident] = app.town.desk.people;
  if (resident) resident.person = { ...resident.person, colour: 'grey', cause: 'not-open' };
  await app.tap('[data-go=code]');
  await app.seen('.code-page [data-standing=grey]');
  expect((await app.seen('[data-cause=not-open]')).textContent).toContain('还没有开放');
});

test('every change of colour can be read, to the first, a page at a time', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  const [resident] = app.town.desk.people;
  const lapse = { at: NOW - 60, from: 'green', to: 'yellow', cause: 'lapsed' } as const;
  resident?.events.push(lapse, { ...lapse, cause: 'fever', at: NOW - 120 });
  app.go('#/');
  await app.seen('.people');
  app.go(pageHash('person', resident?.person.person));
  await app.seen('[data-history=colour] li');
  expect(app.place.querySelectorAll('[data-history=colour] li')).toHaveLength(2);
  await app.tap('[data-earlier=colour]');
  await vi.waitFor(() =>
    expect(app.place.querySelector('[data-history=colour] li:nth-child(3)')?.textContent).toMatch(
      /绿码 → 黄码/,
    ),
  );
  expect(app.place.querySelector('[data-earlier=colour]')).toBeNull();
});

test('an applicant gets a printed code for a family member', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.go(pageHash('family'));
  await app.seen('[name=relationship]');
  await userEvent.selectOptions(await app.seen('[name=relationship]'), 'daughter');
  await fillDeclaration(app, '李桂兰');
  await app.tap('[type=submit]');
  await app.tap('[data-go=code]');
  await app.seen('.paper [data-qr-text]');
  app.go('#/');
  await vi.waitFor(() => expect(app.place.querySelectorAll('[data-person]')).toHaveLength(2));
});

test('a phone that was signed out elsewhere says so, and keeps its check-ins', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.town.desk.signOutAll();
  app.go('#/');
  await app.tap('[data-go=check-in]');
  await app.tap('[data-quick]');
  await app.seen('[data-check-in=waiting]');
  app.go('#/');
  await app.seen('.people > .button.primary');
  await signIn(app);
  await app.seen('[data-person] [data-waiting=false]');
  expect(app.town.desk.checkIns.size).toBe(1);
});

test('on a second phone the code is moved there, and only after saying what that means', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.close();
  const other = await openApp({ town: app.town });
  await signIn(other);
  await other.tap('[data-go=person]');
  const move = await other.seen('[data-get]');
  expect(other.place.textContent).toContain('另一部手机上的码立即作废');
  move.click();
  await other.tap('[data-go=code]');
  await other.seen('[data-qr-text]');
});

test('who signs in with another number finds nothing of the one before', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.town.desk.signOutAll();
  app.go('#/');
  await app.tap('[data-go=check-in]');
  await app.tap('[data-quick]');
  await app.seen('[data-check-in=waiting]');
  await signIn(app, '139 0000 0001');
  await vi.waitFor(async () => expect(await app.store.codes()).toEqual([]));
  expect(await app.store.checkIns()).toEqual([]);
  expect(app.place.textContent).not.toContain('张小明');
});

test('whoever signs out leaves nothing of theirs on the phone', async () => {
  const app = await openApp();
  await signIn(app);
  await declare(app);
  app.go(pageHash('family'));
  await app.type('name', '李桂兰');
  app.go(pageHash('sign-out'));
  await app.tap('[name=sure]');
  await app.tap('[type=submit]');
  await vi.waitFor(() => expect(app.place.querySelector('[data-person]')).toBeNull());
  const store = await openStore(app.database);
  onTestFinished(() => store.close());
  await vi.waitFor(async () => expect(await store.account()).toBeUndefined());
  expect(await store.codes()).toEqual([]);
  expect(await store.checkIns()).toEqual([]);
  expect(sessionStorage.length).toBe(0);
});

test.each(['zh', 'en'] as const)(
  'axe finds no fault, and twice the text fits a small phone, on every page in %s',
  async (language) => {
    chooseLanguage(language);
    await page.viewport(360, 640);
    const app = await openApp();
    const faults: string[] = [];
    const look = async (at: string) => {
      const { violations } = await axe.run(app.place);
      faults.push(...violations.map(({ id, nodes }) => `${at} ${id} ${nodes[0]?.html}`));
      const { style, clientWidth } = document.documentElement;
      style.fontSize = '200%';
      const wide = [...app.place.querySelectorAll('*')].find(
        (one) => one.getBoundingClientRect().right > clientWidth + 1,
      );
      if (wide) faults.push(`${at} is too wide at ${wide.outerHTML.slice(0, 200)}`);
      style.fontSize = '';
    };
    app.go(pageHash('sign-in'));
    await app.seen('[name=phone]');
    await look('sign-in');
    await signIn(app);
    app.go(pageHash('declare'));
    await app.seen('[name=name]');
    await app.tap('[type=submit]');
    await look('mistakes');
    await declare(app);
    const [one] = app.town.desk.people;
    const person = one?.person.person ?? '';
    for (const name of ['check-in', 'person', 'correct', 'review', 'withdraw', 'delete'] as const) {
      app.go(pageHash(name, person));
      await app.seen('.page h2');
      await look(name);
    }
    for (const name of ['family', 'privacy', 'sign-out'] as const) {
      app.go(pageHash(name));
      await app.seen('.page h2');
      await look(name);
    }
    app.go('#/');
    await app.seen('[data-person]');
    await look('home');
    expect(faults).toEqual([]);
  },
  120_000,
);
