import type { Words } from './zh.ts';

export const en: Words = {
  appName: 'Kakou',
  verdict: { pass: 'PASS', stop: 'STOP', measure: 'MEASURE', unverified: 'CANNOT CHECK' },

  reason: {
    green: { why: 'Green, no fever', next: '' },
    remeasured: { why: 'Measured again: no fever', next: '' },
    'no-code-allowed': { why: 'No code, registered, no fever', next: '' },
    override: { why: 'Let through by a supervisor', next: '' },
    'needs-reading': { why: 'Take the temperature', next: '' },
    'implausible-reading': { why: 'That cannot be right: measure again', next: '' },
    'confirm-guardian': { why: 'Printed code: check the guardian', next: '' },
    'check-identity': { why: 'Check the identity card', next: '' },
    fever: { why: 'Fever', next: 'Please step aside and wait to be measured again' },
    'fever-earlier': { why: 'Fever measured here earlier', next: 'Measure again' },
    yellow: { why: 'Yellow code', next: 'Please stay at home and call your community' },
    red: { why: 'Red code', next: 'Please wait here; headquarters must be called' },
    grey: { why: 'Grey code: passage is not open yet', next: 'Please wait for the notice' },
    'passage-closed': {
      why: 'Green passage is not open here yet',
      next: 'Please wait for the notice',
    },
    lapsed: {
      why: 'The last check-in is too old: counts as yellow',
      next: 'Check in now, then show the new code',
    },
    void: { why: 'This code was withdrawn', next: 'Open the newest code on your own phone' },
    expired: { why: 'This code has ended', next: 'Update the code on your own phone' },
    'key-retired': {
      why: 'The key that signed this code was retired',
      next: 'Update the code on your own phone',
    },
    'stale-proof': {
      why: 'Not a live code: a screenshot, or a wrong clock',
      next: 'Open the code on your own phone',
    },
    'no-proof': { why: 'Not a live code: a copy', next: 'Open the code on your own phone' },
    'guardian-mismatch': {
      why: 'Guardian or relationship does not match',
      next: 'Show a code of your own',
    },
    'identity-mismatch': {
      why: 'The identity card is not of this person',
      next: 'Show a code of your own',
    },
    forged: {
      why: 'The signature is false: forged or altered',
      next: 'Keep the person here and call your supervisor',
    },
    'no-code': { why: 'No code: may not pass here', next: 'Apply for a code or a certificate' },
    'reading-only': { why: 'Temperature only, no code was checked', next: 'Show the health code' },
    'not-a-code': { why: 'This is not a health code', next: 'Open the health code' },
    'other-version': {
      why: 'A health code of another version',
      next: 'Update this app, or register without a code',
    },
    damaged: {
      why: 'A damaged health code',
      next: 'Open the code again and raise the brightness',
    },
    'unknown-key': {
      why: 'This device lacks the key of this code',
      next: 'Go online to update, or register without a code',
    },
    'key-out-of-date': {
      why: 'The signing key was not valid then',
      next: 'Update the code on your own phone',
    },
    'issued-in-future': { why: 'The code is from the future', next: "Check this device's clock" },
    'proved-in-future': {
      why: "The live code is ahead of this device's clock",
      next: "Check this device's clock and the phone's",
    },
    'clock-behind': {
      why: "This device's clock is wrong",
      next: 'Turn on automatic time in the system settings, then open Kakou again',
    },
    'clock-wrong': {
      why: "This device's clock differs from headquarters'",
      next: 'Turn on automatic time in the system settings, then scan again',
    },
    'not-enrolled': {
      why: 'This device is not enrolled',
      next: "Scan headquarters' enrolment QR",
    },
    'trust-expired': { why: "This device's keys are too old", next: 'Go online to update' },
    'bulletin-missing': { why: 'This device has no bulletin', next: 'Go online to update' },
    'bulletin-expired': { why: 'The bulletin is too old', next: 'Go online to update' },
    'status-missing': { why: 'No status list for this code', next: 'Go online, then scan again' },
    'status-out-of-range': {
      why: 'The status list does not know this code',
      next: 'Go online to update, or register without a code',
    },
    'status-expired': { why: 'The status list is too old', next: 'Go online to update' },
  },

  colour: { green: 'green', yellow: 'yellow', red: 'red', grey: 'grey' },
  source: { trust: 'Keys', bulletin: 'Bulletin', status: 'Status list' },
  level: { fresh: 'fresh', ageing: 'ageing', amber: 'old', expired: 'too old' },
  clock: {
    ahead: (age) => `clock ${age} ahead`,
    behind: (age) => `clock ${age} behind`,
    before: (line) => `${line} when last online`,
    wrong: 'clock wrong',
  },
  role: { checkpoint: 'Checkpoint', temperature: 'Temperature station' },

  header: {
    online: 'online',
    offline: 'no network',
    waiting: (count, since) => `${count} waiting · ${since}`,
    nothingWaiting: 'none waiting',
    notEnrolled: 'not enrolled',
    data: 'data',
    clock: 'clock right',
    battery: 'battery',
    open: 'State of this device',
  },
  outbox: {
    barred: 'This device was barred. Its records are kept. Call headquarters.',
    'unknown-device':
      'Headquarters does not know this device. Its records are kept. Ask to be enrolled again.',
    conflict: 'Record numbers clash. The records are kept. Call headquarters.',
    gap: 'Headquarters lacks earlier records. The records are kept. Call headquarters.',
    rejected: 'The receipt does not fit. The records are kept. Call headquarters.',
    'no-answer': 'Headquarters cannot be reached. It is tried again by itself.',
    stranger:
      'The network does not lead to headquarters (perhaps a Wi-Fi sign-in page). The records are kept.',
    busy: 'Headquarters is busy and asked to wait. It is tried again by itself.',
  },
  disk: {
    full: 'The storage of this device is full: new records cannot be kept. Scanning goes on. Free some space.',
    failed: 'The storage of this device fails: new records cannot be kept. Scanning goes on.',
    held: (n) =>
      `${n === 1 ? '1 record is' : `${n} records are`} in memory only. Write to a file; do not close this page.`,
    inFile: (n) =>
      `${n === 1 ? '1 record is' : `${n} records are`} in a file. Keep it safe and give it to somebody with a network.`,
    writeOut: 'Write to a file',
    closed: 'The storage of this device does not open',
    closedNext:
      'Nothing can be checked without it. Leave private browsing, free some space or restart the device, then try again. Records that were kept are not lost by this.',
    lockedDown:
      'This browser lets this site keep nothing. If the device is in Lockdown Mode, turn that off for this site in the website settings of the browser, then try again.',
    tryAgain: 'Try again',
    storage: 'Storage',
    persisted: 'protected',
    notPersisted: 'the browser may clear it when short of space',
    askToPersist: 'Ask for protection',
    persistRefused: 'The browser said no. Add Kakou to the home screen and ask again.',
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
    measureWaits: 'Not taken: measure this person or cancel first.',
    readingUnused: 'That temperature was not used: scan the code first, then measure.',
    oldReading:
      "The thermometer's clock differs: perhaps an old reading. Tap Confirm if it is right, or measure again.",
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

  settings: {
    title: 'Settings',
    back: 'Back to scanning',
    station: 'Post',
    sync: 'Sync now',
    syncing: 'Syncing …',
    missing: 'none',
    engine: 'Decoder',
    engineAuto: 'Automatic (recommended)',
    running: (name) => `running: ${name}`,
    camera: 'Camera',
    cameraDefault: 'Rear camera (default)',
    cameraFront: 'Front camera (tablet on a stand)',
    reader: 'Hand-held reader',
    readerHint: 'One that types works at once. Connect one on a serial port here, once.',
    readerState: {
      none: 'No serial reader is plugged in',
      ready: 'The serial reader is connected',
      failed: 'The port does not open: close the program that has it. It is tried again by itself.',
    },
    readerConnect: 'Connect a serial reader',
    readerForget: 'Disconnect',
    language: 'Language',
    sound: 'Try the sounds',
    version: 'Version',
    update: 'A new version is here: tap to update',
    enrol: 'Enrol this device',
    enrolAgain: 'Enrol again',
  },

  age: {
    seconds: (n) => `${n} s`,
    minutes: (n) => `${n} min`,
    hours: (n) => `${n} h`,
    days: (n) => `${n} d`,
  },
  insecure:
    'Open Kakou at its https address: browsers give a camera and cryptography to secure pages only.',
  fault: 'Something broke. Reload the page; no record is lost.',
};
