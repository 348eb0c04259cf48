import { existsSync, readFileSync } from 'node:fs';

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

/** Where systems put it; install.mjs reads the same list. */
const CANDIDATES: string[] = JSON.parse(
  readFileSync(new URL('./chromium.json', import.meta.url), 'utf8'),
);

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
