import { KEY_ROLES, type KeyRole, type Root, type Trust } from '../../core/documents/trust.ts';
import { Fault } from '../../core/result.ts';
import type { Clock } from '../log.ts';
import type { AuthorityKey, PrivateRole } from './authority-key.ts';
import { openKeyFolder, readKeyFolder } from './key-folder.ts';
import { type Ledger, readLedger } from './ledger.ts';
import { keysToTrust, nameKeys } from './next-trust.ts';
import { keepTrust, readTrustFiles, type TrustFile } from './trust-files.ts';

export interface KeyRingDeps {
  readonly clock: Clock;
  /** Told of what others on this machine can read. */
  readonly warn: (text: string) => void;
}

/** The key of a role to sign with at this moment. @throws Fault `no-key` */
export type CurrentKey<Role extends KeyRole> = () => AuthorityKey<Role>;

/**
 * Every private key of the authority. Nobody is given the ring, only the keys they need.
 *
 * The folder is the truth: the commands change it while the server runs, and the server
 * reads it again before it publishes.
 */
export class KeyRing {
  readonly #deps: KeyRingDeps;
  #keys: readonly AuthorityKey<PrivateRole>[] = [];
  #ledger: Ledger = { ended: {}, retired: {} };
  #installed: readonly TrustFile[] = [];
  #trust: Trust | undefined;

  private constructor(
    readonly folder: string,
    deps: KeyRingDeps,
  ) {
    this.#deps = { ...deps, warn: onceEach(deps.warn) };
  }

  /** @throws Fault `bad-key-file`, `bad-ledger` or `bad-trust-file` when one is damaged. */
  static async open(folder: string, deps: KeyRingDeps): Promise<KeyRing> {
    openKeyFolder(folder);
    const ring = new KeyRing(folder, deps);
    await ring.reload();
    return ring;
  }

  async reload(): Promise<void> {
    const keys = await readKeyFolder(this.folder, this.#deps.warn);
    this.#ledger = readLedger(this.folder);
    this.#installed = readTrustFiles(this.folder);
    this.#keys = keys;
  }

  /** Those of one role, whatever they may do now. */
  keysOf<Role extends PrivateRole>(role: Role): readonly AuthorityKey<Role>[] {
    return this.#keys.filter((key): key is AuthorityKey<Role> => key.role === role);
  }

  /** Trust documents that were installed, the oldest first. */
  get installed(): readonly TrustFile[] {
    return this.#installed;
  }

  /** The trust that devices have; keys may sign as it says. */
  get trust(): Trust | undefined {
    return this.#trust;
  }

  use(trust: Trust): void {
    this.#trust = trust;
  }

  /** @throws Fault `no-key` */
  current<Role extends KeyRole>(role: Role): AuthorityKey<Role> {
    const [key] = this.usable(role);
    if (key) return key;
    throw new Fault(
      'no-key',
      `No key of role "${role}" that is here and in the trust may sign now. See docs/operating.md.`,
    );
  }

  /** Those of a role that devices take now, wherever they are, the one to use first. */
  inForce(role: KeyRole): Trust['keys'] {
    const now = this.#deps.clock();
    return (this.#trust?.keys ?? [])
      .filter((key) => key.role === role && key.notBefore <= now && now <= key.notAfter)
      .filter(({ kid }) => this.retiredAt(kid) === undefined)
      .sort((a, b) => b.notBefore - a.notBefore);
  }

  /** Those of them that are here. */
  usable<Role extends KeyRole>(role: Role): readonly AuthorityKey<Role>[] {
    const here = new Map(this.keysOf(role).map((key) => [key.kid, key]));
    return this.inForce(role).flatMap(({ kid }) => here.get(kid) ?? []);
  }

  /** Every key that is here, or that a trust names. */
  named(held = this.#trust?.keys ?? []): Trust['keys'] {
    const keys = KEY_ROLES.flatMap((role) => [...this.keysOf(role)]);
    return nameKeys(held, keys, this.#ledger);
  }

  /** What the next trust names, after one that names `held`. */
  keysToTrust(held = this.#trust?.keys ?? []): Trust['keys'] {
    return keysToTrust(this.named(held), this.#ledger, this.#deps.clock());
  }

  /** Epoch seconds. */
  retiredAt(kid: string): number | undefined {
    return this.#ledger.retired[kid];
  }

  /** Kids of retired keys, for the bulletin. */
  get retired(): string[] {
    return Object.keys(this.#ledger.retired).sort();
  }

  /** The private keys of a root that are here; undefined unless they can sign for it. */
  signersOf({ keys, threshold }: Root): readonly AuthorityKey<'root'>[] | undefined {
    const signers = this.keysOf('root').filter(({ publicJwk }) =>
      keys.some(({ x, y }) => x === publicJwk.x && y === publicJwk.y),
    );
    return signers.length >= threshold ? signers : undefined;
  }

  /** Keeps a copy of what was published, for the commands, which ask no database. */
  keep(text: string, version: number): void {
    if (this.#installed.some(({ trust }) => trust.version === version)) return;
    keepTrust(this.folder, text);
    this.#installed = readTrustFiles(this.folder);
  }
}

function onceEach(warn: (text: string) => void): (text: string) => void {
  const warned = new Set<string>();
  return (text) => {
    if (!warned.has(text)) warn(text);
    warned.add(text);
  };
}
