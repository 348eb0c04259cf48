import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Fault } from '../../../core/result.ts';
import { CHINA_OFFSET } from '../../../core/time.ts';
import { KeyRing } from '../../keys/key-ring.ts';
import { systemClock } from '../../log.ts';
import { readConfig } from '../../start/config.ts';
import { badUsage } from '../command.ts';

/** The keys as the commands see them: the folder alone, without a database. */
export async function openKeys(): Promise<KeyRing> {
  const ring = await KeyRing.open(join(readConfig(process.env).dataDir, 'keys'), {
    clock: systemClock,
    warn: warnOfKeys,
  });
  const newest = ring.installed.at(-1);
  if (newest) ring.use(newest.trust);
  return ring;
}

export function warnOfKeys(text: string): void {
  console.error(`Warning: ${text}`);
}

/** A path as it was typed: npm runs its scripts in the folder of package.json. */
export function pathOf(typed: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', typed);
}

/** @throws Fault `file-exists`: nothing is ever written over. */
export function writeNewFile(typed: string, text: string): void {
  const file = pathOf(typed);
  if (existsSync(file)) throw new Fault('file-exists', `${file} exists already. Name another.`);
  writeFileSync(file, text, { flag: 'wx' });
}

/** Epoch seconds of `now`, of a day (its midnight in China) or of an ISO 8601 time with its zone. */
export function timeOf(typed: string): number {
  if (typed === 'now') return systemClock();
  const isDay = /^\d{4}-\d\d-\d\d$/.test(typed);
  const hasZone = /T.*(Z|[+-]\d\d:\d\d)$/.test(typed);
  const time = Date.parse(isDay ? `${typed}T00:00:00+08:00` : typed);
  if ((isDay || hasZone) && Number.isFinite(time)) return Math.floor(time / 1000);
  throw badUsage(`"${typed}" is no time: now, 2027-01-31 or 2027-01-31T08:00+08:00`);
}

/** In China, which has one time zone. */
export function formatTime(time: number): string {
  return `${new Date((time + CHINA_OFFSET) * 1000).toISOString().slice(0, 16).replace('T', ' ')} +08:00`;
}

const SHORTEST = 12;

/** @throws Fault `weak-passphrase` */
export async function askNewPassphrase(): Promise<string> {
  const passphrase = await askPassphrase(`A passphrase, at least ${SHORTEST} characters`);
  if ([...passphrase].length < SHORTEST) {
    throw new Fault('weak-passphrase', `A passphrase needs at least ${SHORTEST} characters.`);
  }
  if (process.stdin.isTTY && (await askPassphrase('Again')) !== passphrase) {
    throw new Fault('weak-passphrase', 'The two are not the same.');
  }
  return passphrase;
}

/**
 * One line, from the keyboard without an echo, or from what is piped in.
 *
 * @throws Fault `interrupted`
 */
export function askPassphrase(prompt: string): Promise<string> {
  return process.stdin.isTTY ? typedLine(prompt) : pipedLine();
}

async function typedLine(prompt: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  const interrupted = new Promise<never>((_, fail) => {
    // Ctrl-C and Ctrl-D end the line without an answer.
    lines.once('close', () => fail(new Fault('interrupted', 'Nothing was typed.')));
  });
  // Not before the echo is off.
  process.stderr.write(`${prompt}: `);
  try {
    return await Promise.race([lines.question(''), interrupted]);
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

let piped: AsyncIterator<string> | undefined;

/** One interface for all of them: it reads ahead. */
async function pipedLine(): Promise<string> {
  piped ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const { value, done } = await piped.next();
  return done ? '' : value;
}
