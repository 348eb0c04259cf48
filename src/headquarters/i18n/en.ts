import { pagesEn } from './en-pages.ts';
import type { Words } from './zh.ts';

const count = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;

export const en: Words = {
  ...pagesEn,
  locale: 'en-GB',
  language: 'English',
  title: 'Headquarters',
  loading: 'Connecting…',
  more: 'More',
  updated: (when) => `Updated ${when}`,
  stale: (when) => `What follows is of ${when}`,

  posts: {
    heading: 'Posts',
    none: 'No device yet. Make a QR under "Enrol a device" and let the staff scan it with their phone.',
    post: 'Post',
    role: 'Role',
    device: 'Device',
    lastSeen: 'Last seen',
    records: 'Records',
    recordsValue: (opened, stored) => `${opened} opened / ${stored} stored`,
    today: 'Today',
    todayValue: (passed, stopped, fevers) =>
      `${passed} passed, ${stopped} stopped, ${count(fevers, 'fever')}`,
    stops: (counted) => `Stopped: ${counted}`,
    rate: (people) => `${people} people a minute`,
    waiting: (n, age) => `${count(n, 'record')} waiting on it, the oldest since ${age}`,
    noneWaiting: 'no records waiting on it',
    app: (version) => `app ${version}`,
    problems: 'Trouble',
    noProblems: 'none',
    barred: 'barred',
    alarms: (n) => count(n, 'alarm'),
    forks: (n) => (n === 1 ? '1 batch contradicts' : `${n} batches contradict`),
    quarantined: (n) => `${n} cannot be opened`,
    clockAhead: (span) => `its clock is ${span} ahead`,
    clockTroubles: (n) => `${n} not judged because of the clock`,
    reRole: (role) => ({
      button: `Make it a ${role.toLowerCase()}`,
      ask: `With its next upload the device hears that it is a ${role.toLowerCase()}.`,
      confirm: `Make it a ${role.toLowerCase()}`,
    }),
  },
  role: { checkpoint: 'Checkpoint', temperature: 'Temperature station' },

  bar: {
    bar: {
      button: 'Bar',
      ask: 'Nothing that this device sends will be taken any more.',
      confirm: 'Bar this device',
    },
    unbar: {
      button: 'Let in again',
      ask: 'The device goes on uploading where it stopped.',
      confirm: 'Let it in again',
    },
  },
  attention: {
    heading: 'To look into',
    conflict: {
      what: (first, last) => `Two different records ${first}–${last}`,
      next: 'One key said two different things: the device may have been copied. Both are kept. Ask the post, bar this device and enrol it anew.',
    },
    break: {
      what: (first, last) => `Records ${first}–${last} break the chain`,
      next: 'They do not go on from what is stored: the storage of the device was put back, or somebody else has its key. They are kept apart. Ask the post, bar this device and enrol it anew.',
    },
    lost: {
      what: (first, last) => `Records ${first}–${last} are lost`,
      next: 'The server was restored from a backup that lacks them, and the device has deleted them. Ask the post for its notes on paper.',
    },
    times: (n) => `${n} times`,
    record: (n, reason) => `Record ${n}: ${reason}`,
    reason: {
      'not-sealed': 'not a sealed record',
      'unknown-key': 'sealed to an unknown key',
      altered: 'cannot be opened',
      malformed: 'what is inside is no record',
      'wrong-place': 'of another device or number',
      unstorable: 'text that the database cannot hold',
    },
  },

  today: {
    heading: 'Verdicts today',
    since: (when) => `Opened records since ${when}`,
    none: 'No records yet today.',
  },
  verdict: { pass: 'Pass', stop: 'Stop', unverified: 'Cannot check', note: 'Note' },

  records: {
    heading: 'Newest records',
    none: 'No records yet.',
    time: 'Time',
    post: 'Post',
    person: 'Person',
    verdict: 'Verdict',
    reading: 'Reading',
    notMeasured: 'not measured',
    note: 'Note',
    operator: (badge) => `badge ${badge}`,
  },
  kind: {
    live: 'live code',
    printed: 'printed code',
    'resident-id': 'resident ID',
    passport: 'passport',
    'hk-macau-permit': 'HK/Macau permit',
    'taiwan-permit': 'Taiwan permit',
    certificate: 'certificate',
    none: 'no code',
  },
  noCode: {
    'no-phone': 'no phone',
    'phone-dead': 'phone dead',
    'no-network': 'no network',
    'elder-or-child': 'elder or child',
    refuses: 'refuses',
    other: 'other reason',
  },
  colour: { green: 'green', yellow: 'yellow', red: 'red', grey: 'grey' },

  documents: {
    heading: 'Published documents',
    version: (n) => `version ${n}`,
    trust: 'Trust',
    bulletin: 'Bulletin',
    status: (shard) => `Status list ${shard}`,
    overdue: 'overdue: check the publisher',
  },

  enrol: {
    heading: 'Enrol a device',
    post: 'Name of the post',
    area: 'Area code (six digits)',
    areaHint: 'Such as 420606, Fancheng District',
    role: 'Role',
    submit: 'Make the enrolment QR',
    working: 'Making it…',
    scan: 'Let the staff scan it with their phone’s camera. It works once.',
    qr: 'Enrolment QR',
    expires: (when, left) => `Valid until ${when} (${left} left)`,
    copy: 'Copy the link',
    copied: 'Copied',
    another: 'Enrol another',
  },

  carried: {
    heading: 'Records brought as files',
    intro:
      'Posts without a network write their records to a file. Hand it in here, and send the answer back to that post.',
    choose: 'Choose a file',
    working: (done, all) => (all === 0 ? 'Reading …' : `Handing in ${done} of ${all}`),
    safe: (n) => (n === 1 ? '1 record is safe.' : `${n} records are safe.`),
    refused: (n) => `${n} records were not taken; the answer says why.`,
    left: (n) =>
      n === 0
        ? 'The server did not answer. Choose the same file again later.'
        : `${n} records did not get through. Choose the same file again.`,
    save: 'Save the answer',
    problem: {
      'too-large':
        'This file is too large to be one of Kakou. Choose a file named kakou-records-….',
      'not-ours': 'This is not a file of Kakou. Choose a file named kakou-records-….',
      'other-version': 'This file was made by a newer version. Update headquarters first.',
      damaged: 'The file is damaged or was altered. Ask the post for it again.',
      answer: 'This is an answer. Take it in on the device of that post.',
    },
  },

  key: {
    label: 'Headquarters key',
    submit: 'Open',
  },
  trouble: {
    'no-key': {
      what: 'Nobody is signed in',
      next: 'Sign in with your passkey. The first time, open the headquarters link that the server prints when it starts (it ends in #key=…).',
    },
    'wrong-key': {
      what: 'The key is wrong, or the session is over',
      next: 'Sign in again, or open the headquarters link that the server prints when it starts.',
    },
    forbidden: {
      what: 'You may not do this',
      next: 'Somebody with the right to do it has to.',
    },
    conflict: {
      what: 'Somebody else was quicker',
      next: 'Discard your changes, look at what there is now, and begin again.',
    },
    unreachable: {
      what: 'The server cannot be reached',
      next: 'Check the network and the server. This page updates itself when it is back, and what you typed stays.',
    },
    busy: { what: 'The server is busy', next: 'This page tries again by itself.' },
    refused: {
      what: 'The server did not take it',
      next: 'Check what you filled in and try again.',
    },
    'too-often': { what: 'It was done just now', next: 'Try again in a minute.' },
    'id-invalid': {
      what: 'There is no such document number',
      next: 'Compare it with the document, digit by digit. A wrong number gets no code.',
    },
    'area-unknown': {
      what: 'This area is not in the list',
      next: 'Choose another, or add it under “Areas” first.',
    },
    'declared-already': {
      what: 'This person has declared something else at the counter',
      next: 'Find them by their document, to check in, to print, or to correct what was declared.',
    },
    'declared-elsewhere': {
      what: 'This person has declared by phone',
      next: 'They check in on that phone. If it is not theirs, or out of reach, find them by the document and release them.',
    },
    'corrected-already': {
      what: 'This declaration was corrected once already',
      next: 'It cannot be corrected again.',
    },
    'document-fixed': {
      what: 'Another document is another person',
      next: 'Find them by that document and declare anew.',
    },
    'person-unknown': {
      what: 'There is no such person',
      next: 'They may have been deleted just now. Find them again.',
    },
    'ticket-unknown': {
      what: 'This code was replaced or withdrawn',
      next: 'Choose “Next person” and find them again.',
    },
    'colour-stands': {
      what: 'Nothing can be deleted while the code is yellow or red',
      next: 'Delete it when it is green again; if the colour is wrong, review it.',
    },
    failed: {
      what: 'The server made a mistake',
      next: "Look into the server's log. This page tries again by itself.",
    },
  },

  ago: (span) => `${span} ago`,
  span: {
    seconds: (n) => count(n, 'second'),
    minutes: (n) => count(n, 'minute'),
    hours: (n) => count(n, 'hour'),
    days: (n) => count(n, 'day'),
  },

  reason: {
    green: 'green, no fever',
    remeasured: 'measured again: no fever',
    'no-code-allowed': 'no code, registered',
    override: 'let through by a supervisor',
    'needs-reading': 'not measured yet',
    'implausible-reading': 'implausible reading',
    'confirm-guardian': 'guardian not confirmed',
    'check-identity': 'identity not checked',
    fever: 'fever',
    'fever-earlier': 'fever earlier',
    yellow: 'yellow code',
    red: 'red code',
    grey: 'grey code',
    'passage-closed': 'passage not open',
    lapsed: 'check-in lapsed',
    void: 'code withdrawn',
    expired: 'code ended',
    'key-retired': 'signing key retired',
    'stale-proof': 'not a live code',
    'no-proof': 'no live proof',
    'guardian-mismatch': 'guardian does not match',
    'identity-mismatch': 'identity card of somebody else',
    forged: 'forged',
    'no-code': 'no code',
    'reading-only': 'temperature only',
    left: 'left before it was decided',
    'not-a-code': 'not a health code',
    'other-version': 'other version',
    damaged: 'damaged code',
    'unknown-key': 'unknown key',
    'key-out-of-date': 'key out of date',
    'proved-in-future': 'Live code ahead of the clock',
    'issued-in-future': 'issued in the future',
    'clock-behind': 'device clock wrong',
    'clock-wrong': 'device clock differs from ours',
    'not-enrolled': 'device not enrolled',
    'trust-expired': 'keys too old',
    'bulletin-missing': 'no bulletin',
    'bulletin-expired': 'bulletin too old',
    'status-missing': 'no status list',
    'status-out-of-range': 'not in the status list',
    'status-expired': 'status list too old',

    'shift-started': 'shift began',
    'shift-ended': 'shift ended',
    symptoms: 'symptoms of a fever',
  },
};
