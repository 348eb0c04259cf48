import axe from 'axe-core';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import { codeToText } from '../../src/core/code/text.ts';
import { issueCode } from '../../src/core/code/write.ts';
import { language } from '../../src/headquarters/i18n/language.ts';
import { ISSUER, makeAuthority, NOW, printedClaims } from '../core/make.ts';
import { makeOverview } from './overview.ts';
import { problem, showPage } from './show-page.tsx';

/** A sound number: GB 11643, born on 1950-03-07. */
const NUMBER = '420606195003071245';
const PERSON = 'AAAAAAAAAAA';
const RESIDENT = {
  ...{ person: PERSON, name: '王*兰', kind: 'printed', area: '420606', colour: 'green' },
  ...{ cause: 'declared', checkedInAt: NOW, reviewFrom: null, ticket: 'ticket-paper' },
  ...{ withdrawn: false, phone: false },
};
/** What a live code is at the counter. */
const ON_A_PHONE = { kind: 'live', ticket: null, phone: true };
const AREAS = [
  { code: '420602', zh: '襄阳市襄城区', en: 'Xiangcheng District, Xiangyang' },
  { code: '420606', zh: '襄阳市樊城区', en: 'Fancheng District, Xiangyang' },
];
const FIND = 'POST /hq/residents/find';
const DECLARE = 'POST /hq/residents';
const CHECK_IN = `PUT /hq/residents/${PERSON}/check-ins/:key`;
const CORRECT = `PUT /hq/residents/${PERSON}/declaration`;
const RELEASE = `POST /hq/residents/${PERSON}/release`;
const DELETE = `DELETE /hq/residents/${PERSON}`;

const unknown = () => problem(404, 'person-unknown');
const found =
  (changes = {}) =>
  () =>
    Response.json({ ...RESIDENT, ...changes });
const cut = () => {
  throw new TypeError('Failed to fetch');
};

beforeEach(() => {
  language.value = 'zh';
});
afterEach(() => sessionStorage.clear());

function openCounter(answers: Parameters<typeof showPage>[1]) {
  const shown = showPage('counter', {
    'GET /residents/areas': () => Response.json(AREAS),
    ...answers,
  });
  const { find } = shown;
  const actions = {
    tap: async (selector: string) => (await find(selector)).click(),
    type: async (name: string, text: string) => userEvent.fill(await find(`[name=${name}]`), text),
    choose: async (name: string, value: string) => {
      await find(`[name=${name}] option[value="${value}"]`);
      await userEvent.selectOptions(await find(`[name=${name}]`), value);
    },
    faults: () =>
      [...shown.place.querySelectorAll('.fault:not(:empty)')].map((one) => one.textContent),
  };
  const findPerson = async (number = NUMBER) => {
    await actions.type('number', number);
    await actions.tap('[data-panel=find-person] [type=submit]');
  };
  return { ...shown, ...actions, findPerson };
}
type Counter = ReturnType<typeof openCounter>;

async function fillDeclaration({ type, choose, tap }: Counter) {
  await type('name', '王桂兰');
  await choose('area', '420606');
  await type('address', '长虹路 1 号');
  await tap('[name=travelled][value=no]');
  await tap('[name=contact][value=no]');
  await type('guardianName', '李社区');
  await choose('relationship', 'guardian');
  await tap('[name=promise]');
}

test('whoever is not found declares with the document that was typed, and is shown masked', async () => {
  let sent: unknown;
  const counter = openCounter({
    [FIND]: unknown,
    [DECLARE]: (body) => {
      sent = body;
      return Response.json(RESIDENT, { status: 201 });
    },
  });
  await counter.findPerson(' 42060619500307124５');
  await fillDeclaration(counter);
  await counter.tap('[type=submit]');
  const panel = await counter.find('[data-panel=counter-person]');
  expect(panel.textContent).toMatch(/王\*兰.*绿码.*申报核对无异常.*襄阳市樊城区/s);
  expect(counter.place.textContent).not.toContain(NUMBER);
  expect(sent).toEqual({
    declaration: {
      ...{ name: '王桂兰', document: { type: 'resident-id', number: NUMBER }, area: '420606' },
      ...{ address: '长虹路 1 号', travel: '', contact: false, symptoms: [], promise: true },
    },
    guardian: { name: '李社区', relationship: 'guardian' },
  });
  await counter.tap('[data-next]');
  expect(await counter.find<HTMLInputElement>('[name=number]')).toHaveProperty('value', '');
  expect(JSON.stringify({ ...sessionStorage })).not.toContain(NUMBER);
});

test.each([
  ['42060619500307124', '还差 1 位'],
  ['420606195003071246', '有一位填错了'],
  ['4206061950A', '只能填 18 位数字'],
  [NUMBER, '✓'],
])('while a number is typed the page says what it is: %s', async (typed, said) => {
  const counter = openCounter({});
  await counter.type('number', typed);
  const field = (await counter.find('[name=number]')).closest('.field');
  await vi.waitFor(() => expect(field?.textContent).toContain(said));
});

test('a number that cannot be is not asked for; of a passport the state is asked too', async () => {
  let sent: unknown;
  const counter = openCounter({
    [FIND]: (body) => {
      sent = body;
      return unknown();
    },
  });
  await counter.findPerson('420606195003071246');
  expect(counter.asked).not.toContain(FIND);
  await counter.tap('[name=idType][value=passport]');
  await counter.type('number', 'e1234567');
  await counter.tap('[type=submit]');
  await vi.waitFor(() => expect(counter.faults()).toEqual(['请填三个字母，例如 USA']));
  await counter.type('state', 'usa');
  await counter.tap('[type=submit]');
  await counter.find('[name=born]');
  expect(sent).toEqual({ type: 'passport', number: 'E1234567', state: 'USA' });
});

test('a declaration with mistakes is not sent: it leads to the first of them and says each', async () => {
  const counter = openCounter({ [FIND]: unknown });
  await counter.findPerson();
  await counter.tap('[data-panel=counter-declaration] [type=submit]');
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('name')).toBe('name'));
  expect(counter.faults()).toEqual([
    '请填写姓名',
    '请选择现住地区',
    '请填写详细地址',
    '请问本人，选“有”或“没有”',
    '请问本人，选“有”或“没有”',
    '请填写代办人姓名',
    '请选择关系',
    '请先让本人或代办人在纸上签字，再勾选',
  ]);
  expect(counter.asked).not.toContain(DECLARE);
});

test.each([
  ['欧阳社区服务', true],
  ['欧阳社区', false],
  ['Jean-Luc Ober', false],
  ['Jean-Luc Obers', true],
])('a guardian whose name no code holds is told while it is typed: %s', async (name, long) => {
  const counter = openCounter({ [FIND]: unknown });
  await counter.findPerson();
  await counter.type('guardianName', name);
  const field = await counter.find('[name=guardianName]');
  await vi.waitFor(() => expect(field.getAttribute('aria-invalid')).toBe(String(long)));
});

test('what was typed outlasts a failed network, a session that ended and a page that was closed', async () => {
  const failures = [cut, () => problem(401)];
  const answers = {
    [FIND]: unknown,
    [DECLARE]: () => failures.shift()?.() ?? Response.json(RESIDENT, { status: 201 }),
  };
  const counter = openCounter(answers);
  await counter.findPerson();
  await fillDeclaration(counter);
  await counter.tap('[data-panel=counter-declaration] [type=submit]');
  await counter.find('[data-trouble=unreachable]');
  await counter.tap('[data-panel=counter-declaration] [type=submit]');
  await counter.find('[data-panel=sign-in]');
  counter.close();

  const again = openCounter(answers);
  await again.find('[name=area] option[value="420606"]');
  await again.tap('[data-panel=counter-declaration] [type=submit]');
  await again.find('[data-panel=counter-person]');
});

test('whoever signs out leaves nothing of the person at the counter in the tab', async () => {
  const counter = openCounter({ [FIND]: unknown });
  await counter.findPerson();
  await counter.type('name', '王桂兰');
  expect(JSON.stringify({ ...sessionStorage })).toContain('王桂兰');
  await counter.tap('[data-sign-out]');
  await counter.find('[data-panel=sign-in]');
  expect(sessionStorage.length).toBe(0);
});

test.each([
  [409, 'declared-elsewhere', '此人已用手机申报'],
  [409, 'declared-already', '此人已在柜台申报过'],
  [422, 'area-unknown', '地区不在名单里'],
  [422, 'id-invalid', '证件号码不对'],
])('a declaration that is refused says what to do: %i %s', async (status, code, said) => {
  const counter = openCounter({ [FIND]: unknown, [DECLARE]: () => problem(status, code) });
  await counter.findPerson();
  await fillDeclaration(counter);
  await counter.tap('[data-panel=counter-declaration] [type=submit]');
  expect((await counter.find(`[data-trouble=${code}]`)).textContent).toContain(said);
});

test('somebody who is well is checked in by two taps', async () => {
  let sent: unknown;
  const counter = openCounter({
    [FIND]: found({ colour: 'yellow', cause: 'lapsed', checkedInAt: NOW - 4 * 86_400 }),
    [CHECK_IN]: (body) => {
      sent = body;
      return Response.json(RESIDENT);
    },
  });
  await counter.findPerson();
  await counter.find('[data-colour=yellow]');
  await counter.tap('[data-normal]');
  await counter.tap('[data-no-symptoms]');
  await counter.find('[data-checked-in=done]');
  await counter.find('[data-colour=green]');
  expect(sent).toEqual({ tenths: null, symptoms: [] });
});

test('a temperature and symptoms are sent; a slip of the finger is not', async () => {
  let sent: unknown;
  const counter = openCounter({
    [FIND]: found(),
    [CHECK_IN]: (body) => {
      sent = body;
      return Response.json(RESIDENT);
    },
  });
  await counter.findPerson();
  await counter.type('temperature', '3.65');
  await counter.tap('[data-part=check-in] [type=submit]');
  await vi.waitFor(() => expect(counter.faults()).toEqual(['应在 34.0 到 43.0 之间，例如 36.5']));
  await counter.type('temperature', '37,6');
  await counter.tap('[data-part=check-in] [type=submit]');
  await counter.tap('[data-symptoms]');
  await counter.tap('[data-part=check-in] [type=submit]');
  await vi.waitFor(() => expect(counter.faults()).toHaveLength(1));
  await counter.tap('[name=symptoms][value=cough]');
  await counter.tap('[data-part=check-in] [type=submit]');
  await counter.find('[data-checked-in=done]');
  expect(sent).toEqual({ tenths: 376, symptoms: ['cough'] });
});

test('a check-in whose answer was lost is sent again as the same one, and another as another', async () => {
  const failures = [cut, cut];
  const counter = openCounter({
    [FIND]: found(),
    [CHECK_IN]: () => failures.shift()?.() ?? Response.json(RESIDENT),
  });
  const keys = () => counter.asked.filter((at) => at.startsWith('PUT'));
  await counter.findPerson();
  await counter.tap('[data-normal]');
  await counter.tap('[data-no-symptoms]');
  await counter.find('[data-trouble=unreachable]');
  await counter.tap('[data-no-symptoms]');
  await vi.waitFor(() => expect(keys()).toHaveLength(2));
  await vi.waitFor(async () =>
    expect((await counter.find<HTMLButtonElement>('[data-no-symptoms]')).disabled).toBe(false),
  );
  await counter.tap('[data-again]');
  await counter.type('temperature', '36.6');
  await counter.tap('[data-part=check-in] [type=submit]');
  await counter.tap('[data-no-symptoms]');
  await counter.find('[data-checked-in=done]');
  const [first, second, third] = keys();
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('who has just checked in is asked to wait', async () => {
  const counter = openCounter({ [FIND]: found(), [CHECK_IN]: () => problem(429, 'busy') });
  await counter.findPerson();
  await counter.tap('[data-normal]');
  await counter.tap('[data-no-symptoms]');
  expect((await counter.find('[data-trouble=too-often]')).textContent).toContain('一分钟');
});

async function paper(changes = {}) {
  const { keys } = await makeAuthority();
  const claims = printedClaims(keys.code.kid, {
    ...{ issuedAt: NOW, checkedInAt: NOW, expiresAt: NOW + 14 * 86_400 },
    ...changes,
  });
  const text = codeToText(await issueCode(claims, ISSUER, keys.code.privateKey));
  return { text, answer: { text, issuer: ISSUER, validity: 3 * 86_400, now: NOW } };
}

test('on paper there is the sheet alone: a large QR, the masked name, who applied, until when', async () => {
  const { text, answer } = await paper({ name: '王*兰' });
  const counter = openCounter({
    [FIND]: found(),
    'POST /codes': (body) =>
      JSON.stringify(body) === '{"ticket":"ticket-paper"}' ? Response.json(answer) : problem(400),
  });
  await counter.findPerson();
  await counter.tap('[data-fetch]');
  const sheet = await counter.find('[data-code-sheet]');
  const values = [...sheet.querySelectorAll('dd')].map((one) => one.textContent);
  expect(values).toEqual([
    ...['王*兰', '王小红', '女儿 daughter', '2020-03-13 16:00'],
    '襄阳市樊城区 Fancheng District, Xiangyang',
  ]);
  expect(sheet.textContent).not.toMatch(/绿码|Green/);
  expect(sheet.querySelector<SVGElement>('[data-qr-text]')?.dataset['qrText']).toBe(text);

  const emulate = async (media: string, scheme: string) => {
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await cdp().send('Emulation.setEmulatedMedia', { media, features });
  };
  onTestFinished(() => emulate('', ''));
  await emulate('print', 'dark');
  const qr = sheet.querySelector('.qr')?.getBoundingClientRect();
  expect(((qr?.width ?? 0) / 96) * 25.4).toBeCloseTo(100, 0);
  expect(getComputedStyle(sheet).color).toBe('rgb(0, 0, 0)');
  expect(getComputedStyle(document.body).backgroundColor).toBe('rgb(255, 255, 255)');
  for (const other of ['.top-bar', 'nav', '[data-part=check-in]', '[data-panel=areas]', 'h2']) {
    expect((await counter.find(other)).checkVisibility()).toBe(false);
  }
});

test('a check-in takes the sheet away: the paper that lasts longer is another one', async () => {
  const { answer } = await paper();
  const counter = openCounter({
    [FIND]: found(),
    [CHECK_IN]: () => Response.json({ ...RESIDENT, checkedInAt: NOW + 600 }),
    'POST /codes': () => Response.json(answer),
  });
  await counter.findPerson();
  await counter.tap('[data-fetch]');
  await counter.find('[data-print]');
  await counter.tap('[data-normal]');
  await counter.tap('[data-no-symptoms]');
  await counter.find('[data-fetch]');
  expect(counter.place.querySelector('[data-code-sheet]')).toBeNull();
});

test('a code that no printer should have is not shown', async () => {
  const counter = openCounter({
    [FIND]: found(),
    'POST /codes': () =>
      Response.json({ text: 'KK1:ABC', issuer: ISSUER, validity: 3 * 86_400, now: NOW }),
  });
  await counter.findPerson();
  await counter.tap('[data-fetch]');
  await counter.find('[data-trouble=failed]');
});

test('of a live code the page says what its owner can do, and that is not for the counter', async () => {
  const counter = openCounter({ [FIND]: found(ON_A_PHONE) });
  await counter.findPerson();
  expect((await counter.find('[data-live]')).textContent).toContain('手机');
  for (const part of ['check-in', 'print'].map((name) => `[data-part=${name}]`)) {
    expect(counter.place.querySelector(part)).toBeNull();
  }
  for (const act of ['[data-act=delete]', '[data-declare]', '[data-correct]']) {
    expect(counter.place.querySelector(act)).toBeNull();
  }
});

test('whoever a stranger’s phone has is released, asked once more, and declares', async () => {
  let sent: unknown;
  const counter = openCounter({
    [FIND]: found(ON_A_PHONE),
    [RELEASE]: (body) => {
      sent = body;
      return Response.json({ ...RESIDENT, ...ON_A_PHONE, withdrawn: true, phone: false });
    },
  });
  await counter.findPerson();
  await counter.tap('[data-act=not-theirs]');
  expect(counter.asked).not.toContain(RELEASE);
  await counter.tap('[data-confirm]');
  await counter.find('[data-released]');
  expect(sent).toEqual({ reason: 'not-theirs' });
  expect(counter.place.querySelector('[data-part=release]')).toBeNull();
  await counter.tap('[data-declare]');
  const panel = await counter.find('[data-panel=counter-declaration]');
  expect(panel.querySelector('[data-document]')?.textContent).toContain(NUMBER);
});

test('what was declared at the counter is corrected as a whole, and asked for by its document', async () => {
  let sent: unknown;
  const counter = openCounter({
    [FIND]: found(),
    [CORRECT]: (body) => {
      sent = body;
      return Response.json({ ...RESIDENT, name: '王*芳' });
    },
  });
  await counter.findPerson();
  await counter.tap('[data-correct]');
  await counter.tap('[data-mend]');
  await counter.tap('[data-correct]');
  await fillDeclaration(counter);
  await counter.type('name', '王桂芳');
  await counter.tap('[type=submit]');
  const panel = await counter.find('[data-panel=counter-person]');
  expect(panel.textContent).toContain('王*芳');
  expect(sent).toMatchObject({
    declaration: { name: '王桂芳', document: { type: 'resident-id', number: NUMBER } },
    guardian: { name: '李社区', relationship: 'guardian' },
  });
});

test('a second correction is refused, and the page says why', async () => {
  const counter = openCounter({
    [FIND]: found(),
    [CORRECT]: () => problem(409, 'corrected-already'),
  });
  await counter.findPerson();
  await counter.tap('[data-correct]');
  await fillDeclaration(counter);
  await counter.tap('[type=submit]');
  await counter.find('[data-trouble=corrected-already]');
});

test('a code that is void comes back by declaring again', async () => {
  const counter = openCounter({ [FIND]: found({ ticket: null, withdrawn: true }) });
  await counter.findPerson();
  await counter.tap('[data-declare]');
  const panel = await counter.find('[data-panel=counter-declaration]');
  expect(panel.querySelector('[data-document]')?.textContent).toContain(NUMBER);
});

test('a document that was mistyped is mended, and the rest stays', async () => {
  const counter = openCounter({ [FIND]: unknown });
  await counter.findPerson();
  await counter.type('name', '王桂兰');
  await counter.tap('[data-mend]');
  await counter.findPerson('420606199003071235');
  expect(await counter.find('[name=name]')).toHaveProperty('value', '王桂兰');
});

test('a deletion is asked about, and done too when only its answer was lost', async () => {
  const answers = [cut, unknown];
  const counter = openCounter({ [FIND]: found(), [DELETE]: () => answers.shift()?.() ?? cut() });
  await counter.findPerson();
  await counter.tap('[data-act=delete]');
  expect(counter.asked).not.toContain(DELETE);
  await counter.tap('[data-confirm]');
  await counter.find('[data-trouble=unreachable]');
  await counter.tap('[data-act=delete]');
  await counter.tap('[data-confirm]');
  await counter.find('[data-deleted]');
  expect(await counter.find('[name=number]')).toHaveProperty('value', '');
});

test('nobody deletes a red away, and the page says why', async () => {
  const counter = openCounter({
    [FIND]: found({ colour: 'red', cause: 'confirmed', reviewFrom: NOW + 14 * 86_400 }),
    [DELETE]: () => problem(409, 'colour-stands'),
  });
  await counter.findPerson();
  await counter.tap('[data-act=delete]');
  await counter.tap('[data-confirm]');
  await counter.find('[data-trouble=colour-stands]');
});

test('an area is added and can be chosen at once; one that there is gets another name', async () => {
  const areas = [...AREAS];
  const counter = openCounter({
    [FIND]: unknown,
    'GET /residents/areas': () => Response.json(areas),
    'PUT /hq/areas/420699': (body) => {
      areas.push({ code: '420699', ...(body as { zh: string; en: string }) });
      return new Response(null, { status: 204 });
    },
  });
  await counter.findPerson();
  await counter.tap('[data-panel=areas] [type=submit]');
  await vi.waitFor(() => expect(counter.faults()).toHaveLength(3));
  await counter.type('code', '042069');
  await counter.type('zh', ' 襄阳市高新区 ');
  await counter.type('en', 'Gaoxin District, Xiangyang');
  await counter.tap('[data-panel=areas] [type=submit]');
  await vi.waitFor(() => expect(counter.faults()).toEqual(['请填六位数字，首位不是 0']));
  await counter.type('code', '420699');
  await counter.tap('[data-panel=areas] [type=submit]');
  expect((await counter.find('[data-area-done]')).textContent).toContain('襄阳市高新区');
  await counter.choose('area', '420699');
  expect(counter.faults()).toEqual([]);
  await counter.type('code', '420606');
  const panel = await counter.find('[data-panel=areas]');
  await vi.waitFor(() => expect(panel.textContent).toContain('现在叫“襄阳市樊城区”'));
});

test('an area that was not added says why, and what was typed stays', async () => {
  const counter = openCounter({ 'PUT /hq/areas/420699': cut });
  await counter.type('code', '420699');
  await counter.type('zh', '襄阳市高新区');
  await counter.type('en', 'Gaoxin');
  await counter.tap('[data-panel=areas] [type=submit]');
  await counter.find('[data-trouble=unreachable]');
  expect(await counter.find('[name=zh]')).toHaveProperty('value', '襄阳市高新区');
});

test('a list of areas that did not come is read again', async () => {
  const answers = [cut];
  const counter = openCounter({
    'GET /residents/areas': () => answers.shift()?.() ?? Response.json(AREAS),
  });
  await counter.tap('[data-retry]');
  await counter.find('[data-area="420606"]');
  expect(counter.place.querySelector('[data-retry]')).toBeNull();
});

test('whoever only looks and opens the address is told', async () => {
  const overview = { ...makeOverview(), staff: { name: '王', role: 'viewer' as const } };
  const { find, place } = showPage('counter', {}, overview);
  await find('[data-trouble=forbidden]');
  expect(place.querySelector('form')).toBeNull();
});

test('axe finds no fault in the declaration and its mistakes, nor where a person is shown', async () => {
  const answers = [unknown, found()];
  const { answer } = await paper();
  const counter = openCounter({
    [FIND]: () => answers.shift()?.() ?? unknown(),
    'POST /codes': () => Response.json(answer),
  });
  const violations = async () => (await axe.run(counter.place)).violations.map(({ id }) => id);
  await counter.findPerson();
  await counter.tap('[data-panel=counter-declaration] [type=submit]');
  await vi.waitFor(() => expect(counter.faults()).not.toEqual([]));
  expect(await violations()).toEqual([]);
  await counter.tap('[data-next]');
  await counter.findPerson();
  await counter.tap('[data-fetch]');
  await counter.find('[data-code-sheet]');
  expect(await violations()).toEqual([]);
});
