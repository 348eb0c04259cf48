import type { Words } from './zh.ts';

export const en: Words = {
  appName: 'Kakou',
  verdict: { pass: 'PASS', stop: 'STOP', measure: 'MEASURE', unverified: 'CANNOT CHECK' },

  source: { trust: 'Keys', bulletin: 'Bulletin', status: 'Status list' },
  level: { fresh: 'fresh', ageing: 'ageing', amber: 'old', expired: 'too old' },
  clock: {
    ahead: (age) => `clock ${age} ahead`,
    behind: (age) => `clock ${age} behind`,
    before: (line) => `${line} when last online`,
    wrong: 'clock wrong',
  },

  header: {
    online: 'online',
    offline: 'no network',
    waiting: (count, since) => `${count} waiting · ${since}`,
    missing: 'none',
    nothingWaiting: 'none waiting',
    notEnrolled: 'not enrolled',
    data: 'data',
    clock: 'clock right',
    battery: 'battery',
    open: 'State of this device',
  },
  disk: {
    full: 'The storage of this device is full: no new record is kept. Scanning goes on. Free some space.',
    failed: 'The storage of this device fails: no new record is kept. Scanning goes on.',
    held: (n) =>
      `${n === 1 ? '1 record is' : `${n} records are`} in memory only. Write to a file; do not close this page.`,
    inFile: (n) =>
      `${n === 1 ? '1 record is' : `${n} records are`} in a file. Keep it safe and give it to somebody with a network.`,
    writeOut: 'Write to a file',
    closed: 'The storage of this device does not open',
    closedNext:
      'Nothing can be checked without it. Leave private browsing, free some space or restart the device, then try again. No record that was kept is lost.',
    lockedDown:
      'This browser keeps nothing. In Lockdown Mode, turn that off for this site in the website settings, then try again.',
    tryAgain: 'Try again',
  },

  scan: {
    aim: 'Hold the code inside the frame',
    starting: 'Opening the camera …',
    hint: {
      covered: 'All black: uncover the lens, or choose another camera in the settings',
      'too-dark': 'Too dark: turn on the torch, or raise the brightness',
      'too-bright': 'Too bright: turn out of the light, or lower the brightness',
      'too-small': 'The code is too small: move closer',
      blurred: 'Blurred: hold still, tap the picture to focus, or wipe the lens',
    },
    torch: 'Torch',
    zoom: 'Zoom',
    picture: 'Picture',
    noCode: 'No code',
    shift: 'Shift',
    reading: 'Reading the picture …',
    notAPicture: 'This file is not a picture. Choose a screenshot or photo of the code.',
    noQr: 'No QR code was found in the picture. Choose a sharper one.',
    tryAgain: 'Try again',
    notShared: 'The shared picture did not arrive. Choose it with Picture.',
    enrolmentLink: 'This is an enrolment QR: enrol under Settings.',
    practiceCode: 'The practice code: reading works, nothing is recorded.',
    stopWaits: 'Not taken: see to this person and tap first.',
    measureWaits: 'Not taken: measure this person first, or record that they left.',
    readingUnused: 'That temperature was not used: scan the code first, then measure.',
    oldReading:
      'Perhaps an old reading: the clocks differ. Tap Confirm if it is right, or measure again.',
    notMeasured: 'The thermometer found no temperature: measure again.',
  },
  camera: {
    'no-camera': { why: 'No camera was found', next: 'Connect one, or choose a picture.' },
    'permission-denied': {
      why: 'The camera is not allowed',
      next: "Allow it in the browser's address bar or the system settings, then try again.",
    },
    'in-use': {
      why: 'Another app has the camera',
      next: 'Close the other app, then try again.',
    },
    'insecure-page': {
      why: 'This address cannot use the camera',
      next: 'Open the https address, or choose a picture.',
    },
    failed: {
      why: 'The camera does not open',
      next: 'Try again; if that fails restart the device, or choose a picture.',
    },
  },
  decoderFailed: 'The decoder did not start. Reload the page.',

  age: {
    seconds: (n) => `${n} s`,
    minutes: (n) => `${n} min`,
    hours: (n) => `${n} h`,
    days: (n) => `${n} d`,
  },
  insecure:
    'Open the https address of Kakou: only there do browsers give a camera and cryptography.',
  fault: 'Something broke. Reload the page; no record is lost.',
};
