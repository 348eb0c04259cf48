import { calculateJwkThumbprint } from 'jose';
import { rootThumbprint, type Trust } from '../../../core/documents/trust.ts';
import type { KeyRing } from '../../keys/key-ring.ts';
import { formatTime, openKeys } from './surroundings.ts';

/** Every key: what it is for, how it stands, and until when. */
export async function list(now: number): Promise<void> {
  const ring = await openKeys();
  const rows = ring
    .named()
    .map((key) => [
      key.role,
      key.kid,
      standingOf(key, ring, now),
      ring.keysOf(key.role).some(({ kid }) => kid === key.kid) ? 'here' : 'elsewhere',
      `${formatTime(key.notBefore)} – ${formatTime(key.notAfter)}`,
    ]);
  for (const line of table(rows)) console.log(line);
  console.log(`\n${await describeRoot(ring)}`);
}

type NamedKey = Trust['keys'][number];

function standingOf({ kid, role, notBefore, notAfter }: NamedKey, ring: KeyRing, now: number) {
  const retiredAt = ring.retiredAt(kid);
  if (retiredAt !== undefined) return `retired ${formatTime(retiredAt)}`;
  if (notAfter < now) return 'over';
  if (!ring.trust?.keys.some((key) => key.kid === kid)) return 'not in the trust yet';
  if (notBefore > now) return 'next';
  // Devices seal to a key without asking where its private half is.
  const [first] = role === 'sealing' ? ring.inForce(role) : ring.usable(role);
  return kid === first?.kid ? 'in use' : 'replaced';
}

async function describeRoot(ring: KeyRing): Promise<string> {
  const { trust } = ring;
  if (!trust) return 'There is no trust yet: the first start makes one, or a ceremony does.';
  const lines = [
    `Authority ${trust.iss}`,
    `Trust     version ${trust.version} of ${formatTime(trust.iat)}`,
    `Root      ${await rootThumbprint(trust.root)}, ${trust.root.threshold} of ${trust.root.keys.length} keys sign`,
  ];
  for (const jwk of trust.root.keys) {
    const isHere = ring
      .keysOf('root')
      .some(({ publicJwk: { x, y } }) => x === jwk.x && y === jwk.y);
    lines.push(`          ${await calculateJwkThumbprint(jwk)} ${isHere ? 'here' : 'elsewhere'}`);
  }
  return lines.join('\n');
}

function table(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join('  ')
      .trimEnd(),
  );
}
