import { writeFileSync } from 'node:fs';
import { calculateJwkThumbprint } from 'jose';
import { digest } from '../../../core/bytes.ts';
import { peekTrust, rootThumbprint, signersOf } from '../../../core/documents/trust.ts';
import { Fault } from '../../../core/result.ts';
import { completeKeys } from '../../keys/first-keys.ts';
import { type InstallRefusal, installTrust, nextTrust } from '../../keys/install-trust.ts';
import { readRootKey } from '../../keys/root-key.ts';
import { addSignatures, unsignedTrust } from '../../keys/sign-trust.ts';
import { readTrustFile } from '../../keys/trust-files.ts';
import { readConfig } from '../../start/config.ts';
import { readRoot } from './root.ts';
import {
  askPassphrase,
  formatTime,
  openKeys,
  pathOf,
  warnOfKeys,
  writeNewFile,
} from './surroundings.ts';

/**
 * Writes the trust that the holders of the root are to sign.
 *
 * @param rootFile a new root, as `keys root make` describes it; undefined: the one there is.
 * @param now epoch seconds.
 */
export async function prepare(
  out: string,
  rootFile: string | undefined,
  now: number,
): Promise<void> {
  const ring = await openKeys();
  const root = rootFile === undefined ? ring.trust?.root : readRoot(pathOf(rootFile));
  if (!root) throw new Fault('no-root', 'There is no root yet. Make one: keys root make');
  if (!ring.trust && ring.keysOf('root').length > 0) {
    throw new Fault('no-trust', 'This authority has a root already. Start the server once first.');
  }
  const issuer = ring.trust?.iss ?? readConfig(process.env).issuer;
  if (issuer === undefined) {
    throw new Fault('bad-setting', 'Name the authority for ever: ISSUER=https://kakou.example');
  }
  await completeKeys(ring, now);
  const text = unsignedTrust(nextTrust(ring, issuer, root, now));
  writeNewFile(out, text);
  await describe(text);
  console.log(`\n${out} waits for signatures: keys trust sign --key FILE ${out}`);
}

/** Adds one signature. Needs no database and no network. */
export async function sign(file: string, keyFile: string): Promise<void> {
  const { text, trust } = readTrustFile(pathOf(file));
  await describe(text);
  const key = await readRootKey(
    pathOf(keyFile),
    () => askPassphrase(`Passphrase of ${keyFile}`),
    warnOfKeys,
  );
  const print = await calculateJwkThumbprint(key.publicJwk);
  const own = { threshold: 1, keys: [key.publicJwk] };
  if ((await signersOf(envelopeOf(text), own)).size > 0) {
    throw new Fault('signed-already', `Key ${print} has signed it already.`);
  }
  const signed = await addSignatures(text, [key]);
  writeFileSync(pathOf(file), signed);
  const { size } = await signersOf(envelopeOf(signed), trust.root);
  console.log(
    `\nSigned by ${print}. Of its own root ${size} have signed, ${trust.root.threshold} are needed.`,
  );
  const isOwn = trust.root.keys.some(({ x, y }) => x === key.publicJwk.x && y === key.publicJwk.y);
  if (!isOwn)
    console.log('This key is not of that root: it counts if it is of the root before it.');
}

const WHY: Readonly<Record<InstallRefusal, string>> = {
  malformed: 'it is not a trust document, or nobody has signed it',
  'too-large': 'it is too large',
  'wrong-root': 'it is for another authority',
  'not-enough-signatures':
    'too few keys have signed it: of its own root, or of the root before it, which has to sign too',
  rollback: 'it is older than the one that devices have. Prepare another',
  conflict: 'devices have another one of the same version. Prepare another',
  'from-the-future': 'it is from the future. Set the clock, and prepare another',
  'keys-elsewhere':
    'the keys that it names are not here, so that nothing could be signed. Was it prepared on this server?',
};

/** Hands a signed trust to the server. @param now epoch seconds. */
export async function install(file: string, now: number): Promise<void> {
  const { text } = readTrustFile(pathOf(file));
  const installed = await installTrust(await openKeys(), text, now);
  if (!installed.ok) {
    throw new Fault('trust-refused', `${file} is not installed: ${WHY[installed.reason]}.`);
  }
  await describe(text);
  console.log('\nInstalled. A running server publishes it within a minute.');
}

/** What the holders of the root compare and read before they sign. */
async function describe(text: string): Promise<void> {
  const { payload } = envelopeOf(text);
  const { trust } = readable(text);
  const lines = [
    `Authority ${trust.iss}`,
    `Version   ${trust.version} of ${formatTime(trust.iat)}`,
    `Root      ${await rootThumbprint(trust.root)}, ${trust.root.threshold} of ${trust.root.keys.length} keys sign`,
    ...trust.keys.map(
      ({ role, kid, notBefore, notAfter }) =>
        `Key       ${role.padEnd(8)} ${kid} ${formatTime(notBefore)} – ${formatTime(notAfter)}`,
    ),
    `Digest    ${await digest(payload)}`,
  ];
  console.log(lines.join('\n'));
}

function envelopeOf(text: string) {
  return readable(text).envelope;
}

function readable(text: string): NonNullable<ReturnType<typeof peekTrust>> {
  const peeked = peekTrust(text);
  if (!peeked) throw new Fault('bad-trust-file', 'This is not a trust document.');
  return peeked;
}
