import type { Words } from './zh.ts';

const count = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;

export const en: Words = {
  locale: 'en-GB',
  language: 'English',
  title: 'Health code',
  back: 'Back',

  home: {
    loading: 'Reading the codes on this phone…',
    signIn: 'Sign in, declare, check in',
    held: 'Codes on this phone',
    heldAbout: 'These open without a network too.',
    demo: 'Demo town',
    demoAbout:
      'Choose a resident and get their health code. Each shows one case at the checkpoint.',
    demoLoading: 'Reading the list of residents…',
    working: 'Getting the code…',
    retry: 'Try again',
    printed: 'on paper',
    open: 'Open',
    get: 'Get',
  },
  scenario: {
    green: { who: 'Green', about: 'Checks in daily: passes when measured without fever' },
    lapsed: { who: 'Green, lapsed', about: 'No check-in for over 3 days: counts as yellow' },
    yellow: { who: 'Yellow', about: 'A close contact: may not pass' },
    red: { who: 'Red', about: 'Fever, suspected or confirmed: may not pass' },
    grey: { who: 'Grey', about: 'Headquarters has not opened passage' },
    elder: { who: 'Elder, on paper', about: 'Applied for by a daughter, to be printed' },
    minor: { who: 'Child, on paper', about: 'Applied for by a parent, to be printed' },
  },

  standing: {
    green: { word: 'Green', advice: 'Let the staff scan it and take your temperature' },
    lapsed: {
      word: 'Lapsed',
      advice: 'Counts as yellow. Check in now; this page updates itself when it is online',
    },
    yellow: { word: 'Yellow', advice: 'You may not pass. Stay at home and call your community' },
    red: {
      word: 'Red',
      advice: 'You may not pass. Wait where you are and call your community or headquarters',
    },
    grey: { word: 'Grey', advice: 'Passage is not open yet. Wait for the notice' },
    expired: {
      word: 'Ended',
      advice: 'Connect to a network: this page then gets the new code by itself',
    },
  },

  code: {
    name: 'Name',
    area: 'Area',
    greenUntil: 'Green until',
    lapsedAt: 'Green lapsed on',
    checkedIn: 'Last check-in',
    timeLeft: (left) => `${left} left`,
    qr: (name) => `QR of the health code of ${name}`,
    proving: 'Making the live code…',
    updated: (when) => `Updated ${when}`,
    offline: (when) =>
      `No network: this is the code kept on the phone on ${when}. It scans as usual.`,
    clockFast: (span) => `This phone's clock is ${span} fast: corrected by the server's time.`,
    clockSlow: (span) => `This phone's clock is ${span} slow: corrected by the server's time.`,
    gone: 'This code is not on this phone',
    goneAdvice: 'Go back and choose the resident again.',
  },

  paper: {
    title: 'Health code (printed)',
    name: 'Name',
    guardian: 'Applied for by',
    relationship: "The holder's",
    area: 'Area',
    until: 'Valid until',
    instructions: [
      'Only for the elder or child named here. Nobody else may use it.',
      'Show it at the checkpoint: staff scan it, check who applied and take the temperature. The colour is what the scan says.',
      'Before it ends, the applicant checks in and prints it again. Do not fold or mark the QR.',
    ],
    print: 'Print',
    save: 'Save as picture',
    lapsed: 'This printed code has lapsed: update it online, then print it again.',
  },
  relationship: {
    father: 'father',
    mother: 'mother',
    son: 'son',
    daughter: 'daughter',
    spouse: 'spouse',
    grandparent: 'grandparent',
    grandchild: 'grandchild',
    sibling: 'sibling',
    relative: 'relative',
    guardian: 'guardian',
  },

  trouble: {
    unreachable: {
      what: 'No network, or the server does not answer',
      next: 'Turn on mobile data or Wi-Fi and try again. Once you have a code, it works without a network.',
    },
    busy: { what: 'The server is busy', next: 'Try again in a minute.' },
    'ticket-unknown': {
      what: 'This code moved to another phone, or was withdrawn',
      next: 'Go back, sign in, and get it again.',
    },
    'no-demo': {
      what: 'This server has nothing of the kind',
      next: 'Open your health code with the link that headquarters gave you.',
    },
    'signed-out': {
      what: 'You are no longer signed in',
      next: 'Go back and sign in with your phone number. What you typed stays.',
    },
    'code-wrong': {
      what: 'The code is wrong, or over',
      next: 'Check it and type it again; after five wrong ones, ask for a new code.',
    },
    'id-invalid': {
      what: 'There is no such document number',
      next: 'Compare it with the document, digit by digit. A wrong number gets no code.',
    },
    'area-unknown': {
      what: 'The list of areas has changed',
      next: 'Open this page again and choose the area once more.',
    },
    'declare-first': {
      what: 'Declare for yourself first',
      next: 'Then you can apply for your family.',
    },
    'not-entitled': {
      what: 'This is not open to this person',
      next: 'Printed codes are for those under 18 or from 60 on; others declare with a phone of their own.',
    },
    'declared-already': {
      what: 'This document was declared before, differently',
      next: 'Go back, open this person, and choose “Correct the declaration”.',
    },
    'declared-elsewhere': {
      what: 'This document was declared with another phone number',
      next: 'Sign in with that number; if you cannot, bring the document to the community counter.',
    },
    'too-many': {
      what: 'Ten people a phone number at most',
      next: 'Let another family member apply.',
    },
    'person-unknown': { what: 'This person is not yours', next: 'Go back to the first page.' },
    'corrected-already': {
      what: 'The one correction was made',
      next: 'It cannot be changed again. Call your community, or ask for a review.',
    },
    'document-fixed': {
      what: 'The document cannot be changed',
      next: 'If it is wrong, delete this person and declare again.',
    },
    'appeal-open': { what: 'An appeal is waiting already', next: 'Wait for its outcome.' },
    'colour-stands': {
      what: 'Nothing can be deleted while the code is yellow or red',
      next: 'Delete it when it is green again; if in doubt, ask for a review.',
    },
    'relatives-first': {
      what: 'There are family members left',
      next: 'Delete them first, and yourself last.',
    },
    failed: {
      what: 'The server made a mistake',
      next: 'Try again later; if it stays so, tell your community worker.',
    },
    'no-storage': {
      what: 'The browser would not keep the code',
      next: 'Leave private browsing, free some space on the phone, and open this page again.',
    },
    insecure: {
      what: 'This link is not secure: no live code can be made',
      next: 'Open the page by a link that begins with https://.',
    },
    'no-key': {
      what: 'The key of this code is not on this phone',
      next: 'Connect to a network, go back and get the code again.',
    },
  },

  span: {
    seconds: (n) => count(n, 'second'),
    minutes: (n) => count(n, 'minute'),
    hours: (n) => count(n, 'hour'),
    days: (n) => count(n, 'day'),
  },
};
