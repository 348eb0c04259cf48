import { existsSync } from 'node:fs';

/** What a headless Chromium needs in a container, on a machine with no way out. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The system's own Chromium or Chrome: `CHROMIUM` names another. */
export function chromiumPath(): string {
  const found = [process.env['CHROMIUM'], ...CANDIDATES].find((path) => path && existsSync(path));
  if (!found) {
    throw new Error(
      'No Chromium was found. Install it, or say where it is: CHROMIUM=/path npm test',
    );
  }
  return found;
}
