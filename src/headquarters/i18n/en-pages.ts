import type { pagesZh } from './zh-pages.ts';

export const pagesEn: typeof pagesZh = {
  pages: {
    board: 'Board',
    charts: 'Charts',
    fevers: 'Fevers',
    residents: 'Residents',
    counter: 'Counter',
    stations: 'Enrol devices',
    badges: 'Badges',
    notice: 'Notice',
    staff: 'People',
    acts: 'Log',
  },
  navigation: 'Pages',
  comma: ', ',
  print: 'Print',
  cancel: 'Cancel',
  working: 'Working…',
  signOut: 'Sign out',

  away: {
    link: (n) =>
      n === 1
        ? 'One more device is barred or has been silent for 14 days'
        : `${n} more devices are barred or have been silent for 14 days`,
    heading: 'Devices that are not on the board',
    intro:
      'Those that were barred before today, and those that have been silent for 14 days. With its next upload a device is back on the board.',
    none: 'None.',
    barredOn: (when) => `barred on ${when}`,
    silent: 'silent',
  },

  badges: {
    heading: 'Issue a badge',
    intro:
      'Staff scan their badge to begin and end a shift, without a network. A supervisor’s badge also lets people through and changes settings. A badge is shown here once: print it now.',
    name: 'Name',
    role: 'Role',
    days: 'Valid for so many days',
    submit: 'Issue',
    ready: 'Print, cut out and laminate:',
    another: 'Printed',
    expires: (when) => `Valid until ${when}`,
    qr: (name) => `QR of ${name}’s badge`,
    list: 'Issued badges',
    none: 'No badge was issued yet.',
    id: 'Number',
    state: 'State',
    valid: 'valid',
    over: 'over',
    barred: 'lost',
    bar: {
      button: 'Lost',
      ask: 'From the next bulletin on no post takes this badge, and it cannot be taken back. Issue another.',
      confirm: 'It is lost',
    },
  },
  badgeRole: { steward: 'Steward', supervisor: 'Supervisor' },

  sheets: {
    heading: 'Print enrolment sheets',
    intro:
      'One post a line: name, area code, role (checkpoint or temperature). Each sheet enrols one device.',
    rows: 'Posts',
    example: 'East Gate, 420606, checkpoint\nStation square, 420602, temperature',
    days: 'Valid for so many days',
    submit: 'Make the sheets',
    bad: (line) =>
      `Line ${line} is not clear: it needs a name, a six-digit code and a role, with commas between.`,
    broken: (done, all) => `${done} of ${all} sheets were made; the rest were not. Try again.`,
    step: 'Scan this with the camera of the post’s phone. It enrols by itself, once.',
    again: 'More sheets',
  },

  notice: {
    heading: 'Rules of the notice',
    out: (when) => `The rules in force are in the bulletin of ${when}.`,
    soon: 'The rules in force come out with the next bulletin, usually within a minute.',
    changed: 'Changed, and not published yet.',
    reset: 'Discard changes',
    preview: 'Preview: yesterday under these rules',
    publish: {
      button: 'Publish',
      ask: 'Every post judges by the new rules once it has the next bulletin.',
      confirm: 'Publish it',
    },
    published: 'Published. Posts get it with the next bulletin.',
    conflict:
      'Somebody else has just published other rules. Discard your changes, look at theirs, and begin again.',
    wrong: (fields) => `Check: ${fields}`,
    notYet: 'not yet',
    now: 'Open it now',
    addArea: 'Add an area',
    removeArea: (area) => `Remove ${area}`,
    areaPrefix: 'Area code (two to six digits)',
    groups: {
      passage: 'When green may pass',
      validity: 'How long green lasts (from the last check-in)',
      fever: 'Fever',
      freshness: 'How old a device’s documents may be',
      rules: 'Others',
    },
    field: {
      'passage.opensAt': 'Passage opens everywhere',
      'passage.areas': 'Passage opens by area',
      'validity.live': 'Live codes (hours)',
      'validity.printed': 'Printed codes (hours)',
      'fever.threshold': 'Fever from (°C)',
      'fever.inclusive': 'The limit itself is a fever',
      'fever.site': 'Measured at',
      'fever.remeasureAfter': 'Wait before measuring again (s)',
      'plausible.min': 'Ask again below (°C)',
      'plausible.max': 'Ask again above (°C)',
      'freshness.trust.amber': 'Trust: flag from (hours)',
      'freshness.trust.refuse': 'Trust: refuse from (hours)',
      'freshness.bulletin.amber': 'Bulletin: flag from (hours)',
      'freshness.bulletin.refuse': 'Bulletin: refuse from (hours)',
      'freshness.status.amber': 'Status list: flag from (hours)',
      'freshness.status.refuse': 'Status list: refuse from (hours)',
      'noCode.resident-id': 'No code, ID or passport',
      'noCode.certificate': 'No code, village certificate',
      identityCheck: 'Look at an identity card beside every code',
      repeatWithin: 'Point out the same person within (minutes; 0: never)',
      proofWindow: 'A live code’s proof lasts (s)',
    },
    site: { forehead: 'forehead', ear: 'ear', axilla: 'armpit' },
    noCode: { pass: 'may pass when measured', stop: 'may not pass' },
  },

  preview: {
    heading: 'Yesterday’s records judged by these rules',
    considered: (considered, recorded) =>
      considered === recorded
        ? `The ${recorded} records of yesterday, without names or numbers.`
        : `An even sample of ${considered} of yesterday’s ${recorded} records, without names or numbers.`,
    none: 'There are no records of yesterday to judge.',
    same: (n) => `${n} stay as they were.`,
    changes: 'Would change',
    noChange: 'None is certain to change.',
    open: 'Not certain from the records',
    openWhy:
      'A record does not say when the person last checked in, how old the proof was, or what would have been found after the person was stopped. These are the possible outcomes:',
    unexplained: (n) =>
      `${n} do not follow from the rules in force (they were others then, or a clock was wrong) and were not judged again.`,
    from: 'Was',
    to: 'Would be',
    count: 'Records',
    or: 'or',
    measure: 'To be finished first',
    outcome: (verdict, reason) => `${verdict} (${reason})`,
  },

  fevers: {
    heading: 'Fevers to follow up',
    intro:
      'Fevers that posts measured. Follow each of them up and note what came of it; it can be changed again.',
    none: 'No fever to follow up.',
    when: 'Time',
    person: 'Person',
    reading: 'Reading',
    outcome: 'Outcome',
    open: 'not followed up yet',
    by: (name) => `noted by ${name}`,
    word: {
      clinic: 'taken to a fever clinic',
      home: 'stays at home',
      mistaken: 'wrong measurement',
      'not-reached': 'could not be reached',
    },
    symptom: { cough: 'cough', breath: 'short of breath', contact: 'had contact' },
  },

  lists: {
    heading: 'Import a list',
    intro:
      'A CSV file in UTF-8 or GB18030, whose first line names its columns: number (needed), type, state, since (a date). It is checked whole: with one wrong line nothing is imported. The same file again adds nothing.',
    kind: 'List',
    word: {
      confirmed: 'confirmed',
      suspected: 'suspected',
      febrile: 'febrile',
      contact: 'close contacts',
    },
    choose: 'Choose a CSV file',
    working: 'Checking and importing…',
    done: (entries, matched) => `${entries} entries were imported; they name ${matched} residents.`,
    wrong: (n) =>
      `${n === 1 ? '1 mistake' : `${n} mistakes`}, and nothing was imported. Mend the file and choose it again:`,
    tooLarge: 'The file has more than 4 MiB, and nothing was imported. Split it and choose again.',
    line: (n, error) => `line ${n}: ${error}`,
    more: (n) => `… and ${n} more`,
    error: {
      encoding: 'neither UTF-8 nor GB18030',
      header: 'the first line has no column "number"',
      quotes: 'a quotation mark that is never closed, or in the middle of a field',
      columns: 'not as many fields as the first line',
      type: 'no type of document',
      number: 'no document has this number',
      state: 'no state',
      date: 'no date, or one in the future',
      empty: 'no entry at all',
    },
    newest: 'Newest imports',
    none: 'Nothing was imported yet.',
    by: (name) => `by ${name}`,
  },

  reviews: {
    heading: 'Reviews that are due',
    intro:
      'Red and yellow codes after 14 days. A review is one step: red to yellow, yellow to green.',
    none: 'None is due.',
    since: (when) => `since ${when}`,
    step: {
      red: {
        button: 'Red to yellow',
        ask: 'This person’s code turns yellow.',
        confirm: 'Turn it yellow',
      },
      yellow: {
        button: 'Yellow to green',
        ask: 'This person’s code turns green.',
        confirm: 'Turn it green',
      },
    },
  },
  appeals: {
    heading: 'Appeals',
    none: 'No appeal waits.',
    grant: {
      button: 'Grant',
      ask: 'This person’s code takes one step without waiting for the term.',
      confirm: 'Grant it',
    },
    refuse: {
      button: 'Refuse',
      ask: 'The colour stays, and the person sees the answer.',
      confirm: 'Refuse it',
    },
  },

  staff: {
    heading: 'Add somebody',
    intro:
      'Everybody at headquarters signs in with a passkey of their own (fingerprint, face or security key). The headquarters key adds the first person, and is the way back in.',
    name: 'Name',
    role: 'May',
    submit: 'Add and make an invitation',
    invited: (name) =>
      `Let ${name} open this link on their own device and make a passkey. It works once.`,
    qr: 'QR of the invitation',
    done: 'Done',
    list: 'People',
    none: 'Nobody yet.',
    passkeys: 'Passkeys',
    seen: 'Signed in',
    never: 'never',
    invite: 'Invite again',
    barred: 'barred',
    bar: {
      button: 'Bar',
      ask: 'This person is signed out at once, and their passkeys open nothing any more.',
      confirm: 'Bar this person',
    },
  },
  staffRole: {
    viewer: 'look',
    operator: 'act (enrol, bar, badges)',
    admin: 'administer (also the notice and the people)',
  },

  acts: {
    heading: 'What headquarters did',
    intro: 'Every act is written down here. Nobody can change or delete a line.',
    none: 'Nothing yet.',
    when: 'Time',
    who: 'Who',
    what: 'What',
    facts: 'Facts',
    save: 'Export as CSV',
    refused: (code) => `refused: ${code}`,
    key: 'headquarters key',
    act: {
      'sign-in': 'signed in',
      'passkey.register': 'made a passkey',
      'device.invite': 'made an enrolment QR',
      'device.bar': 'barred a device',
      'device.unbar': 'let a device in again',
      'device.role': 'changed a device’s role',
      'badge.issue': 'issued a badge',
      'badge.bar': 'barred a lost badge',
      'notice.publish': 'published the rules',
      'notice.preview': 'previewed rules',
      'staff.add': 'added somebody',
      'staff.invite': 'invited somebody',
      'staff.bar': 'barred somebody',
      'fever.settle': 'noted what came of a fever',
      'list.import': 'imported a list',
      'resident.declare': 'declared at the counter',
      'resident.find': 'looked for a resident',
      'resident.check-in': 'checked in at the counter',
      'resident.correct': 'corrected at the counter',
      'resident.release': 'released from an account',
      'resident.delete': 'deleted at the counter',
      'resident.review': 'reviewed a colour',
      'resident.appeal': 'decided an appeal',
      'area.name': 'named an area',
    },
  },

  signIn: {
    heading: 'Sign in',
    button: 'Sign in with a passkey',
    working: 'Follow your device…',
    recovery: 'The first time, or when a passkey is lost',
    unsupported:
      'This browser has no passkeys, or the address is not https. Use another browser, or the headquarters key.',
    invitation: 'Make a passkey',
    invitationIntro:
      'Make a passkey on this device with your fingerprint, face, screen lock or security key, and sign in with it from now on.',
    register: 'Make a passkey',
    problem: {
      cancelled: 'It was not finished. Try again.',
      refused:
        'It was not taken: this passkey is not known here, or the person was barred. Ask an admin for a new invitation.',
      unreachable: 'The server cannot be reached. Check the network and try again.',
      'invitation-unknown':
        'There is no such invitation, or it was used, or it is over. Ask an admin for another.',
    },
  },

  forks: {
    heading: 'Batches that contradict what is stored',
    intro:
      'One key said two different things under the same numbers. The second is kept as it came, sealed. The device may have been copied: ask the post by telephone before you decide which one to bar and enrol anew.',
    run: (first, last) => `Records ${first}–${last}`,
    splits: (n) => `differs from record ${n} on`,
    noSplit:
      'Nothing else is stored under these numbers, but it does not go on from what is stored.',
    stored: 'What was taken',
    storedNone: 'The records of these numbers are not opened yet, or past retention.',
    barred: 'This device is barred.',
  },
};
