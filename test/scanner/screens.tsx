import { signal } from '@preact/signals';
import { render } from 'preact';
import { vi } from 'vitest';
import { formatEnrolmentLink } from '../../src/core/enrolment.ts';
import type { Occupant } from '../../src/core/vehicle.ts';
import type { Evidence, Verdict } from '../../src/core/verdict/decide.ts';
import { type NoCodeDocument, REASONS, type Reason } from '../../src/core/verdict/reasons.ts';
import { noteEncounter } from '../../src/device/encounters.ts';
import { changeRole } from '../../src/device/role.ts';
import type { Tally } from '../../src/device/tallies.ts';
import { lazyWords } from '../../src/scanner/i18n/lazy/index.ts';
import { NoStorage } from '../../src/scanner/pages/no-storage.tsx';
import type { Outcome, Subject } from '../../src/scanner/pipeline.ts';
import type { App } from '../../src/scanner/state/app.ts';
import { askSupervisor } from '../../src/scanner/state/badges.ts';
import type { DeskNotice } from '../../src/scanner/state/desk.ts';
import { install } from '../../src/scanner/state/install.ts';
import type { Notice } from '../../src/scanner/state/intake.ts';
import { createPost } from '../../src/scanner/state/post.ts';
import { navigate, type Route } from '../../src/scanner/state/route.ts';
import { update } from '../../src/scanner/state/update.ts';
import { NOW, OPEN_POLICY } from '../core/make.ts';
import { live, printed } from '../core/verdict/situation.ts';
import { type OpenApp, openApp } from './open-app.tsx';

/** What the post finds about whoever comes next. */
interface Found {
  evidence: Evidence;
  reason: Reason;
  more: Partial<Verdict>;
  before: Subject['before'];
  record: Outcome['record'];
}

interface Stage extends OpenApp {
  readonly found: Found;
}

/** A state of the app that looks like no other. */
export interface Screen {
  /** What is there once it is. */
  readonly is: string;
  readonly bring: (stage: Stage) => unknown;
}

/** Milliseconds: as long as a timer can be. Nothing leaves while it is looked at. */
const FOREVER = 2 ** 31 - 1;
const GREEN: Found = {
  evidence: { kind: 'code', code: live({ name: '欧阳*明' }) },
  reason: 'green',
  more: {},
  before: undefined,
  record: { kept: true, n: 1234 },
};
const ELDER: Evidence = { kind: 'code', code: printed({ name: '欧阳*锋' }) };
const ID = '42060619900307123X';
const WITHOUT: Evidence = { kind: 'no-code', document: 'resident-id', number: ID };
const HERE_BEFORE = { ago: 120, verdict: 'unverified' } as const;

/** The app with a post that finds whatever is to be looked at. */
export async function openStage(): Promise<OpenApp & { show(screen: Screen): Promise<void> }> {
  const opened = await openApp();
  const { app, camera, place } = opened;
  const found = { ...GREEN };
  const post = createPost({
    pipeline: {
      identify: async () => ({ evidence: found.evidence, actions: {}, before: found.before }),
      present: async (evidence) => ({ evidence, actions: {}, before: found.before }),
      judge: async (subject) => {
        const { reason, more, record } = found;
        const verdict = { verdict: REASONS[reason], reason, amber: [], ...more };
        return { subject, verdict, record: verdict.verdict === 'measure' ? undefined : record };
      },
    },
    announce: () => {},
    policy: () => OPEN_POLICY,
    role: () => app.station.role.value,
    passShown: () => FOREVER,
  });
  const shown: App = {
    ...app,
    ...{ post, announce: () => {}, battery: signal(undefined) },
    choices: { ...app.choices, passShown: signal(FOREVER) },
  };
  const stage: Stage = {
    ...opened,
    app: shown,
    found,
    draw: (changes = {}) => opened.draw({ ...shown, ...changes }),
  };

  /** As after a start. */
  async function clear(): Promise<void> {
    const { desk, choices, readings, store } = shown;
    const otherCamera = camera.refusal !== undefined || Object.keys(camera.capabilities).length > 0;
    Object.assign(camera, { refusal: undefined, capabilities: {} });
    Object.assign(found, GREEN);
    navigate(otherCamera ? '/help' : '/');
    stage.draw();
    if (otherCamera) await shownAs(place, 'main.help');
    post.giveUpReading();
    post.next();
    desk.asking.value?.(undefined);
    for (const each of [desk.shift, desk.past, desk.notice, desk.opened, desk.overriding]) {
      each.value = undefined;
    }
    for (const each of [desk.ending, desk.hasBadges]) each.value = false;
    shown.vehicle.value = undefined;
    shown.fevers.value = [];
    update.value = undefined;
    install.value = undefined;
    readings.thermometerState.value = 'none';
    choices.chooseWall(false);
    choices.chooseUnit('celsius');
    if (shown.station.role.value !== 'checkpoint') await changeRole(store, 'checkpoint');
    navigate('/');
    await shownAs(place, '[data-shift=""]');
  }

  return {
    ...stage,
    async show({ is, bring }: Screen): Promise<void> {
      await clear();
      await bring(stage);
      await shownAs(place, is);
      // Effects, and what follows the size of the window.
      await new Promise(requestAnimationFrame);
    },
  };
}

async function shownAs(place: ParentNode, selector: string): Promise<Element> {
  return vi.waitFor(
    () => {
      const found = place.querySelector(selector);
      if (!found) throw new Error(`${selector} is not shown: ${document.body.textContent}`);
      return found;
    },
    { timeout: 5000, interval: 5 },
  );
}

/** Presses a button by its text, once it can be pressed. */
async function press({ place }: Stage, text: string): Promise<void> {
  const button = await vi.waitFor(
    () => {
      const all = [...place.querySelectorAll<HTMLButtonElement>('main:not([inert]) button')];
      const found = all.find((one) => one.textContent === text && !one.disabled);
      if (!found) throw new Error(`nobody can press ${text}: ${place.textContent}`);
      return found;
    },
    { timeout: 5000, interval: 5 },
  );
  button.click();
}

function type(place: ParentNode, selector: string, text: string): void {
  const field = place.querySelector<HTMLInputElement>(selector);
  if (!field) throw new Error(`${selector} is not shown`);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

const at = (route: Route, is: string): Screen => ({ is, bring: () => navigate(route) });

/** Somebody comes who is found to be so. */
function judged(reason: Reason, changes: Partial<Found> = {}) {
  return async ({ app, found }: Stage) => {
    Object.assign(found, { reason }, changes);
    await app.post.scanned('code');
  };
}

/** The same, after three digits. */
function measured(reason: Reason, tenths: number, changes: Partial<Found> = {}) {
  return async (stage: Stage) => {
    await judged('needs-reading', changes)(stage);
    stage.found.reason = reason;
    await stage.app.post.measured(tenths);
  };
}

async function turn(stage: Stage): Promise<void> {
  await press(stage, lazyWords.value.verdict.turn);
}

function bringCamera(changes: object) {
  return async ({ camera, place }: Stage) => {
    navigate('/help');
    await shownAs(place, 'main.help');
    Object.assign(camera, changes);
    navigate('/');
  };
}

const person = (seat: number, verdict: Occupant['verdict'] = 'pass'): Occupant => ({
  seat,
  verdict,
  who: verdict === 'unverified' ? { kind: 'refused', refusal: 'damaged' } : `person ${seat}`,
});
const BUS = Array.from({ length: 14 }, (_, i) => person(i + 1));
const fill =
  (...people: readonly Occupant[]) =>
  ({ app }: Stage) => {
    app.vehicle.value = { plate: '鄂F12345D', people };
  };

const showDocument =
  (group: NoCodeDocument) =>
  async ({ place }: Stage) => {
    navigate('/no-code');
    const tab = await shownAs(place, `[data-group="${group}"]`);
    tab.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  };

function fillDisk({ app, draw }: Stage): void {
  const held = signal({ count: 3, unsaved: 3, since: NOW });
  const records = { ...app.station.records, held, trouble: signal('full' as const) };
  draw({ station: { ...app.station, records } });
}

const SHIFT = { badge: 'K7MN-2Q9P', role: 'supervisor', exp: NOW * 2, since: NOW } as const;
const come = ({ app }: Stage) => {
  app.desk.hasBadges.value = true;
  app.desk.shift.value = { ...SHIFT, name: 'Margaret Featherstone' };
};
const TALLY: Tally = {
  ...{ reasons: { green: 120, 'clock-wrong': 2, lapsed: 3 }, fevers: 1, seconds: { 4: 120 } },
};
const atTemperature = async ({ app, place }: Stage) => {
  await changeRole(app.store, 'temperature');
  await vi.waitUntil(() => app.station.role.value === 'temperature', { interval: 5 });
  await shownAs(place, '.actions.more button:nth-child(3)');
};
const tookFirst = (tenths: number) => async (stage: Stage) => {
  await atTemperature(stage);
  await stage.app.post.measured(tenths);
};
const offered = () => {
  update.value = () => {};
};

/** A file comes in by the button for it. */
async function takeFile({ place }: Stage, text: string): Promise<void> {
  const input = place.querySelector<HTMLInputElement>('input[type="file"][hidden]');
  if (!input) throw new Error('no file can be taken in');
  const files = new DataTransfer();
  files.items.add(new File([text], 'kakou-records-X-1-1.txt', { type: 'text/plain' }));
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

const settings = async (stage: Stage) => {
  navigate('/settings');
  await shownAs(stage.place, 'main.settings');
};

/** All but what each single reason says. A new one stands here as soon as it has a component. */
export const SCREENS: Readonly<Record<string, Screen>> = {
  scan: at('/', '.frame'),
  'scan, on shift': { is: '[data-shift="K7MN-2Q9P"]', bring: come },
  'scan, torch and zoom': {
    is: '.tools input',
    bring: bringCamera({ capabilities: { torch: true, zoom: { min: 1, max: 8, step: 0.1 } } }),
  },
  'scan, no camera': { is: '.trouble', bring: bringCamera({ refusal: 'NotAllowedError' }) },
  'scan, no engine': {
    is: 'main.scan > .banner',
    bring: ({ app, draw }) =>
      draw({ engines: { ...app.engines, decoder: signal({ state: 'failed' } as const) } }),
  },
  'scan, a fault': { is: '#app > .banner', bring: ({ draw }) => draw({ fault: signal(true) }) },
  'scan, a full disk': {
    is: '.disk-trouble button',
    bring: fillDisk,
  },
  'scan, in trouble': {
    is: '.claim.bad[data-battery]',
    bring: ({ app, draw }) =>
      draw({
        battery: signal({ percent: 5, charging: false }),
        station: {
          ...app.station,
          online: signal(false),
          waiting: signal({ count: 1234, oldestAt: NOW - 90_000 }),
        },
      }),
  },
  'on a wall': {
    is: 'html[data-wall] .actions',
    bring: (stage) => {
      come(stage);
      stage.app.choices.chooseWall(true);
    },
  },
  'a badge is asked for': {
    is: '.badge-asked',
    bring: ({ app }) => {
      void askSupervisor(app.desk);
      app.desk.notice.value = 'not-a-supervisor';
    },
  },
  'a badge is asked for at a stop': {
    is: '.badge-asked',
    bring: async (stage) => {
      await judged('red')(stage);
      void askSupervisor(stage.app.desk);
    },
  },
  'temperature station': { is: '.actions.more button:nth-child(3)', bring: atTemperature },
  'first reading': { is: '.first-reading', bring: tookFirst(365) },
  'first reading, fever': { is: '.first-reading.verdict-stop', bring: tookFirst(381) },
  'vehicle, its people': { is: '[data-vehicle="stop"]', bring: fill(...BUS, person(15, 'stop')) },

  measure: { is: '.measure .keypad', bring: judged('needs-reading', { before: HERE_BEFORE }) },
  'measure, again': { is: '.measure .warning', bring: judged('implausible-reading') },
  'measure, in Fahrenheit': {
    is: '.measure .keypad',
    bring: async (stage) => {
      stage.app.choices.chooseUnit('fahrenheit');
      await judged('needs-reading', { evidence: WITHOUT })(stage);
    },
  },
  'measure, by Bluetooth': {
    is: '.measure .keypad',
    bring: async (stage) => {
      stage.app.readings.thermometerState.value = 'ready';
      await judged('needs-reading')(stage);
    },
  },
  guardian: { is: '.guardian', bring: judged('confirm-guardian', { evidence: ELDER }) },
  'guardian, hidden': {
    is: '.person.hint',
    bring: async (stage) => {
      await judged('confirm-guardian', { evidence: ELDER })(stage);
      stage.app.post.hidePerson();
    },
  },
  'identity card': { is: '.guardian', bring: judged('check-identity') },

  pass: {
    is: '.verdict-pass .note',
    bring: measured('green', 365, {
      ...{ before: HERE_BEFORE, more: { amber: ['trust', 'bulletin', 'status'] } },
    }),
  },
  'pass, held': {
    is: '.verdict-pass .shaded:enabled',
    bring: async (stage) => {
      await measured('green', 365)(stage);
      stage.app.post.hold();
    },
  },
  'pass, turned': {
    is: '.verdict-pass[data-turned]',
    bring: async (stage) => {
      await measured('green', 365)(stage);
      stage.app.post.hold();
      await turn(stage);
    },
  },
  'stop, with all that can be said': {
    is: '.verdict-stop [data-override]:enabled',
    bring: async (stage) => {
      stage.app.desk.hasBadges.value = true;
      const more = { feverEarlier: true, age: 2 };
      await judged('yellow', { evidence: ELDER, before: HERE_BEFORE, more })(stage);
    },
  },
  'stop, not on the disk': {
    is: '.verdict-stop .not-kept',
    bring: measured('fever', 381, { record: { kept: false } }),
  },
  'stop, on a full disk': {
    is: '.verdict-stop .not-kept',
    bring: async (stage) => {
      fillDisk(stage);
      await judged('red', { record: { kept: false } })(stage);
    },
  },
  'stop, a picture waits': {
    is: '.stage > .banner',
    bring: async (stage) => {
      await judged('red')(stage);
      stage.app.intake.notify('stopWaits');
    },
  },
  'stop, turned': {
    is: '.verdict-stop[data-turned]',
    bring: async (stage) => {
      await measured('fever', 381)(stage);
      await turn(stage);
    },
  },
  unverified: { is: '.verdict-unverified .shaded:enabled', bring: judged('clock-behind') },
  'unverified, turned': {
    is: '.verdict-unverified[data-turned]',
    bring: async (stage) => {
      await judged('clock-behind')(stage);
      await turn(stage);
    },
  },
  override: {
    is: '.override',
    bring: async (stage) => {
      await judged('red')(stage);
      stage.app.desk.overriding.value = 'S-9';
    },
  },

  vehicle: at('/vehicle', '.plate'),
  'vehicle, half a plate': {
    is: 'main.vehicle [role="status"]:not(:empty)',
    bring: async ({ place }) => {
      navigate('/vehicle');
      await shownAs(place, '.plate');
      type(place, '.plate input', 'F12');
    },
  },
  'vehicle, passes': {
    is: '.vehicle-verdict.verdict-pass .shaded:enabled',
    bring: (stage) => {
      fill(...BUS)(stage);
      navigate('/vehicle');
    },
  },
  'vehicle, is stopped': {
    is: '.vehicle-verdict.verdict-stop .shaded:enabled',
    bring: (stage) => {
      fill(...BUS, person(15, 'stop'), person(16, 'unverified'))(stage);
      navigate('/vehicle');
    },
  },
  'vehicle, lost with the page': {
    is: 'main.vehicle .occupants',
    bring: ({ app }) => {
      app.vehicle.value = { plate: undefined, people: BUS };
      navigate('/vehicle');
    },
  },
  'fevers, none': at('/fevers', '.fevers'),
  fevers: {
    is: '.symptoms [aria-pressed="true"]',
    bring: ({ app }) => {
      const fever = { id: 1, n: 7, at: NOW, tenths: 381, name: '欧阳*明', undone: false };
      app.fevers.value = [
        { ...fever, symptoms: ['cough', 'breath', 'contact'], undone: true },
        { ...fever, id: 2, name: undefined, symptoms: undefined },
        { ...fever, id: 3, name: undefined, symptoms: undefined, tenths: undefined },
      ];
      navigate('/fevers');
    },
  },
  'no code': at('/no-code', 'main.no-code .keypad'),
  'no code, a wrong number': {
    is: '.no-code .warning',
    bring: async ({ place }) => {
      navigate('/no-code');
      await shownAs(place, 'main.no-code');
      for (const key of '420606199003071239') {
        window.dispatchEvent(new KeyboardEvent('keydown', { key }));
      }
    },
  },
  'no code, a certificate': {
    is: '.no-code input',
    bring: showDocument('certificate'),
  },
  'no code, a passport': { is: '[data-document="passport"]', bring: showDocument('passport') },
  'no code, nothing': { is: '[data-why="refuses"]', bring: showDocument('none') },

  'shift, nobody': at('/shift', 'main.duty'),
  'shift, on': {
    is: 'main.duty .row',
    bring: (stage) => {
      come(stage);
      offered();
      navigate('/shift');
    },
  },
  'shift, ending': {
    is: '[data-ending]',
    bring: (stage) => {
      come(stage);
      stage.app.desk.ending.value = true;
      navigate('/shift');
    },
  },
  'shift, summary': {
    is: '[data-past]',
    bring: ({ app }) => {
      offered();
      navigate('/shift');
      app.desk.past.value = { ...SHIFT, until: NOW + 28_800, tally: TALLY };
    },
  },
  'today, nobody': at('/today', 'main.duty'),
  today: {
    is: '.hours .whys',
    bring: async ({ app: { store, station } }) => {
      const someone = { person: undefined, took: 5, fever: false, at: station.clock.wall() };
      for (const reason of ['green', 'stale-proof', 'damaged'] as const) {
        await noteEncounter(store, { ...someone, reason, verdict: REASONS[reason] }, undefined, 0);
      }
      navigate('/today');
    },
  },
  settings: { is: '[data-supervised="open"]', bring: settings },
  'settings, locked': {
    is: '[data-supervised="locked"]',
    bring: async (stage) => {
      stage.app.desk.hasBadges.value = true;
      offered();
      await settings(stage);
    },
  },
  'settings, to be installed': {
    is: '[data-install="offered"]',
    bring: async (stage) => {
      install.value = () => {};
      await settings(stage);
    },
  },
  'settings, a wrong file': {
    is: '[data-carry="done"] .warning',
    bring: async (stage) => {
      await settings(stage);
      await takeFile(stage, 'not a file of ours');
    },
  },
  'settings, a file of records': {
    is: '[data-carry="done"] .primary',
    bring: async (stage) => {
      await settings(stage);
      const parcel = await stage.app.station.records.pack();
      await takeFile(stage, parcel?.text ?? '');
    },
  },
  state: at('/state', 'main.state'),
  'state, in trouble': {
    is: '[data-new-key] + *, [data-new-key]',
    bring: ({ app, draw }) => {
      navigate('/state');
      draw({
        battery: signal({ percent: 5, charging: true }),
        station: {
          ...app.station,
          online: signal(false),
          outbox: signal({ phase: 'halted', problem: 'conflict' } as const),
        },
      });
    },
  },
  help: at('/help', 'main.help'),
  practice: at('/tour', '.practice .frame'),
  'practice, measuring': {
    is: '.practice .measure',
    bring: async (stage) => {
      navigate('/tour');
      await press(stage, lazyWords.value.tour.tryScan);
    },
  },
  'enrol again': at('/enrol', 'main.enrol form'),
  'not enrolled': {
    is: 'main.enrol .warning',
    bring: ({ app, draw }) => {
      const holdings = signal({ ...app.station.holdings.value, enrolment: undefined });
      draw({ station: { ...app.station, holdings } });
    },
  },
  'not to be enrolled': {
    is: '[data-problem="other-authority"]',
    bring: async (stage) => {
      navigate('/enrol');
      await shownAs(stage.place, 'main.enrol form');
      type(stage.place, 'input[name="link"]', formatEnrolmentLink(stage.peer.link('token-0002')));
      await press(stage, lazyWords.value.enrol.start);
    },
  },
  enrolled: {
    is: '[data-enrolled]',
    bring: async (stage) => {
      navigate('/enrol');
      await shownAs(stage.place, 'main.enrol form');
      const link = stage.peer.link('token-0003', { authority: location.origin });
      type(stage.place, 'input[name="link"]', formatEnrolmentLink(link));
      await press(stage, lazyWords.value.enrol.start);
    },
  },
  'no storage': {
    is: '[data-no-storage]',
    bring: ({ place }) => render(<NoStorage />, place),
  },
};

const NOTICES = {
  ...{ reading: true, notAPicture: true, noQr: true, notShared: true, enrolmentLink: true },
  ...{ practiceCode: true, stopWaits: true, measureWaits: true, readingUnused: true },
  ...{ oldReading: true, notMeasured: true },
} satisfies Record<Notice, true>;
const BADGE_NOTICES = {
  ...{ started: true, ended: true, 'not-a-badge': true, 'not-a-supervisor': true },
  ...{
    damaged: true,
    expired: true,
    barred: true,
    'too-large': true,
    malformed: true,
    'unknown-key': true,
  },
  ...{ 'key-out-of-date': true, 'bad-signature': true, 'wrong-issuer': true },
} satisfies Record<DeskNotice, true>;

/** Every reason there is, as staff and as residents see it; every notice. */
export const SAYINGS: Readonly<Record<string, Screen>> = Object.fromEntries([
  ...Object.entries(REASONS).flatMap(([name, verdict]) => {
    const reason = name as Reason;
    const bring = judged(reason, { evidence: evidenceOf(reason), more: moreOf(reason) });
    const is = `[data-reason="${reason}"]`;
    const said: [string, Screen] = [`${verdict}: ${reason}`, { is, bring }];
    const turned: [string, Screen] = [
      `${verdict}: ${reason}, turned`,
      {
        is: `[data-turned] ${is}`,
        bring: async (stage) => {
          await bring(stage);
          await turn(stage);
        },
      },
    ];
    return verdict === 'stop' || verdict === 'unverified' ? [said, turned] : [said];
  }),
  ...Object.keys(NOTICES).map((name): [string, Screen] => [
    `notice: ${name}`,
    { is: '[data-notice]', bring: ({ app }) => app.intake.notify(name as Notice) },
  ]),
  ...Object.keys(BADGE_NOTICES).map((name): [string, Screen] => [
    `badge: ${name}`,
    {
      is: '[data-badge]',
      bring: (stage) => {
        come(stage);
        stage.app.desk.notice.value = name as DeskNotice;
      },
    },
  ]),
]);

function evidenceOf(reason: Reason): Evidence {
  switch (reason) {
    case 'confirm-guardian':
    case 'guardian-mismatch':
      return ELDER;
    case 'no-code':
    case 'no-code-allowed':
      return WITHOUT;
    case 'reading-only':
      return { kind: 'reading-only' };
    case 'not-a-code':
    case 'other-version':
    case 'damaged':
    case 'unknown-key':
    case 'key-out-of-date':
    case 'forged':
      return { kind: 'refused', refusal: reason };
    default:
      return GREEN.evidence;
  }
}

/** How old or how far off it is, where that is told. */
function moreOf(reason: Reason): Partial<Verdict> {
  return /expired|lapsed|future|stale|clock/.test(reason) ? { age: 93_600 } : {};
}
