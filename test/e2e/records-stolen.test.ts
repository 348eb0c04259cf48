import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCode } from '../../src/core/code/read.ts';
import { openTrust, type TrustedKeys } from '../../src/core/documents/trust.ts';
import { parseEnrolmentLink } from '../../src/core/enrolment.ts';
import type { RealBrowser } from '../support/browser.ts';
import { beginVehicle } from './begin-vehicle.ts';
import {
  enrolStation,
  enterReading,
  foundTown,
  goTo,
  openCode,
  showCode,
  type Town,
  verdictOn,
} from './town.ts';

let town: Town;
let station: RealBrowser;
let page: Page;

beforeAll(async () => {
  town = await foundTown();
  station = await town.startStation();
  page = await enrolStation(town, station);
});
afterAll(() => town?.leave());

const RESIDENT_ID = '420601199001010015';
const CERTIFICATE = '樊城村-0042';
const PLATE = '鄂F7K3P2';
const TENTHS = [376, 381, 379, 384];

/** What a code says of a person, that nobody is to find on the device. */
async function secretsIn(text: string, trusted: TrustedKeys): Promise<string[]> {
  const code = await readCode(text, trusted);
  if (!code.ok) throw new Error(`the demo town shows a code that is refused: ${code.reason}`);
  const { claims } = code.value;
  return [claims.sub, claims.name, ...(claims.kind === 'printed' ? [claims.guardian.name] : [])];
}

async function trustOfTown(): Promise<TrustedKeys> {
  const link = parseEnrolmentLink(town.authority.enrolmentLink);
  const text = await (await fetch(`${town.origin}/trust`)).text();
  if (!link.ok) throw new Error('the town has no link');
  const opened = await openTrust(text, { thumbprint: link.value.root });
  if (!opened.ok) throw new Error('the town has no trust');
  return opened.value;
}

interface Loot {
  /** Every string and number that scripts can find, and every buffer as Latin-1. */
  readonly texts: string[];
  readonly numbers: number[];
}

/** Everything in all databases, caches and storages of the origin, as a thief's script finds it. */
function plunder(): Promise<Loot> {
  return page.evaluate(async () => {
    const texts: string[] = [];
    const numbers: number[] = [];
    const latin1 = (bytes: Uint8Array) =>
      bytes.reduce((text, byte) => text + String.fromCharCode(byte), '');

    async function take(value: unknown): Promise<void> {
      if (typeof value === 'string') texts.push(value);
      else if (typeof value === 'number') numbers.push(value);
      else if (value instanceof ArrayBuffer) texts.push(latin1(new Uint8Array(value)));
      else if (ArrayBuffer.isView(value)) texts.push(latin1(new Uint8Array(value.buffer)));
      else if (value instanceof Blob) await take(await value.arrayBuffer());
      else if (value instanceof CryptoKey) texts.push(`key:${value.type}:${value.extractable}`);
      else if (typeof value === 'object' && value !== null) {
        for (const [name, one] of Object.entries(value)) {
          texts.push(name);
          await take(one);
        }
      }
    }
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });

    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name ?? ''));
      for (const store of db.objectStoreNames) {
        texts.push(`store:${store}`);
        const objects = db.transaction(store).objectStore(store);
        await take(await done(objects.getAllKeys()));
        await take(await done(db.transaction(store).objectStore(store).getAll()));
      }
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        const url = new URL(request.url);
        // The app itself is the same on every device, and knows no person.
        if (/^\/(assets|icons)\//.test(url.pathname)) continue;
        texts.push(request.url, (await response?.text()) ?? '');
      }
    }
    await take({ ...localStorage });
    await take({ ...sessionStorage });
    texts.push(document.cookie, location.href, JSON.stringify(history.state));
    return { texts, numbers };
  });
}

/** One secret in every spelling in which it could lie on a disk. */
function spellings(secret: string): Buffer[] {
  const utf8 = Buffer.from(secret);
  const forms = [utf8, Buffer.from(secret, 'utf16le'), Buffer.from(encodeURIComponent(secret))];
  if (/^[\w-]{11}$/.test(secret)) forms.push(Buffer.from(secret, 'base64url'));
  for (const form of [...forms]) {
    forms.push(Buffer.from(form.toString('hex')));
    // Base64 of a longer text looks different at each of three places.
    for (const shift of [0, 1, 2]) {
      const padded = Buffer.concat([Buffer.alloc(shift), form]).toString('base64');
      const inner = padded.slice(shift === 0 ? 0 : 4, -4);
      if (inner.length >= 8) {
        forms.push(Buffer.from(inner), Buffer.from(inner.replace(/\+/g, '-').replace(/\//g, '_')));
      }
    }
  }
  return forms;
}

function filesIn(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

test('whoever takes the device finds nobody: no name, no pseudonym, no number, no temperature', async () => {
  const trusted = await trustOfTown();
  const secrets = [RESIDENT_ID, CERTIFICATE, PLATE, PLATE.slice(1)];
  const live = await showCode(await openCode(town, 'green'));
  const printed = await showCode(await openCode(town, 'elder'));
  for (const { text } of [live, printed]) secrets.push(...(await secretsIn(text, trusted)));
  expect(secrets.length).toBe(9);

  // Where fevers are listed, and kept in mind when the page is lost.
  await page.goto(`${town.origin}/settings`);
  await page.locator('[data-role="temperature"]').click();
  await page.locator('[data-role="temperature"][aria-pressed="true"]').waitFor();
  await town.wire.cut();
  await town.hold(live.png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'measure');
  await enterReading(page, '376');
  await verdictOn(page, 'stop');
  await town.hold(printed.png);
  await page.goto(`${town.origin}/`);
  await verdictOn(page, 'measure');
  await page.getByRole('button', { name: '核对无误' }).click();
  await enterReading(page, '381');
  await verdictOn(page, 'stop');
  await town.hold();
  await page.goto(`${town.origin}/no-code`);
  await page.locator('main.no-code').waitFor();
  await page.locator('.no-code').waitFor();
  for (const digit of RESIDENT_ID) await page.keyboard.press(digit);
  await page.getByRole('button', { name: '下一步：测体温' }).click();
  await enterReading(page, '379');
  await verdictOn(page, 'stop');
  await page.goto(`${town.origin}/no-code`);
  await page.locator('main.no-code').waitFor();
  await page.getByRole('button', { name: '村级证明' }).click();
  await page.locator('main.no-code input').fill(CERTIFICATE);
  await page.getByRole('button', { name: '下一步：测体温' }).click();
  await enterReading(page, '384');
  await verdictOn(page, 'stop');
  // In a vehicle that is still there.
  await page.goto(`${town.origin}/`);
  await beginVehicle(page, PLATE.slice(1));
  await goTo(page, '/no-code');
  await page.getByRole('button', { name: '没有证件' }).click();
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await verdictOn(page, 'stop');
  await page.goto(`${town.origin}/settings`);
  await page.locator('[data-waiting="5"]').waitFor();

  const loot = await plunder();
  const all = loot.texts.join('\n');
  // The search itself: what is known to be there is found.
  for (const known of [
    'store:outbox',
    'store:marks',
    '东门卡口',
    'key:private:false',
    '"seat":1',
    '"asked"',
  ]) {
    expect(all).toContain(known);
  }
  expect(all).not.toContain(':private:true');
  expect(all).not.toContain('key:secret:true');
  for (const secret of secrets) {
    for (const form of spellings(secret)) expect(all).not.toContain(form.toString('latin1'));
    expect(all).not.toContain(secret);
  }
  expect(all).not.toMatch(/tenths|"fever"/);
  const temperatures = [...TENTHS, ...TENTHS.map((tenths) => tenths / 10)];
  expect(loot.numbers.filter((number) => temperatures.includes(number))).toEqual([]);
  expect(loot.texts.filter((text) => temperatures.map(String).includes(text))).toEqual([]);

  // And the disk under it, where deleted and half-written things would lie too.
  await page.goto('about:blank');
  await station.close();
  const files = filesIn(join(town.folder, 'station'));
  const holds = (forms: readonly Buffer[]) =>
    files.some((file) => forms.some((form) => file.includes(form)));
  expect(holds(spellings('东门卡口'))).toBe(true);
  for (const secret of secrets) expect(holds(spellings(secret)), secret).toBe(false);
});
