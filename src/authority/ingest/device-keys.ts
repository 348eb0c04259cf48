import type { KeyObject } from 'node:crypto';
import type { Sql } from '../database/sql.ts';
import { importDeviceKey } from './node-tools.ts';

const MOST = 10_000;

/**
 * Public keys of enrolled devices. They are kept, since a device is named after its key and
 * never gets another one; whether it is barred is asked when its records are stored.
 */
export class DeviceKeys {
  readonly #keys = new Map<string, KeyObject>();
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** @returns undefined when no such device is enrolled. */
  async get(device: string): Promise<KeyObject | undefined> {
    const known = this.#keys.get(device);
    if (known) return known;
    const [row] = await this.#sql<{ x: string; y: string }>`
      select x, y from devices where device = ${device}`;
    if (!row) return undefined;
    const key = importDeviceKey(row);
    const [oldest] = this.#keys.keys();
    if (oldest !== undefined && this.#keys.size >= MOST) this.#keys.delete(oldest);
    this.#keys.set(device, key);
    return key;
  }
}
