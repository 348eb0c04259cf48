import type { Guide } from './zh.ts';

export const en: Guide = {
  state: {
    title: 'State of this device',
    settings: 'Settings',
    today: 'Today',
    help: 'Help',
    practise: 'Practise, 30 s',
    fine: 'Nothing to do',
    network: {
      name: 'Network',
      what: 'Reading and judging codes needs none. It carries records away and brings newer data.',
      care: 'Go on scanning. Records leave once there is a network; if there is none for long, write them to a file in Settings and give it to somebody who is online.',
    },
    waiting: {
      name: 'Waiting records',
      what: 'Sealed on this device, and deleted only when headquarters has signed for them.',
      care: 'They leave by themselves once there is a network. If there is none for long, hand them over in Settings.',
    },
    trust: { name: 'Keys', what: 'To check the signatures of health codes.' },
    bulletin: {
      name: 'Bulletin',
      what: 'What headquarters has ordered: fever limit, opening time.',
    },
    status: { name: 'Status list', what: 'Which codes have turned yellow or red, or are void.' },
    data: {
      care: 'People still pass, and it is noted that the data is old. Go online once, soon: it is renewed by itself.',
      bad: 'Nobody can be let pass by it any more. Go online now; without a network, read a file that somebody brings, in Settings.',
    },
    clock: {
      name: 'Clock',
      fine: 'fine',
      what: 'A live code changes every 15 s: with a wrong clock old and new look alike.',
    },
    battery: {
      name: 'Battery',
      charging: 'charging',
      what: 'When it is empty the records are kept, and nobody can be scanned.',
      care: 'Charge it soon.',
      bad: 'Charge it now, or take another device.',
    },
  },

  help: {
    title: 'Help',
    offline: 'It is here without a network, too.',
    verdicts: 'The four answers',
    verdict: {
      pass: 'Let the person through. The camera is back in less than a second; a finger on the screen holds it.',
      stop: 'The person may not pass. The screen says why, and what they should do next. See to it, tap, and scan the next.',
      measure:
        'The code is good, a temperature or a check is missing. Type three digits: 365 is 36.5 °C.',
      unverified:
        'This device cannot tell, which is no refusal. Do as the screen says and scan again; else register without a code.',
    },
    topics: [
      {
        title: 'How to scan fast',
        lines: [
          'Hold the code in the frame: it is read by itself, with no button.',
          'Turn the phone’s screen up, the torch on at night, and wipe the lens.',
          'A screenshot will not do: open the code on the person’s own phone. Elders and children may show a printed code; compare the guardian.',
        ],
      },
      {
        title: 'Thermometers',
        lines: [
          'At the forehead, 3 to 5 cm away; read it when it beeps.',
          'Who comes out of the cold waits some minutes. Below 16 °C or above 35 °C in the air the reading is wrong.',
          'A fever: let the person rest aside and measure again. Both readings are recorded.',
        ],
      },
      {
        title: 'Hand-held readers',
        lines: [
          'One that types, by USB or Bluetooth, works at once; no field has to be touched.',
          'Connect one on a serial port in Settings, once.',
          'While a stop or a measurement is open the next code is not taken: see to this person first.',
        ],
      },
      {
        title: 'No code',
        lines: [
          'Tap “No code”, enter the resident ID or the village certificate, and measure. Nobody meets a dead end.',
        ],
      },
      {
        title: 'No network',
        lines: [
          'Go on scanning. Records are sealed on this device, and leave once there is a network.',
          'None for days: hand the records over in Settings to somebody who is online, and read the file they bring back.',
          'Do not clear the browser’s data, and do not use private browsing.',
        ],
      },
    ],
    practise: 'Practice',
    practiseWhy: 'Go through it with a practice code. Nothing is recorded.',
    start: 'Practise',
    practiceCode: 'The practice code',
    codeWhy: 'Another device that reads this code records nothing, either.',
    back: 'Back to scanning',
  },

  tour: {
    banner: 'Practice · nothing is recorded',
    skip: 'Skip',
    welcome: 'Practise for 30 seconds',
    scan: 'Hold a code in the frame: it is read by itself. This one is for practice:',
    tryScan: 'Scan the practice code',
    thenMeasure: 'Then type the temperature: three digits, such as 3 6 5.',
    again: 'That was one, and here is the next. This code is red:',
    thenStop: 'A stop waits for you: read why, then tap.',
    end: 'That is all',
    ending:
      'A pass needs no button, a stop needs your tap. To read more, tap the top line, then Help.',
    start: 'Start scanning',
    help: 'Read the help',
  },
};
