import { readFileSync } from 'node:fs';
import { calculateJwkThumbprint } from 'jose';
import * as v from 'valibot';
import { Root, rootThumbprint } from '../../../core/documents/trust.ts';
import { Fault } from '../../../core/result.ts';
import { rotateOwnRoot } from '../../keys/install-trust.ts';
import { makeRootKey } from '../../keys/root-key.ts';
import { badUsage } from '../command.ts';
import { askNewPassphrase, openKeys, pathOf, writeNewFile } from './surroundings.ts';

export interface RootOrder {
  /** One file for each key, on as many sticks as there are holders. */
  readonly to: readonly string[];
  readonly threshold: number;
  /** Where the public half of all of them goes. */
  readonly out: string;
  readonly hasPassphrase: boolean;
}

/** Makes the keys of a root, each in its own file. @param now epoch seconds. */
export async function makeRoot(order: RootOrder, now: number): Promise<void> {
  const { to, threshold, out, hasPassphrase } = order;
  if (to.length === 0 || new Set(to.map(pathOf)).size < to.length) {
    throw badUsage('Name a file for each key of the root: --to FILE --to FILE …');
  }
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > to.length) {
    throw badUsage(`The threshold is a number from 1 to ${to.length}, the number of keys.`);
  }
  const keys = [];
  for (const file of to) {
    if (hasPassphrase) console.log(`For ${file}:`);
    const passphrase = hasPassphrase ? await askNewPassphrase() : undefined;
    const { publicJwk } = await makeRootKey(pathOf(file), passphrase, now);
    keys.push(publicJwk);
    console.log(`${file} holds root key ${await calculateJwkThumbprint(publicJwk)}.`);
  }
  const root: Root = { threshold, keys };
  writeNewFile(out, `${JSON.stringify(root, null, 2)}\n`);
  console.log(
    `${out} describes root ${await rootThumbprint(root)}: ${threshold} of ${to.length} sign.`,
  );
}

/** @throws Fault `bad-root-file` */
export function readRoot(file: string): Root {
  try {
    return v.parse(Root, JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Fault('bad-root-file', `${file} describes no root.`, { cause });
  }
}

/** For a root that is on the server, as the first start makes it. @param now epoch seconds. */
export async function rotateRoot(now: number): Promise<void> {
  const { root } = await rotateOwnRoot(await openKeys(), now);
  console.log(
    `Root ${await rootThumbprint(root)} takes over. A running server publishes it within a minute.`,
  );
  console.log(
    'Enrolled devices follow. Enrolment links that were not used yet have to be made anew.',
  );
}
