import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { navigate, route } from '../../src/scanner/state/route.ts';
import { badgeOf, codeOf } from './codes.ts';
import { type OpenApp, openApp, speak } from './open-app.tsx';

/** Presses of Tab after which whoever looks for a button gives up. */
const PATIENT = 60;

let opened: OpenApp;
let files: string[];
beforeAll(async () => {
  await page.viewport(360, 640);
  await speak('zh');
  opened = await openApp();
  // A pass leaves by itself, and not before it was looked at.
  opened.app.choices.choosePassShown(3000);
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    files.push(this.download);
  });
  opened.draw();
});
afterAll(() => opened.close());
beforeEach(async () => {
  files = [];
  opened.app.post.next();
  navigate('/help');
  await at('MAIN settings help');
  navigate('/');
  await at('MAIN scan');
});

const soon = <T,>(look: () => T) => vi.waitFor(look, { timeout: 5000, interval: 10 });

/** Waits until the focus is there, as "tag class". */
async function at(where: string | RegExp): Promise<void> {
  const exactly = typeof where === 'string' ? new RegExp(`^${where} *$`) : where;
  await soon(() => {
    const { activeElement: element } = document;
    expect(`${element?.tagName} ${element?.className}`).toMatch(exactly);
  });
}

const nameOf = (element: Element) =>
  element.getAttribute('aria-label') ?? (element.closest('label') ?? element).textContent ?? '';

/** The focus can be seen: within the window, and with a ring around it. */
function expectSeen(element: Element): void {
  const ringed = element.matches('[type="file"]') ? element.closest('label') : element;
  if (!ringed) throw new Error('a button for files has no label');
  const { outlineStyle, outlineWidth } = getComputedStyle(ringed);
  expect(outlineStyle, nameOf(element)).toBe('solid');
  expect(Number.parseFloat(outlineWidth), nameOf(element)).toBeGreaterThanOrEqual(2);
  const { left, top, width, height } = ringed.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + Math.min(height, 40) / 2);
  expect(ringed.contains(hit), `${nameOf(element)} is in sight`).toBe(true);
}

/** Goes on by Tab until the focus is on what is called so; all on the way is seen. */
async function tabTo(name: string | RegExp): Promise<Element> {
  const met: string[] = [];
  for (let presses = 0; presses < PATIENT; presses++) {
    await userEvent.keyboard('{Tab}');
    const { activeElement: element } = document;
    if (!element || element === document.body) continue;
    // What comes in above it moves it, and the page after it.
    await soon(() => expectSeen(element));
    met.push(nameOf(element));
    if (typeof name === 'string' ? met.at(-1) === name : name.test(met.at(-1) ?? ''))
      return element;
  }
  throw new Error(`Tab never came to ${name}, but to ${met.join(', ')}`);
}

async function press(name: string | RegExp): Promise<Element> {
  const element = await tabTo(name);
  await userEvent.keyboard('{Enter}');
  return element;
}

/** One key after the other, as a hand types them: the next when the last has been taken. */
async function type(digits: string, readout: string): Promise<void> {
  for (const [i, digit] of [...digits].entries()) {
    await userEvent.keyboard(digit);
    if (i === digits.length - 1) return;
    await soon(() => {
      const shown = document.querySelector(readout)?.textContent?.replace(/[^\dX]/g, '');
      expect(shown).toBe(digits.slice(0, i + 1));
    });
  }
}
const measure = (digits: string) => type(digits, '.digits');

let people = 0;
/** Somebody new comes before the camera. */
async function come(colour: 'green' | 'red' = 'green'): Promise<void> {
  const sub = `AQIDBAUGB${'ABCDEFGHIJ'[people++ % 10]}A`;
  const text = await codeOf(opened.peer, { colour, sub });
  expect(await opened.app.intake.seen(text, () => true)).toBe(true);
}

const verdict = (kind: string) =>
  soon(() => {
    expect(document.querySelector('[data-verdict]')?.getAttribute('data-verdict')).toBe(kind);
  });

/** A stop that may be answered: in its first moment nothing leads on, lest a hand is too fast. */
async function stopped(): Promise<void> {
  await verdict('stop');
  await at(/^MAIN verdict/);
  await soon(() => expect(document.querySelector('.answers > :enabled:last-child')).toBeTruthy());
}

test('a person is measured and passes; Space holds it, and Escape sends it away', async () => {
  await come();
  await at('MAIN measure');
  await measure('365');
  await verdict('pass');
  await at(/^MAIN verdict/);
  await userEvent.keyboard(' ');
  await soon(() => expect(document.querySelector('.answers')?.textContent).toContain('轻触'));
  await userEvent.keyboard('{Escape}');
  await at('MAIN scan');
});

test('a person who is being measured is broken off with Escape', async () => {
  await come();
  await at('MAIN measure');
  await userEvent.keyboard('{Escape}');
  await at('MAIN scan');
});

test.each(['{Enter}', '{Escape}'])('a stop is seen to, and %s goes on', async (key) => {
  await come('red');
  await stopped();
  await press('转给对方看');
  await at(/^MAIN verdict/);
  await press('转回来');
  await at(/^MAIN verdict/);
  await userEvent.keyboard(key);
  await at('MAIN scan');
});

test('every page is reached from the first line, and leads back', async () => {
  for (const [name, main] of [
    ['设置', 'MAIN settings'],
    ['今日', 'MAIN settings duty'],
    ['帮助', 'MAIN settings help'],
    ['30 秒练习', 'MAIN settings'],
  ] as const) {
    await press(/城北卡口/);
    await at('MAIN settings state');
    await press(name);
    await at(main);
    await press(name === '30 秒练习' ? '跳过' : '返回扫码');
    await at('MAIN scan');
  }
});

test('a vehicle is begun, its people judged, and it is finished', async () => {
  const { vehicle } = opened.app;
  await press('车辆');
  await at('MAIN vehicle');
  await tabTo('车牌号码');
  await userEvent.keyboard('f12345{Enter}');
  await at('MAIN scan');
  expect(vehicle.value?.plate).toBe('鄂F12345');
  await come();
  await at('MAIN measure');
  await measure('365');
  await verdict('pass');
  await userEvent.keyboard('{Escape}');
  await at('MAIN scan');
  await come('red');
  await stopped();
  await userEvent.keyboard('{Enter}');
  await at('MAIN scan');

  await press('这辆车完成');
  await at(/^MAIN verdict vehicle-verdict/);
  expect(document.querySelector('[data-vehicle-verdict]')?.textContent).toMatch(
    /鄂F12345.*1 人不能通行/,
  );
  // Escape leads back to the vehicle, which stays; only its button finishes it.
  await userEvent.keyboard('{Escape}');
  await at('MAIN scan');
  expect(vehicle.value?.people).toHaveLength(2);
  await press('这辆车完成');
  await at(/^MAIN verdict vehicle-verdict/);
  await press('仍然结束');
  await at('MAIN scan');
  expect(vehicle.value).toBeUndefined();
});

test('a plate that is none is told, and Enter begins nothing', async () => {
  await press('车辆');
  await tabTo('车牌号码');
  await userEvent.keyboard('f12{Enter}');
  await soon(() =>
    expect(document.querySelector('main [role="status"]')?.textContent).not.toBe(''),
  );
  expect(route.value).toBe('/vehicle');
  await press('返回');
  await at('MAIN scan');
});

test('somebody without a code is recorded by their number, measured and judged', async () => {
  await press('无码登记');
  await at('MAIN no-code');
  await type('11010519491231002', '.document-number');
  await userEvent.keyboard('X');
  await soon(() => expect(document.querySelector('.hint')?.textContent).toBe(''));
  const why = await press('手机没电');
  expect(why.getAttribute('aria-pressed')).toBe('true');
  await press('下一步：测体温');
  await at('MAIN measure');
  await measure('365');
  await at(/^MAIN verdict/);
  await userEvent.keyboard('{Escape}');
  await at('MAIN scan');
  await press('无码登记');
  await at('MAIN no-code');
  await userEvent.keyboard('{Escape}');
  await at('MAIN scan');
});

test('the station is changed, a fever is listed, and its symptoms are ticked and recorded', async () => {
  await press(/城北卡口/);
  await press('设置');
  await at('MAIN settings');
  const role = await press('测温点');
  await soon(() => expect(role.getAttribute('aria-pressed')).toBe('true'));
  expect(document.activeElement).toBe(role);
  await press('返回扫码');
  await at('MAIN scan');

  await press('先测温');
  await at('MAIN measure');
  await userEvent.keyboard('{Escape}');
  await at('MAIN scan');
  await come();
  await at('MAIN measure');
  await measure('381');
  await stopped();
  await userEvent.keyboard('{Enter}');
  await at('MAIN scan');

  await press('今日发热 1');
  await at('MAIN fevers');
  const cough = await press('咳嗽');
  await soon(() => expect(cough.getAttribute('aria-pressed')).toBe('true'));
  expect(document.activeElement).toBe(cough);
  await press('记录');
  await soon(() => expect(opened.app.fevers.value[0]?.symptoms).toEqual(['cough']));
  // What was pressed can be pressed no more: the next is what comes after it.
  await userEvent.keyboard('{Tab}');
  expect(nameOf(document.activeElement ?? document.body)).toBe('返回扫码');
  await userEvent.keyboard('{Enter}');
  await at('MAIN scan');

  await press(/城北卡口/);
  await press('设置');
  await press('卡口');
  await soon(() => expect(opened.app.station.role.value).toBe('checkpoint'));
});

test('a shift begins and ends, and its numbers are read', async () => {
  const { desk } = opened.app;
  const badge = await badgeOf(opened.peer, 'steward');
  desk.take(badge);
  await soon(() => expect(document.querySelector('[data-badge="started"]')).not.toBeNull());
  desk.take(badge);
  await at('MAIN settings duty');
  await press('继续值班');
  await at('MAIN scan');
  expect(desk.shift.value).toBeDefined();
  desk.take(badge);
  await at('MAIN settings duty');
  await press('结束值班');
  await soon(() => expect(document.querySelector('[data-past]')).not.toBeNull());
  await at('MAIN settings duty');
  await press('返回扫码');
  await at('MAIN scan');
});

test('a supervisor is asked for, called off, asked for again, and lets somebody pass', async () => {
  const badge = await badgeOf(opened.peer, 'supervisor');
  await come('red');
  await stopped();
  await press('负责人放行…');
  await at('MAIN scan');
  await press('取消');
  await at(/^MAIN verdict/);
  await press('负责人放行…');
  await at('MAIN scan');
  opened.app.desk.take(badge);
  await at('MAIN measure override');
  await press('紧急情况');
  await verdict('pass');
  await userEvent.keyboard('{Escape}');
  await at('MAIN scan');
});

test('settings are chosen, and the focus stays on what was chosen', async () => {
  await press(/城北卡口/);
  await press('设置');
  await at('MAIN settings');
  const english = await press('English');
  await soon(() => expect(document.querySelector('h1')?.textContent).toBe('Settings'));
  expect(document.activeElement).toBe(english);
  await press('中文');
  await soon(() => expect(document.querySelector('h1')?.textContent).toBe('设置'));
  const celsius = await press(/^华氏/);
  await soon(() => expect(celsius.getAttribute('aria-pressed')).toBe('true'));
  await press(/^摄氏/);
  await tabTo(/^通行画面停留/);
  await userEvent.keyboard('{ArrowUp}');
  await soon(() => expect(opened.app.choices.passShown.value).toBe(2000));
  await userEvent.keyboard('{ArrowDown}');
  await soon(() => expect(opened.app.choices.passShown.value).toBe(3000));
});

test('records leave as a file, another is taken in, and the counts leave as CSV', async () => {
  await press(/城北卡口/);
  await press('设置');
  await at('MAIN settings');
  await press(/^(交出记录|请人带回更新)/);
  const told = () => document.querySelector('[data-carry]');
  await soon(() => expect(told()?.getAttribute('data-carry')).toBe('given'));
  expect(files).toEqual([expect.stringMatching(/^kakou-.*\.txt$/)]);

  const chooser = document.querySelector<HTMLInputElement>('input[type="file"][hidden]');
  const opens = new Promise<void>((resolve) =>
    chooser?.addEventListener('click', (event) => {
      event.preventDefault();
      resolve();
    }),
  );
  await press('读入带来的文件');
  await opens;
  const chosen = new DataTransfer();
  chosen.items.add(new File(['?'], 'a.txt'));
  if (chooser) chooser.files = chosen.files;
  chooser?.dispatchEvent(new Event('change', { bubbles: true }));
  await soon(() => expect(told()?.getAttribute('data-carry')).toBe('done'));
  expect(told()?.getAttribute('role')).toBe('status');

  await press('返回扫码');
  await press(/城北卡口/);
  await press('今日');
  await at('MAIN settings duty');
  await press('导出 CSV');
  await soon(() => expect(files.at(-1)).toMatch(/^kakou-.*\.csv$/));
});
