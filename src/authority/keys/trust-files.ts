import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { peekTrust, type Trust } from '../../core/documents/trust.ts';
import { Fault } from '../../core/result.ts';
import { readSecret, writeSecret } from './secret-file.ts';

/** A trust document that was installed here, or published from here. */
export interface TrustFile {
  readonly file: string;
  readonly text: string;
  readonly trust: Trust;
}

/**
 * `trust-<version>.json`, the oldest first: the newest, and before it those that began with
 * a new root, since devices follow them one by one.
 *
 * @throws Fault `bad-trust-file`
 */
export function readTrustFiles(folder: string): TrustFile[] {
  const names = readdirSync(folder).filter((name) => /^trust-\d+\.json$/.test(name));
  return names
    .map((name) => readTrustFile(join(folder, name)))
    .sort((a, b) => a.trust.version - b.trust.version);
}

/** Whether it is signed at all is not asked. @throws Fault `bad-trust-file` */
export function readTrustFile(file: string): TrustFile {
  const text = readSecret(file)?.trim();
  if (text === undefined) throw new Fault('bad-trust-file', `There is no file ${file}.`);
  const peeked = peekTrust(text);
  if (!peeked) throw new Fault('bad-trust-file', `${file} is not a trust document.`);
  return { file, text, trust: peeked.trust };
}

/** Keeps a trust, and drops those that no device needs in order to follow. */
export function keepTrust(folder: string, text: string): void {
  const version = peekTrust(text)?.trust.version;
  writeSecret(join(folder, `trust-${version}.json`), text);
  const files = readTrustFiles(folder);
  files.forEach(({ file, trust }, place) => {
    const before = files[place - 1]?.trust.root;
    const isNewest = place === files.length - 1;
    const beganRoot = JSON.stringify(before) !== JSON.stringify(trust.root);
    if (!isNewest && !beganRoot) rmSync(file);
  });
}
